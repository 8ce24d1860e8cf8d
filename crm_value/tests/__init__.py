from . import test_behaviour
from . import test_demo
from . import test_purchases
