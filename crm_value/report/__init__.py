from . import crm_value_equity
from . import crm_value_equity_statement
