from . import test_scorecard_tours
from . import test_strategy_closing
from . import test_strategy_review
from . import test_arrows
from . import test_customer_arrows
from . import test_scores
