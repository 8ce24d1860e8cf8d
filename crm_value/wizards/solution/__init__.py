from . import crm_value_solution
from . import crm_value_solution_option
