"""Files of purchases: read, understood and written in plain Python, without a database.

A problem of the whole file is raised as ``SheetError``, one of a single value as
``ValueProblem``; both carry a sentence that is translated when it is shown.
"""

from . import purchases
