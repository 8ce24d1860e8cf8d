from . import test_outcome
from . import test_contacts
from . import test_scenario
from . import test_scenario_told
from . import test_scenario_rights
from . import test_choice
from . import test_scenario_tour
from . import test_scenario_demo
