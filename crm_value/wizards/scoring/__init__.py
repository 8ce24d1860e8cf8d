from . import crm_value_policy_publish
from . import crm_value_policy_publish_line
from . import crm_value_run_zone
from . import base_partner_merge
