from . import crm_value_tier_report
from . import crm_value_tier_report_points
