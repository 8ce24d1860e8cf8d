from . import crm_value_ticketing
from . import crm_value_facts
