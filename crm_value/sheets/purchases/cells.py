"""Cells of a sheet, and the texts that sheets share."""

from array import array
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache

from openpyxl.utils.datetime import from_excel, from_ISO8601

from . import limits
from .markup import Handler, scan, too_much_text
from .problems import SheetError

MOST_TEXT = 128 << 20  # bytes of texts that the sheets share
MOST_TEXTS = 4_000_000


class Texts(Handler):
    """The texts that cells share: packed one behind the other, read on demand."""

    def __init__(self, parts):
        self._packed = bytearray()
        self._ends = array("Q", [0])
        self._runs = []
        self._size = 0
        self._taken = False
        self._phonetic = False
        self._blocks = scan(parts[0], self) if parts else iter(())

    def __getitem__(self, at):
        while at + 1 >= len(self._ends):
            if next(self._blocks, None) is None:
                raise IndexError(at)
        return self._packed[self._ends[at] : self._ends[at + 1]].decode()

    def opened(self, name, _attributes):
        if name == "t":
            self._taken = not self._phonetic
        elif name == "rPh":
            self._phonetic = True

    def text(self, data):
        if self._taken:
            self._size += len(data)
            if self._size > limits.LONGEST_CELL:
                raise SheetError(too_much_text())
            self._runs.append(data)

    def closed(self, name):
        if name == "t":
            self._taken = False
        elif name == "rPh":
            self._phonetic = False
        elif name == "si":
            self._packed += "".join(self._runs).encode(errors="replace")
            self._ends.append(len(self._packed))
            self._runs, self._size = [], 0
            if len(self._packed) > MOST_TEXT or len(self._ends) > MOST_TEXTS:
                raise SheetError(too_much_text())


@dataclass
class Values:
    """What the text of a cell means, by its type and style."""

    dates: set
    durations: set
    texts: Texts
    epoch: datetime

    def of(self, kind, style, text):
        """Return the value of a cell; what cannot be read stays a text."""
        if not text:
            return None if kind != "inlineStr" else text
        if kind == "s":
            return self.texts[int(text)]
        try:
            if kind == "n":
                return self._number(style, text)
            if kind == "b":
                return bool(int(text))
            if kind == "d":
                return from_ISO8601(text)
        except ValueError:
            return text
        return text

    def _number(self, style, text):
        is_float = "." in text or "E" in text or "e" in text
        number = float(text) if is_float else int(text)
        if style not in self.dates:
            return number
        try:
            return from_excel(number, self.epoch, timedelta=style in self.durations)
        except (OverflowError, ValueError):
            return "#VALUE!"


@lru_cache(maxsize=1 << 10)
def _column(letters):
    """Return the number of a column by its letters, 1 for A."""
    number = 0
    for letter in letters[:4].upper():
        number = number * 26 + ord(letter) - 64
    return number


@dataclass
class Rows(Handler):
    """The rows of a sheet, as its elements go by."""

    values: Values
    found: list = field(default_factory=list)
    number: int = 0
    column: int = 0
    cells: list | None = None
    kind: str = "n"
    style: str = "0"
    runs: list = field(default_factory=list)
    size: int = 0  # of the cell
    length: int = 0  # of the row
    count: int = 0  # of its cells
    taken: bool = False
    phonetic: bool = False

    def take(self):
        """Return the rows that are complete, and forget them."""
        found, self.found = self.found, []
        return found

    def opened(self, name, attributes):
        if name == "c":
            self._begin_cell(attributes)
        elif name == "v":
            self.taken = self.kind != "inlineStr"
        elif name == "t":
            self.taken = self.kind == "inlineStr" and not self.phonetic
        elif name == "rPh":
            self.phonetic = True
        elif name == "row":
            self._begin_row(attributes.get("r"))

    def _begin_row(self, number):
        self.number = int(float(number)) if number else self.number + 1
        if not 0 < self.number <= limits.MOST_ROWS_OF_A_SHEET:
            raise SheetError(limits.beyond_the_sheet(self.number))
        self.column = self.length = self.count = 0
        self.cells = []

    def _begin_cell(self, attributes):
        self.count += 1
        if self.count > limits.MOST_CELLS_OF_A_ROW:
            raise SheetError(limits.long_row(self.number))
        place = attributes.get("r")
        letters = place.rstrip("0123456789") if place else ""
        self.column = _column(letters) if letters else self.column + 1
        self.kind = attributes.get("t", "n")
        self.style = attributes.get("s", "0")

    def text(self, data):
        if self.taken:
            self.size += len(data)
            if self.size > limits.LONGEST_CELL:
                raise SheetError(limits.long_cell(self.number))
            self.runs.append(data)

    def closed(self, name):
        if name == "c":
            self._end_cell()
        elif name in ("v", "t"):
            self.taken = False
        elif name == "rPh":
            self.phonetic = False
        elif name == "row":
            self.found.append((self.number, self.cells))

    def _end_cell(self):
        text, self.runs, self.size = "".join(self.runs), [], 0
        value = self.values.of(self.kind, self.style, text)
        if isinstance(value, str):
            self.length += len(value)
            if self.length > limits.LONGEST_ROW:
                raise SheetError(limits.long_row(self.number))
        at = min(self.column, limits.MOST_COLUMNS + 1)
        self.cells.extend([None] * (at - len(self.cells)))
        if value is not None:
            self.cells[at - 1] = value
