from . import crm_value_overview
