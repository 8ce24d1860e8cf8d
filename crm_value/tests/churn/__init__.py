from . import test_choice
from . import test_churn
from . import test_ending
from . import test_endings
from . import test_risk
from . import test_silence
