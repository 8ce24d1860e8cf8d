from . import test_behaviour
from . import test_demo
from . import test_purchases
from . import test_run
from . import test_scores
