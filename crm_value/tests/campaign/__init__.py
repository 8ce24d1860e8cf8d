from . import test_draw
from . import test_effect
from . import test_campaign
from . import test_campaign_rights
from . import test_campaign_result
from . import test_campaign_tour
