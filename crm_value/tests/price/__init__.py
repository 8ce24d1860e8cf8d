from . import test_face
from . import test_price_combo
from . import test_price_memory
from . import test_price_tours
