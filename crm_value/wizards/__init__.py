from . import core
from . import policy
from . import scoring
from . import worklist
from . import playbook
from . import tier
from . import points
from . import feedback
