from . import test_scorecard_tours
from . import test_strategy_closing
from . import test_strategy_review
