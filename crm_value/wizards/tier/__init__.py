from . import crm_value_policy_compare
from . import base_partner_merge
from . import crm_value_policy_publish_tier
