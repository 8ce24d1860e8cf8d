from . import crm_value_campaign
from . import crm_value_play
from . import crm_value_plan
from . import crm_value_plan_line
from . import crm_value_plan_crowd
from . import crm_value_plan_reckon
from . import crm_value_plan_words
