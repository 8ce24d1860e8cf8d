from . import crm_value_policy_compare
from . import crm_value_policy_compare_line
from . import crm_value_policy_publish
from . import crm_value_policy_publish_line
