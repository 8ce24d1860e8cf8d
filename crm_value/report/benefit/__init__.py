from . import crm_value_tier_report
