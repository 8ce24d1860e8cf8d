from . import test_arrows
from . import test_customer_arrows
from . import test_scores
