from . import crm_value_figures
from . import crm_value_facts
