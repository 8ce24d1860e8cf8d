from . import crm_value_playbook_launch
