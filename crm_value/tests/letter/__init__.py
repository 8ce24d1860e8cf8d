from . import test_dashboard
from . import test_digest
from . import test_letter
from . import test_letter_pages
