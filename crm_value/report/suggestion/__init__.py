from . import crm_value_offer_report
