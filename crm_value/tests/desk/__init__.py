from . import test_clock
from . import test_close
from . import test_desk_section
from . import test_desk_tours
from . import test_panel
from . import test_promise
from . import test_queue
from . import test_service_section
