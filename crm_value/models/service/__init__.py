from . import crm_value_facts
