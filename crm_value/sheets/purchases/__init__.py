from . import problems
from . import values
from . import reading
from . import headers
from . import purchase
from . import writing
