from . import test_quality
from . import test_quality_double
from . import test_quality_customer
from . import test_quality_tour
