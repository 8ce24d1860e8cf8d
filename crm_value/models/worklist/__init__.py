from . import crm_value_policy
from . import crm_value_facts_activity
from . import crm_value_facts_prospect
from . import crm_value_decision
from . import crm_value_profile
from . import crm_value_profile_reason
from . import crm_value_run
from . import mail_activity
