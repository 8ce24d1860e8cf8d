from . import crm_value_contact
from . import crm_value_contact_rating
from . import crm_value_policy
