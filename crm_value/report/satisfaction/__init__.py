from . import crm_value_answer
from . import crm_value_answer_measure
from . import crm_value_answer_measure_sql
from . import crm_value_answer_staff
from . import crm_value_answer_theme
from . import crm_value_response
from . import crm_value_section_satisfaction
