from . import crm_value_demo
from . import crm_value_demo_loyalty
from . import crm_value_demo_satisfaction
from . import crm_value_demo_invitation
