from . import crm_value_quality
from . import crm_value_quality_record
from . import crm_value_quality_check
from . import crm_value_quality_double
from . import crm_value_quality_product
from . import crm_value_facts
from . import crm_value_profile
from . import crm_value_step_quality
