from . import crm_value_month_pair
from . import crm_value_migration
from . import crm_value_migration_matrix
from . import crm_value_month_kept
from . import crm_value_month_total
from . import crm_value_migration_total
from . import crm_value_spell
from . import crm_value_spell_total
