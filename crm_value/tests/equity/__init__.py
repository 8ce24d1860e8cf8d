from . import test_assets
from . import test_equity
from . import test_valuation
