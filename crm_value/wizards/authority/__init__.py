from . import crm_value_approval_dialog
from . import payment_link_wizard
