from . import test_assets
from . import test_equity
from . import test_month_kept
from . import test_re_estimated
from . import test_valuation
from . import test_valuation_audit
