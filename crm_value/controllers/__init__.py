from . import core
from . import purchases
from . import desk
from . import calls
from . import equity
from . import feedback
from . import portal
from . import letter
