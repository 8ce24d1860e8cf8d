from . import crm_value_section_service
