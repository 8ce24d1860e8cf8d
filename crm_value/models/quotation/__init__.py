from . import sale_order_panel
