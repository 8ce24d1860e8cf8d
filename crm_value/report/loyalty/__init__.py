from . import crm_value_month_end_total
from . import crm_value_referral
