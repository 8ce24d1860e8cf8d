from . import test_belief
from . import test_choice
from . import test_plan
from . import test_plan_campaign
from . import test_plan_rights
from . import test_plan_tour
from . import test_plan_demo
