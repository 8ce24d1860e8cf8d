from . import test_approval
from . import test_authority
from . import test_authority_tours
from . import test_discount
from . import test_gate
from . import test_gate_portal
from . import test_gate_shop
