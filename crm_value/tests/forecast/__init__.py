from . import test_certainty
from . import test_clv
from . import test_clv_likelihood
from . import test_clv_oracle
from . import test_clv_reference
from . import test_forecast
from . import test_lifetime
from . import test_model_card
