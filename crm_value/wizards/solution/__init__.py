from . import crm_value_solution
from . import crm_value_solution_need
from . import crm_value_solution_option
from . import crm_value_solution_rank
