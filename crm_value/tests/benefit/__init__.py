from . import test_benefit_book
from . import test_benefit_order
from . import test_benefit_tours
from . import test_tier_cost
