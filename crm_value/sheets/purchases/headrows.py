"""The row that names the columns: where it is, and what it says."""

from collections import Counter
from datetime import date

from odoo.tools.translate import LazyTranslate

from . import limits
from .dates import to_moment
from .limits import MOST_COLUMNS
from .names import KNOWN, normalise
from .problems import SheetError, ValueProblem
from .values import LONGEST_TEXT, PLAIN_AMOUNT, shortened, to_text

_lt = LazyTranslate(__name__)


def guess(rows):
    """Return the number of the row that names the columns, 0 if none seems to.

    It is the first row with most known names; where no row has two of them, the last
    of the wide rows of texts above the first one with a date or a number.

    :param list rows: the first rows that are not blank, (number, cells)

    >>> guess([(1, ["Report"]), (3, ["Date", "Amount"]), (4, ["2024-03-05", "1.50"])])
    3
    >>> guess([(1, ["Datu", "Kwantu"]), (2, ["2024-03-05", "1.50"])])
    1
    """
    named = [(number, _known(row)) for number, row in rows if _is_of_names(row)]
    best = max((count for _number, count in named), default=0)
    if best > 1:
        return next(number for number, count in named if count == best)
    widths = Counter(sum(1 for cell in row if to_text(cell)) for _number, row in rows)
    usual = max(widths.items(), key=lambda item: item[::-1], default=(0, 0))[0]
    found = 0
    for number, row in rows:
        filled = sum(1 for cell in row if to_text(cell))
        if filled > 1 and not _is_of_names(row):
            break
        if filled * 5 >= usual * 3:
            found = found or number
    return found


def _known(row):
    return len({normalise(to_text(cell)) for cell in row} & KNOWN.keys())


def _is_of_names(row):
    return not any(_is_value(cell) for cell in row)


def _is_value(cell):
    if isinstance(cell, str):
        return bool(PLAIN_AMOUNT.fullmatch(cell.strip())) or _is_date(cell)
    return cell is not None


def names(row, number, above=None):
    """Return the names of the columns, or say what is wrong with them.

    :param list row: the row that names the columns
    :param list above: the row above it, which may name groups of columns
    """
    found = _joined([to_text(cell) for cell in row], above)
    while not found[-1]:
        found.pop()
    if len(found) > MOST_COLUMNS:
        raise SheetError(
            _lt(
                "The file has more than %(count)s columns. Keep the ones of the "
                "purchases, or choose another delimiter.",
                count=MOST_COLUMNS,
            )
        )
    if any(len(name) > LONGEST_TEXT for name in found):
        raise SheetError(limits.long_cell(number, LONGEST_TEXT))
    if value := next((cell for cell in row if _is_date(cell)), None):
        raise SheetError(_data_as_header(to_text(value)))
    if all(PLAIN_AMOUNT.fullmatch(name) for name in found):
        raise SheetError(_data_as_header(found[0]))
    counts = Counter(filter(None, found))
    if repeated := [name for name, count in counts.items() if count > 1]:
        raise SheetError(
            _lt(
                "Two columns have the name “%(name)s”. Rename one of them in the file.",
                name=repeated[0],
            )
        )
    return found


def _joined(found, above):
    """Put the names of groups before those of their columns, where these need it.

    A merged cell names a group in its first column; the others are empty.
    """
    groups = [to_text(cell) for cell in above or ()]
    filled = sum(map(bool, groups))
    if not 1 < filled < sum(map(bool, found)) or not _is_of_names(above):
        return found
    joined, group = [], ""
    for at, name in enumerate(found):
        group = groups[at] if at < len(groups) and groups[at] else group
        both = f"{group} {name}".strip() if name else ""
        needs = normalise(both) in KNOWN or found.count(name) > 1
        joined.append(both if needs else name)
    return joined


def _is_date(cell):
    if isinstance(cell, date):
        return True
    try:
        return len(to_text(cell)) > 8 and bool(to_moment(cell, "dmy"))
    except ValueProblem:
        return False


def _data_as_header(value):
    return _lt(
        "The first row holds data (“%(value)s”) instead of the names of the columns. "
        "Put a row of names above it.",
        value=shortened(value),
    )
