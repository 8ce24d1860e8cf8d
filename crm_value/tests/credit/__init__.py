from . import test_credit
from . import test_credit_terms
from . import test_credit_trial
from . import test_credit_tour
