from . import crm_value_portal
