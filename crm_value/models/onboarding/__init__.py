from . import crm_value_coverage
from . import crm_value_overview
from . import crm_value_policy
from . import crm_value_profile
from . import onboarding_onboarding
from . import onboarding_onboarding_step
from . import onboarding_progress_step
