from . import crm_value_facts
from . import crm_value_sold
from . import sale_order_panel
from . import sale_order_share
from . import sale_order_usual
