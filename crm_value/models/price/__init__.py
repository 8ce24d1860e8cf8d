from . import res_company
from . import res_config_settings
from . import crm_value_price_memory
from . import crm_value_price_ruler
from . import sale_order_line
from . import sale_order_face
from . import sale_order_panel
from . import sale_order_price
