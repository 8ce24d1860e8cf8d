from . import crm_value_strategy_statement
from . import crm_value_strategy_report
