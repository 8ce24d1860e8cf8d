from . import crm_value_profile_decide
