from . import crm_value_figures
from . import crm_value_step_review
from . import crm_value_review
from . import crm_value_review_outcome
from . import crm_value_profile
from . import sale_order_panel
from . import ir_ui_menu
