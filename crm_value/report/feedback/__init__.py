from . import crm_value_answer
