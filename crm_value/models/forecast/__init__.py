from . import crm_value_figures
from . import crm_value_fit
from . import crm_value_fit_card
from . import crm_value_fit_words
from . import crm_value_profile
from . import crm_value_run
from . import crm_value_step_forecast
from . import res_partner
