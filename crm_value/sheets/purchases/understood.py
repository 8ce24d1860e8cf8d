"""What the cells of a file mean, each read once; and how the file writes them."""

from odoo.tools.translate import LazyTranslate

from .dates import order_of, to_moment
from .identity import whole
from .problems import ValueProblem
from .values import is_nothing, shortened, style_of, to_amount, to_text
from .zones import local_moment

_lt = LazyTranslate(__name__)

WHOLE, PARTED = "whole", "parted"  # all numbers of customers are like 13085.0; not so
MOST_REMEMBERED = 50_000  # cells


class Understood:
    """The numbers and dates of a file: cells repeat, and are remembered.

    ``seen`` collects what they show of the file: what ``values.style_of`` and
    ``dates.order_of`` say of each.

    :param str style: "point", "comma" or "" where the file does not tell
    :param str order: of days and months, as in ``dates.to_moment``
    :param zone: the ``tzinfo`` of the company's days
    """

    def __init__(self, style, order, zone, languages=()):
        self.seen = set()
        self._style, self._order = style, order
        self._zone, self._languages = zone, languages
        self._numbers, self._moments = {}, {}

    def number(self, cell):
        """Return (number, currency sign) of a cell, None if it holds nothing."""
        if cell.__class__ is not str:
            return None if cell is None else to_amount(cell, self._style)
        if found := self._numbers.get(cell):
            return found
        if is_nothing(cell):
            return None
        self.seen.add(style_of(cell))
        return remember(self._numbers, cell, to_amount(cell, self._style))

    def quantity(self, cell):
        """Return the number of a cell that holds no money, None if it is empty."""
        found = self.number(cell)
        if found and found[1]:
            raise ValueProblem(
                _lt("“%(value)s” is not a quantity", value=shortened(to_text(cell)))
            )
        return found and found[0]

    def reference(self, text):
        """Return a number of a customer without the point of a spreadsheet.

        One that has none says that the file's numbers are not like that.
        """
        number = whole(text)
        if not number:
            self.seen.add(PARTED)
        return number or text

    def moment(self, cell):
        """Return (day, time of day, zone as written) of a cell, None for no moment.

        Day and time are those of the company where a zone is written.
        """
        if found := self._moments.get(cell):
            return found
        if is_nothing(to_text(cell)):
            return None
        self.seen.add(order_of(cell))
        day, clock = to_moment(cell, self._order, self._languages)
        found = local_moment(day, clock, cell, self._zone)
        return remember(self._moments, cell, found)


def remember(memory, key, found):
    """Keep what is found in a memory of limited size, and return it."""
    if len(memory) >= MOST_REMEMBERED:
        memory.clear()
    memory[key] = found
    return found


def no_rate(code):
    """Return what is said where a currency cannot be converted."""
    return _lt(
        "There is no rate of %(code)s: enter one, and check the file again", code=code
    )


def check_sign(symbol, currency, cell, rates):
    """Say if what stands beside an amount means another currency than its own."""
    known = rates.currency(symbol)
    if known.id != currency.id if known else symbol not in currency.symbol:
        raise ValueProblem(
            _lt(
                "“%(value)s” is not written in %(currency)s",
                value=shortened(to_text(cell)),
                currency=currency.name,
            )
        )
