from . import core
from . import desk
from . import complaint
from . import loyalty
from . import satisfaction
from . import feedback
from . import faq
from . import interactions
