from . import crm_value_strategy_review
from . import crm_value_strategy_review_line
from . import crm_value_strategy_closing
