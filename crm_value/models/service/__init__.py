from . import crm_value_ticketing
from . import crm_value_facts
from . import crm_value_figures
from . import crm_value_profile
