from . import test_strategy
from . import test_measure_month
from . import test_measure_source
from . import test_objective_link
from . import test_scorecard_access
from . import test_scorecard_demo
