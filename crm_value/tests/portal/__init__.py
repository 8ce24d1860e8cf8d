from . import test_portal
from . import test_portal_tickets
from . import test_refresh_reads
