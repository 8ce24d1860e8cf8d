"""Layout of a program's export: what its columns mean, and how it is told by them."""

import re
from dataclasses import dataclass, field

from .names import normalise
from .problems import ValueProblem
from .values import to_amount, to_text
from .words import MEANINGS, plain


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """Layout of one export of a program.

    Names of columns are written as in the file; ``"a|b"`` is the first of them that is
    there and filled. Case, spaces and signs make no difference.

    :param str title: as a user would call it
    :param tuple signature: names that must all be there
    :param dict columns: target → names
    :param tuple ways: dicts like ``columns``, of how the amount is made; the first one
        counts that is there, where names that end in ``?`` may be missing
    :param dict status: written status → ``words.COUNTS`` and the like
    :param dict kinds: the same of kinds of line
    :param tuple once: positions of the ways whose amount is a total of the document,
        which may stand on each of its lines
    :param dict carried: target → how far an empty cell is filled (see ``rows``)
    :param str date_order: how its dates are written where they can be read in two ways
    :param choose_way: function of a ``Table`` → the position in ``ways``, or None
    :param adjust: function that mends a ``Row`` where columns alone do not say it
    """

    key: str
    title: object
    signature: tuple
    columns: dict
    ways: tuple = ({},)
    status: dict = field(default_factory=dict)
    kinds: dict = field(default_factory=dict)
    once: tuple = ()
    carried: dict = field(default_factory=dict)
    date_order: str = ""
    choose_way: object = None
    adjust: object = None

    def fits(self, names):
        """Return how many columns of a header are known; 0 if it is another program's.

        :param names: the normalised names of the header
        """
        if not all(_first(names, wanted) for wanted in self.signature):
            return 0
        targets = self.columns | self.ways[0]
        return len(self.signature) + sum(
            bool(_first(names, wanted)) for wanted in targets.values()
        )

    def targets(self, header, cells):
        """Return the targets of the columns of a file, None where one means nothing.

        :param list header: names of the columns
        :param list cells: the first cells of each column
        """
        table = Table(header, cells)
        wanted = self.columns | self.ways[self._way(table)]
        found = {
            table.position(names): target
            for target, names in wanted.items()
            # A status that the file leaves empty says nothing of its lines.
            if target not in MEANINGS or any(map(to_text, table.column(names)))
        }
        return [found.get(position) for position in range(len(header))]

    def field_names(self):
        """Return the names that are those of Odoo's fields, as their paths."""
        said = (*self.columns.values(), *(n for way in self.ways for n in way.values()))
        return [
            name
            for names in said
            for name in names.rstrip("?").split("|")
            if re.fullmatch("[a-z_/]+", name)
        ]

    def counts_once(self, header, cells):
        """Return whether the amount is a document's total, which may be repeated."""
        return self._way(Table(header, cells)) in self.once

    def counting(self):
        """Return (target, word) → meaning, as a ``Parser`` takes it."""
        said = {"status": self.status, "type": self.kinds}
        return {
            (target, plain(word)): meaning
            for target, words in said.items()
            for word, meaning in words.items()
        }

    def _way(self, table):
        chosen = self.choose_way(table) if self.choose_way else None
        if chosen is not None:
            return chosen
        there = [n for n, way in enumerate(self.ways) if _is_there(way, table)]
        filled = (n for n in there if _is_there(self.ways[n], table, filled=True))
        return next(filled, there[0] if there else 0)


class Table:
    """The columns of a file by their names."""

    def __init__(self, header, cells):
        self._positions = {}
        for position, name in enumerate(header):
            self._positions.setdefault(normalise(name), position)
        self._cells = cells

    def position(self, names):
        """Return where the first filled one of some columns is, None if none is there.

        >>> Table(["A", "B"], [["", ""], ["", "x"]]).position("A|B")
        1
        """
        there = [
            self._positions[name] for name in _split(names) if name in self._positions
        ]
        filled = (p for p in there if any(map(to_text, self._cells[p])))
        return next(filled, there[0] if there else None)

    def column(self, names):
        """Return the cells of a column; none if it is not there."""
        position = self.position(names)
        return [] if position is None else self._cells[position]


class Row:
    """Cells of one row by the names of their columns."""

    def __init__(self, positions, cells, style):
        self._positions, self._cells = positions, list(cells)
        self._style = style

    def cells(self):
        """Return all cells, as they are now."""
        return self._cells

    def text(self, names):
        """Return a cell as text, empty where there is none."""
        position = self._position(names)
        return "" if position is None else to_text(self._cells[position])

    def number(self, names):
        """Return a cell as a Decimal, None where it holds no number."""
        if not self.text(names):
            return None
        try:
            return to_amount(self._cells[self._position(names)], self._style)[0]
        except ValueProblem:
            return None

    def put(self, names, value):
        """Change a cell, if there is such a column."""
        if (position := self._position(names)) is not None:
            self._cells[position] = value

    def _position(self, names):
        there = (self._positions.get(name) for name in _split(names))
        return next((p for p in there if p is not None and p < len(self._cells)), None)


def meanings(**words):
    """Return word → what its lines are.

    >>> meanings(counts="paid|shipped")
    {'paid': 'counts', 'shipped': 'counts'}
    """
    return {
        word: meaning for meaning, said in words.items() for word in said.split("|")
    }


def adjuster(program, header, style):
    """Return the function that mends the cells of a row, None if none is needed."""
    if not program or not program.adjust:
        return None
    positions = {}
    for position, name in enumerate(header):
        positions.setdefault(normalise(name), position)

    def adjust(cells):
        row = Row(positions, cells, style)
        program.adjust(row)
        return row.cells()

    return adjust


def _split(names):
    return [normalise(name) for name in names.split("|")]


def _first(names, wanted):
    return next((name for name in _split(wanted) if name in names), None)


def _is_there(way, table, filled=False):
    needed = [names for names in way.values() if not names.endswith("?")]
    if filled:
        return all(any(map(to_text, table.column(names))) for names in needed)
    return all(table.position(names) is not None for names in needed)
