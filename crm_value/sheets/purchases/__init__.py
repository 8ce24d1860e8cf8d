from . import problems
from . import values
from . import reading
from . import words
from . import amounts
from . import headers
from . import purchase
from . import writing
