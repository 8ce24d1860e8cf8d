from . import crm_value_referral
