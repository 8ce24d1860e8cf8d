from . import test_duties
from . import test_close
from . import test_cost
from . import test_report
