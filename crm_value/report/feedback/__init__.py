from . import crm_value_answer
from . import crm_value_section_feedback
