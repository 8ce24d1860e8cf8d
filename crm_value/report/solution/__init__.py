from . import crm_value_need_report
