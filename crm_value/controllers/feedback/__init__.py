from . import answers
from . import feedback
