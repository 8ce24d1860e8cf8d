from . import test_numbers
from . import test_matching
from . import test_call_event
from . import test_call_card
from . import test_call_api
from . import test_call_tour
