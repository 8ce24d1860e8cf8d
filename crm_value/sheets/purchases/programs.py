"""Recognition of the exports of known programs, by the names of their columns.

A header is compared by a signature of few names, so that older, newer and shortened
exports are known as well. What the columns mean stands in ``programs_shops`` and the
modules beside it.
"""

from .names import normalise
from .programs_books import BOOKS
from .programs_markets import MARKETS
from .programs_odoo import ODOO
from .programs_shops import SHOPS

PROGRAMS = {program.key: program for program in (*ODOO, *SHOPS, *BOOKS, *MARKETS)}


def recognise(header):
    """Return the program whose export has this header, None if none is known.

    The one that knows most of the columns wins.

    >>> recognise(["Invoice", "StockCode", "Quantity", "InvoiceDate", "Price"]).key
    'online_retail'
    >>> recognise(["Date", "Customer", "Amount"])
    """
    names = {normalise(name) for name in header}
    best = max(PROGRAMS.values(), key=lambda program: program.fits(names))
    return best if best.fits(names) else None
