from . import core
from . import desk
from . import loyalty
from . import satisfaction
from . import feedback
from . import faq
from . import interactions
