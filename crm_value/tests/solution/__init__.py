from . import test_needs
from . import test_solution_offer
from . import test_solution_rank
from . import test_solution_report
from . import test_solution_tour
