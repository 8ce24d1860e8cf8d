from . import crm_value_tier_report
from . import crm_value_section_benefit
