from . import res_company
from . import crm_value_facts
from . import crm_value_likeness
from . import crm_value_offer
from . import crm_value_offer_find
from . import crm_value_offer_candidates
from . import crm_value_offer_result
from . import sale_order
