from . import crm_value_playbook
from . import crm_value_playbook_start
from . import crm_value_playbook_begin
from . import crm_value_playbook_work
from . import crm_value_profile
from . import crm_value_run
from . import crm_value_transition
from . import mail_activity_plan
