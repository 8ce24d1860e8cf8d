from . import crm_value_policy_compare
from . import crm_value_policy_compare_line
