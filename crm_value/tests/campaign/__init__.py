from . import test_drawing
from . import test_economics
from . import test_lift
from . import test_campaign
from . import test_campaign_rights
from . import test_campaign_result
from . import test_campaign_tour
from . import test_campaign_demo
