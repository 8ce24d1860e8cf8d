from . import crm_value_fit
from . import crm_value_fit_card
from . import crm_value_fit_data
from . import crm_value_fit_parameters
from . import crm_value_fit_words
from . import crm_value_profile
from . import crm_value_step_forecast
