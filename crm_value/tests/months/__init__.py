from . import test_months
from . import test_months_stored
