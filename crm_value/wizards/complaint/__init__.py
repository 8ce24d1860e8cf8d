from . import crm_value_complaint_close
