from . import core
from . import desk
from . import calls
from . import loyalty
from . import satisfaction
from . import feedback
