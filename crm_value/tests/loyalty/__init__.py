from . import test_loyalty
from . import test_loyalty_months
from . import test_loyalty_screen
from . import test_referral
from . import test_wallet
