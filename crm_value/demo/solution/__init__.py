from . import crm_value_demo
