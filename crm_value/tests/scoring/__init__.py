from . import test_behaviour
from . import test_change
from . import test_first_hour
from . import test_history
from . import test_purchases
from . import test_run
from . import test_scores
from . import test_step
