from . import test_check
from . import test_first_steps
from . import test_first_steps_tour
from . import test_preset
