from . import crm_value_policy_publish_tier
