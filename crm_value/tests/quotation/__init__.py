from . import test_bought
from . import test_quotation_panel
from . import test_rhythm
