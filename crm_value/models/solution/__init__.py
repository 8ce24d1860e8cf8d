from . import crm_value_need
from . import crm_value_need_line
from . import crm_lead
from . import res_partner
from . import sale_order_template
from . import sale_order_template_line
from . import sale_order
from . import sale_order_solution
