"""Rows as people lay them out, made into rows that each stand for themselves.

A customer can stand in a row above its lines, a document's date on its first line only,
a total on each of its lines or below them. How far an empty cell is filled is said for
each column: ``DOCUMENT``, from the line above of the same document; ``NEXT``, from the
nearest filled cell above; ``GROUP``, from a row above that has no date; ``TOTAL``, from
such a row until the total that names it, so that groups can lie within a group.
"""

import re
from collections import namedtuple

from . import amounts
from .headers import CUSTOMER
from .money import kind_of, stands_on_each
from .names import normalise
from .values import to_text
from .words import is_total, plain, total_of

DOCUMENT, NEXT, GROUP, TOTAL = "document", "next", "group", "total"
Skipped = namedtuple("Skipped", "number target value")  # a row that does not count
CUSTOMERS = tuple(CUSTOMER.values())
CARRIED = (
    *("document", "date", "time", *CUSTOMERS),
    *("currency", "status", "status_2", "type", "channel", "country"),
)

DOCUMENT_TOTAL = re.compile(
    "order|invoice|grand|document|receipt|commande|facture|pedido|factura|ordine|fattura"
    "|documento|bestell|rechnung|auftrag|factuur|subtotal|订单|发票|注文|請求"
)


class Rows:
    """What fills empty cells and counts a document's total once, row by row.

    :param dict columns: target → position
    :param dict carried: target → how far its cells reach
    :param bool once: whether an amount that stands on each line counts once
    """

    def __init__(self, columns, carried, once):
        self._date = columns.get("date")
        self._document = columns.get("document")
        self._carried = [
            (columns[target], how)
            for target, how in (carried or {}).items()
            if target in columns and how not in (GROUP, TOTAL)
        ]
        # A line without a document goes on with the last one, where that is said.
        self._goes_on = ("document", NEXT) in (carried or {}).items()
        groups = {how: t for t, how in (carried or {}).items() if how in (GROUP, TOTAL)}
        self._group = columns.get(next(iter(groups.values()), None))
        self._has_totals = TOTAL in groups
        self._customers = [columns[t] for t in CUSTOMERS if t in columns]
        self._amounts = [columns[part] for part in amounts.used(columns.keys())]
        self._products = [
            columns[target]
            for target in ("product", "quantity")
            if target in columns and columns[target] not in self._amounts
        ]
        self._once = once and self._document is not None
        self._above, self._groups, self._seen, self._last = {}, [], {}, None
        self._named = set()  # customers and documents so far, as labels may name them

    def settle(self, rows):
        """Yield (number, row) with what is missing filled in, or ``Skipped``."""
        if not (self._carried or self._once or self._group is not None):
            yield from rows
            return
        held = None
        for number, row in rows:
            row = list(row)
            found = self._unusual(number, row) or self._settled(number, row)
            if held and self._once and self._is_of(held[1], found):
                # What a whole document costs is not what its first product costs.
                for position in self._products:
                    _fill(held[1], position, None)
            if held:
                yield held
            held = found
        if held:
            yield held

    def _is_of(self, above, found):
        """Return whether a row that does not count repeats the document above it."""
        return (
            found.__class__ is Skipped
            and found.target == "repeated"
            and isinstance(above, list)
            and found.value == _text(above, self._document)
        )

    def _unusual(self, number, row):
        """Return what says that a row is a total or the name of a group."""
        if _text(row, self._date):
            return None
        if label := _total(row, self._named):
            self._leave_group(label)
            return Skipped(number, "total", label)
        if self._group is None or not (name := _text(row, self._group)):
            return None
        self._groups.append(name)
        return Skipped(number, "group", name)

    def _leave_group(self, label):
        """End the innermost group that a total names, and those within it."""
        for depth in reversed(range(len(self._groups))):
            if self._groups[depth] in label:
                del self._groups[depth:]
                return

    def _settled(self, number, row):
        self._named |= _names(row, [*self._customers, self._document])
        if self._group is not None and self._groups:
            self._enter_line(row)
        document = _text(row, self._document)
        is_same = document == self._last if document else self._goes_on
        if any(_text(row, position) for position in self._customers) and not is_same:
            for position in self._customers:
                self._above.pop(position, None)
        for position, how in self._carried:
            if _text(row, position):
                self._above[position] = row[position]
            elif is_same or how == NEXT:
                _fill(row, position, self._above.get(position))
            else:
                self._above.pop(position, None)
        self._last = _text(row, self._document)
        if self._once and self._is_repeated(row):
            return Skipped(number, "repeated", _text(row, self._document))
        return number, row

    def _enter_line(self, row):
        """Give a line the customer of its group.

        A group within a group, such as the project of a customer, belongs to the outer.
        Without totals a group ends where the next one begins.
        """
        if not self._has_totals:
            del self._groups[:-1]
        _fill(row, self._group, self._groups[0])

    def _is_repeated(self, row):
        """Return whether the amount of a document has been there, or is left empty."""
        document = _text(row, self._document)
        if not document:
            return False
        customer = tuple(_text(row, position) for position in self._customers)
        amount = tuple(_text(row, position) for position in self._amounts)
        first = self._seen.setdefault((document, customer), amount)
        if first is amount:
            return False
        return first == amount or not any(amount)


def _text(row, position):
    return (
        to_text(row[position]) if position is not None and position < len(row) else ""
    )


def _names(row, positions):
    return {plain(text) for at in positions if (text := _text(row, at))}


def _total(row, named):
    """Return the cell that says a row without a date is a total, or ""."""
    for text in filter(None, map(to_text, row)):
        if is_total(text) or total_of(text) in named - {""}:
            return text
    return ""


def _fill(row, position, value):
    row.extend([None] * (position + 1 - len(row)))
    row[position] = value


def guess_group(targets, rows):
    """Return (position, how far) of a column that names each customer above its lines.

    >>> guess_group([None, "date", "amount"], [
    ...     ["Alpha", "", ""], ["", "2025-01-03", "5"], ["Total for Alpha", "", "5"],
    ... ])
    (0, 'total')
    """
    named = {targets.index(target) for target in CUSTOMERS if target in targets}
    if "date" not in targets or len(named) > 1:
        return None
    date, names, labels = targets.index("date"), {}, []
    for row in rows:
        if _text(row, date):
            continue
        if label := next(filter(is_total, map(to_text, row)), None):
            labels.append(label)
            continue
        first = next((at for at, cell in enumerate(row) if to_text(cell)), None)
        names.setdefault(first, []).append(_text(row, first))
    if len(names) != 1 or all(not _text(row, date) for row in rows):
        return None
    [position] = names
    is_free = position in named or (not named and targets[position] is None)
    if not is_free or any(_text(row, position) and _text(row, date) for row in rows):
        return None
    closed = any(name in label for name in names[position] for label in labels)
    return position, TOTAL if closed else GROUP


def guess_carried(targets, rows):
    """Return target → how far its cells reach, where cells are left empty.

    A customer that is not known leaves an empty cell too: it is filled from another
    document only where each customer stands once, on the first of several lines.

    >>> guess_carried(["document", "date"], [["1", "2025-01-03"], ["1", ""]])
    {'date': 'document'}
    """
    at = {target: targets.index(target) for target in CARRIED if target in targets}
    date = at.get("date")
    lines = [
        *_amount_positions(targets),
        *([at["document"]] if "document" in at else []),
    ]
    naming = [at[target] for target in ("document", *CUSTOMERS) if target in at]
    named = set().union(*(_names(row, naming) for row in rows))
    rows = [row for row in rows if not _is_aside(row, date, lines, named)]
    texts = {target: [_text(row, at[target]) for row in rows] for target in at}
    documents = texts.get("document", [""] * len(rows))
    carried = {}
    for target, cells in texts.items():
        if target != "document" and _has_gap_in_document(cells, documents):
            carried[target] = DOCUMENT
    if _is_block(texts, [t for t in CUSTOMERS if t in texts]):
        carried |= {
            target: NEXT for target, cells in texts.items() if _is_stepped(cells)
        }
    elif "date" not in carried and _is_block(
        texts, ["date"] if date is not None else []
    ):
        carried["date"] = NEXT
    return carried


def _amount_positions(targets):
    return [targets.index(part) for part in amounts.used({t for t in targets if t})]


def _is_aside(row, date, lines, named):
    """Return whether a row is a total, or nothing that a line is known by."""
    if _text(row, date):
        return False
    is_line = any(_text(row, position) for position in lines)
    return not is_line or bool(_total(row, named))


def _has_gap_in_document(cells, documents):
    """Return whether a cell is empty below a filled one of the same document."""
    filled, last = False, None
    for cell, document in zip(cells, documents, strict=True):
        if not document or document != last:
            filled, last = bool(cell), document
        elif filled and not cell:
            return True
    return False


def _is_block(texts, customers):
    """Return whether lines stand below a name that is there once, on their first."""
    rows = list(zip(*(texts[target] for target in customers), strict=True))
    if not rows or not any(rows[0]):
        return False
    filled = [row for row in rows if any(row)]
    empty = len(rows) - len(filled)
    return 1 < len(filled) == len(set(filled)) <= empty


def _is_stepped(cells):
    """Return whether empty cells stand below filled ones that differ from the last."""
    filled = [cell for cell in cells if cell]
    return (
        bool(cells[:1] and cells[0])
        and len(filled) < len(cells)
        and all(a != b for a, b in zip(filled, filled[1:], strict=False))
    )


def guess_once(header, targets, rows):
    """Return whether the amount is that of the document, and stands on its lines.

    Either its lines but the first leave it empty, or all repeat it though they differ.
    """
    parts = _amount_positions(targets)
    if "document" not in targets or not parts or targets[parts[0]] == "unit_price":
        return False
    document = targets.index("document")
    rows = [row for row in rows if not any(map(is_total, map(to_text, row)))]
    documents = [_text(row, document) for row in rows]
    amounts_ = [tuple(_text(row, position) for position in parts) for row in rows]
    if _has_gap_in_document([any(amount) for amount in amounts_], documents):
        return True
    if not stands_on_each(amounts_, documents):
        return False
    groups = {}
    for name, row in zip(documents, rows, strict=True):
        if name:
            groups.setdefault(name, set()).add(tuple(map(to_text, row)))
    several = [len(lines) for lines in groups.values() if len(lines) > 1]
    name = header[parts[0]]
    is_total_ = DOCUMENT_TOTAL.match(normalise(name)) or kind_of(name) == "amount_total"
    return len(several) >= (1 if is_total_ else 2)
