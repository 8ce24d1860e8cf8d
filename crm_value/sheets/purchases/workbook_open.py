"""Reading of OpenDocument sheets (.ods) row by row, as a stream of XML.

Odoo's own import needs a library for them that it does not bring along. All sheets are
in one part, in which cells and rows that are alike stand once and say how often.
"""

import zipfile
from itertools import repeat

from openpyxl.utils.datetime import from_ISO8601

from . import limits
from .markup import Handler, broken, local, read, scan
from .problems import SheetError
from .workbook import PACKINGS, Sheet, Source

CONTENT = "content.xml"
CELLS = ("table-cell", "covered-table-cell")
GAPS = {"s": " ", "tab": " ", "line-break": "\n"}
NUMBERS = ("float", "currency", "percentage")


class OpenWorkbook:
    """An .ods workbook, with the verbs of ``workbook.Workbook``."""

    def __init__(self, stream):
        self._archive = zipfile.ZipFile(Source(stream))
        found = Tables()
        read(self._open(), found)
        self.sheets = [Sheet(title, CONTENT, shown) for title, shown in found.sheets]
        self._counts = found.counts

    def _open(self, most=limits.MOST_EXPANDED, error=None):
        info = self._archive.getinfo(CONTENT)
        if info.compress_type not in PACKINGS:
            raise SheetError(broken())
        return limits.Counted(self._archive.open(info), most, error)

    def count_rows(self, title, _most):
        """Return (number of rows, bytes looked at)."""
        return self._counts[title], 0

    def rows(self, title, most=limits.MOST_EXPANDED, error=None):
        """Yield (row number, cells) of a sheet; blank rows are missing."""
        reader = OpenRows(title)
        for _block in scan(self._open(most, error), reader):
            yield from reader.take()


def _times(attributes, name):
    """Return how often an element stands for itself."""
    return max(1, int(_named(attributes, name) or 1))


def _named(attributes, name):
    return next((v for n, v in attributes.items() if local(n) == name), None)


class Tables(Handler):
    """The sheets of a document: names, which are shown, how many rows they say."""

    def __init__(self):
        self.sheets, self.counts = [], {}
        self._hidden, self._style, self._title = set(), None, None

    def opened(self, name, attributes):
        if name == "style":
            self._style = _named(attributes, "name")
        elif name == "table-properties":
            if _named(attributes, "display") == "false":
                self._hidden.add(self._style)
        elif name == "table" and self._title is None:
            self._title = _named(attributes, "name") or ""
            self._depth = self.depth
            shown = _named(attributes, "style-name") not in self._hidden
            self.sheets.append((self._title, shown))
            self.counts[self._title] = 0
        elif name == "table-row" and self._title is not None:
            self.counts[self._title] += 1

    def closed(self, name):
        if name == "table" and self._title is not None and self.depth < self._depth:
            self._title = None


class OpenRows(Handler):
    """The rows of one sheet that are not blank, as its elements go by."""

    def __init__(self, title):
        self._title, self._inside = title, 0
        self._found, self._number = [], 0
        self._cells, self._length = [], 0
        self._cell, self._runs, self._size = None, [], 0
        self._notes = 0

    def take(self):
        """Yield the rows that are complete, and forget them."""
        found, self._found = self._found, []
        for number, times, cells in found:
            for at in range(times):
                yield number + at, [*cells]

    def opened(self, name, attributes):
        if name == "table":
            is_wanted = _named(attributes, "name") == self._title
            self._inside += bool(self._inside or is_wanted)
        elif self._inside != 1:  # a table within a cell is none of ours
            return
        elif name == "table-row":
            self._cells, self._length = [], 0
            self._rows = _times(attributes, "number-rows-repeated")
        elif name in CELLS:
            self._cell, self._runs, self._size = attributes, [], 0
        elif name == "annotation":
            self._notes += 1
        elif name in GAPS and self._cell is not None:
            self.text(GAPS[name])

    def text(self, data):
        if self._cell is None or self._notes or self._inside != 1:
            return
        self._size += len(data)
        if self._size > limits.LONGEST_CELL:
            raise SheetError(limits.long_cell(self._number + 1))
        self._runs.append(data)

    def closed(self, name):
        if name == "table" and self._inside:
            self._inside -= 1
        elif self._inside != 1:
            return
        elif name in CELLS:
            self._end_cell()
        elif name == "annotation":
            self._notes -= 1
        elif name == "table-row":
            self._end_row()

    def _end_cell(self):
        value = self._value("".join(self._runs))
        times = _times(self._cell, "number-columns-repeated")
        self._cell = None
        if isinstance(value, str):
            self._length += len(value)
            if self._length > limits.LONGEST_ROW:
                raise SheetError(limits.long_row(self._number + 1))
        room = limits.MOST_COLUMNS + 1 - len(self._cells)
        self._cells.extend(repeat(value, min(times, room)))

    def _value(self, text):
        kind = _named(self._cell, "value-type")
        try:
            if kind in NUMBERS:
                number = float(_named(self._cell, "value"))
                return int(number) if number.is_integer() else number
            if kind == "date":
                return from_ISO8601(_named(self._cell, "date-value"))
        except (TypeError, ValueError, OverflowError):
            return text
        return text or None

    def _end_row(self):
        first = self._number + 1
        self._number += self._rows
        if any(cell is not None for cell in self._cells):
            if self._number > limits.MOST_ROWS_OF_A_SHEET:
                raise SheetError(limits.beyond_the_sheet(self._number))
            self._found.append((first, self._rows, self._cells))
