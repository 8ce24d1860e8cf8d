from . import crm_value_equity
from . import crm_value_equity_total
from . import crm_value_equity_statement
from . import crm_value_equity_words
from . import crm_value_equity_report
from . import crm_value_migration_economics
from . import crm_value_valuation
from . import crm_value_valuation_audit
