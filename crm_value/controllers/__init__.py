from . import crm_value_answers
from . import crm_value_feedback
from . import crm_value_import
from . import crm_value_portal
from . import crm_value_valuation
