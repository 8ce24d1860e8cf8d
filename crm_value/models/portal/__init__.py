from . import crm_value_portal
from . import crm_value_portal_use
from . import helpdesk_ticket
