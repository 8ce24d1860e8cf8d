from . import crm_value_policy
from . import crm_value_stage
from . import crm_value_profile
from . import crm_value_step_lifecycle
