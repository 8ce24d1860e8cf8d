from . import test_decision
from . import test_order_of_the_day
from . import test_worklist
