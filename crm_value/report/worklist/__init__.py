from . import crm_value_section_risk
from . import crm_value_section_worklist
