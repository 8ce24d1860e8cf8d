from . import test_cohorts
from . import test_decline
from . import test_lifecycle
from . import test_migration
from . import test_month_stock
from . import test_spell
from . import test_stage
from . import test_stage_manual
