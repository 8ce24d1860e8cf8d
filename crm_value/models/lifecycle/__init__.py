from . import crm_value_figures
from . import crm_value_override
from . import crm_value_policy
from . import crm_value_stage
from . import crm_value_profile
from . import crm_value_step_lifecycle
from . import crm_value_transition
