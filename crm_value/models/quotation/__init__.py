from . import crm_value_sold
from . import sale_order_panel
from . import sale_order_usual
