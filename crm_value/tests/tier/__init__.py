from . import test_tier
from . import test_tier_manual
