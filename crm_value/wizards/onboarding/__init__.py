from . import crm_value_onboarding_check
from . import crm_value_onboarding_check_line
from . import crm_value_onboarding_preset
from . import crm_value_run_zone
