from . import test_lead_created
from . import test_lead_double
from . import test_lead_tour
from . import test_lead_worth
from . import test_likeness
