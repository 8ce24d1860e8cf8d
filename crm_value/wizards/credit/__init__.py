from . import crm_value_credit_terms
