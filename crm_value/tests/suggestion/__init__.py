from . import test_likeness
from . import test_gain
from . import test_suggestions
from . import test_suggestion_log
from . import test_suggestion_results
from . import test_suggestion_tours
