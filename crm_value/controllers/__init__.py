from . import crm_value_import
