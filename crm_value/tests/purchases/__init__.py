from . import test_chains
from . import test_deductions
from . import test_erasure
from . import test_import
from . import test_import_limits
from . import test_import_retail
from . import test_import_values
from . import test_lines_property
