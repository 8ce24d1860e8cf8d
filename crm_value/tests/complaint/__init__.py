from . import test_complaint_duties
from . import test_complaint_close
from . import test_complaint_cost
from . import test_complaint_rating
from . import test_complaint_report
from . import test_complaint_tours
