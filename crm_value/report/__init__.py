from . import lifecycle
from . import equity
from . import benefit
from . import loyalty
from . import satisfaction
from . import feedback
