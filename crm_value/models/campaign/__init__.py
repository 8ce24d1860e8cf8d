from . import crm_value_segment
from . import crm_value_campaign
from . import crm_value_campaign_member
from . import crm_value_campaign_launch
from . import crm_value_campaign_result
from . import crm_value_campaign_progress
from . import crm_value_campaign_words
from . import crm_value_contact
