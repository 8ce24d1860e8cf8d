from . import crm_value_contact
from . import crm_value_policy
