from . import core
from . import loyalty
from . import satisfaction
from . import feedback
