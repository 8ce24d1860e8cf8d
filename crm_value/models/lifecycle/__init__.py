from . import crm_value_stage
from . import crm_value_profile
from . import crm_value_run
from . import crm_value_badge
from . import res_partner
