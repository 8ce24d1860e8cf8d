from . import test_satisfaction
from . import test_survey_answer
from . import test_survey_instruments
from . import test_survey_meaning
from . import test_customer_satisfaction
from . import test_index_result
from . import test_measures
from . import test_satisfaction_tours
