from . import core
from . import policy
from . import worklist
from . import playbook
from . import tier
from . import points
from . import feedback
