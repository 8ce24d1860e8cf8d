from . import crm_value_section_desk
from . import crm_value_section_service
