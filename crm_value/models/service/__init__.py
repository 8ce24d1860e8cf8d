from . import crm_value_ticketing
from . import crm_value_facts
from . import crm_value_figures
from . import crm_value_profile
from . import helpdesk_ticket_category
