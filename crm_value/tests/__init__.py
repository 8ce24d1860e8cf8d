from . import test_behaviour
from . import test_purchases
