from . import base_partner_merge
from . import crm_value_policy_compare
from . import crm_value_policy_compare_line
from . import crm_value_policy_publish
from . import crm_value_policy_publish_line
from . import crm_value_policy_publish_tier
from . import crm_value_playbook_launch
from . import crm_value_profile_decide
