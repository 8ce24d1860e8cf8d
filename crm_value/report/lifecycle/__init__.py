from . import crm_value_migration
from . import crm_value_migration_matrix
from . import crm_value_spell
