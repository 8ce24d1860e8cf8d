from . import crm_value_figures
from . import crm_value_facts
from . import crm_value_run
from . import crm_value_step_equity
