from . import crm_value_quality_customer
from . import crm_value_section_quality
