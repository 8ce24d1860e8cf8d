"""Reading of xlsx workbooks row by row, in little memory whatever they hold.

The parts of a workbook are read as a stream of XML. Texts that its sheets share are
kept packed, and only as far as a cell has asked for them.
"""

import posixpath
import zipfile
from array import array
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from xml.parsers import expat

from openpyxl.styles import numbers
from openpyxl.utils.datetime import (
    CALENDAR_MAC_1904,
    CALENDAR_WINDOWS_1900,
    from_excel,
    from_ISO8601,
)

from odoo.tools.translate import LazyTranslate

from . import limits
from .problems import SheetError

_lt = LazyTranslate(__name__)

XML_BLOCK = 1 << 16
DEEPEST = 100  # elements within each other
MOST_NAMES = 10_000  # of elements and attributes
MOST_OF_A_PART = 64 << 20  # bytes of XML that is no sheet
MOST_XML_OF_TEXTS = 256 << 20
MOST_TEXT = 128 << 20  # bytes of texts that the sheets share
MOST_TEXTS = 5_000_000
LONGEST_FORMAT = 255
PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # as spreadsheet programs use


def too_much_text():
    """Return what to do about a workbook of too many texts."""
    return _lt("The workbook holds too much text. Save the sheet as csv instead.")


def broken():
    """Return what to do about a workbook that cannot be read."""
    return _lt(
        "The file is not a readable xlsx workbook. Open it in the spreadsheet program "
        "and save it again as xlsx or csv."
    )


@dataclass
class Sheet:
    """A sheet of a workbook: its name, and the part of the archive that holds it."""

    title: str
    path: str
    visible: bool


class Workbook:
    """An xlsx workbook; reading of it raises ``SheetError`` and nothing else.

    :param stream: what holds the workbook; it must allow seeking
    """

    def __init__(self, stream):
        self._archive = zipfile.ZipFile(_Source(stream))
        self._kinds = self._related("_rels/.rels")
        book = self._kinds.get("officeDocument") or ["xl/workbook.xml"]
        self._folder = posixpath.dirname(book[0])
        found = _Overview()
        _read(self._open(book[0]), found)
        self.epoch = CALENDAR_MAC_1904 if found.is_mac else CALENDAR_WINDOWS_1900
        name = posixpath.basename(book[0])
        rels = f"{self._folder}/_rels/{name}.rels"
        self._kinds = self._related(rels)
        paths = self._targets
        self.sheets = [
            Sheet(title, paths[key], state in (None, "visible"))
            for title, key, state in found.sheets
            if paths.get(key) in self._kinds.get("worksheet", ())
        ]

    def _related(self, path):
        """Return kind → paths of the parts that a part names as related."""
        found = _Relations(posixpath.dirname(posixpath.dirname(path)))
        if path in self._archive.NameToInfo:
            _read(self._open(path), found)
        self._targets = found.targets
        return found.kinds

    def _open(self, path, most=MOST_OF_A_PART, error=None):
        info = self._archive.getinfo(path)
        if info.compress_type not in PACKINGS:
            raise SheetError(broken())
        return limits.Counted(self._archive.open(info), most, error)

    def count_rows(self, title, most):
        """Return (number of rows, bytes looked at); a guess for what is beyond."""
        source = self._open(self._sheet(title).path, most, limits.Enough(broken()))
        rows = size = 0
        try:
            while block := source.read(limits.BLOCK):
                rows, size = rows + block.count(b"row>"), size + len(block)
        except limits.Enough:
            claimed = self._archive.getinfo(self._sheet(title).path).file_size
            rows = rows * max(claimed, most) // most
        return rows, size

    def _sheet(self, title):
        return next(sheet for sheet in self.sheets if sheet.title == title)

    def rows(self, title, most=limits.MOST_EXPANDED, error=None):
        """Yield (row number, cells) of a sheet; rows that it leaves out are missing."""
        styles = _Styles()
        for path in self._kinds.get("styles", ())[:1]:
            _read(self._open(path), styles)
        texts = _Texts(self._parts("sharedStrings", MOST_XML_OF_TEXTS))
        values = _Values(styles.dates(), styles.durations(), texts, self.epoch)
        reader = _Rows(values)
        last = 0
        for _block in _scan(self._open(self._sheet(title).path, most, error), reader):
            for number, cells in reader.take():
                if number > last:
                    last = number
                    yield number, cells

    def _parts(self, kind, most):
        error = SheetError(too_much_text())
        return [self._open(p, most, error) for p in self._kinds.get(kind, ())[:1]]


class _Source:
    """The file as zipfile sees it: it may read no more of it at a time than a block.

    A directory of millions of parts is never read that way.
    """

    def __init__(self, stream):
        self._stream = stream
        self.seek, self.tell = stream.seek, stream.tell
        self.seekable = lambda: True

    def read(self, size=-1):
        if size is None or size < 0:
            size = limits.BLOCK + 1
        if size > limits.BLOCK + 1:
            raise SheetError(broken())
        return self._stream.read(size)


# --- XML as a stream ------------------------------------------------------------------


def _scan(source, handler):
    """Feed XML to ``handler``; yields after each block.

    A document type could define texts that expand without end; a workbook has none.
    Of a tag that never ends, of endless depth or of ever new names expat would keep
    all in memory.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse
    parser.StartElementHandler = handler.start
    parser.EndElementHandler = handler.end
    parser.CharacterDataHandler = handler.text
    fed = 0
    while block := source.read(XML_BLOCK):
        parser.Parse(block, False)
        fed += len(block)
        unfinished = fed - max(parser.CurrentByteIndex, 0)
        if unfinished > limits.LONGEST_ROW or len(parser.intern) > MOST_NAMES:
            raise SheetError(broken())
        yield fed
    parser.Parse(b"", True)
    yield fed


def _read(source, handler):
    for _block in _scan(source, handler):
        pass


def _refuse(*_declaration):
    raise SheetError(broken())


def _local(name):
    """Return a name without its prefix: programs choose prefixes as they like."""
    return name[name.find(":") + 1 :]


class _Handler:
    """What reads elements and ignores texts; counts how deep it is."""

    depth = 0

    def start(self, name, attributes):
        self.depth += 1
        if self.depth > DEEPEST:
            raise SheetError(broken())
        self.opened(_local(name), attributes)

    def end(self, name):
        self.depth -= 1
        self.closed(_local(name))

    def opened(self, name, attributes):
        """Take note of an element."""

    def closed(self, name):
        """Take note of the end of an element."""

    def text(self, data):
        """Take note of a text."""


class _Relations(_Handler):
    """What parts a part names, by kind and by key."""

    def __init__(self, folder):
        self.folder = folder
        self.kinds = {}
        self.targets = {}

    def opened(self, name, attributes):
        if name != "Relationship" or attributes.get("TargetMode") == "External":
            return
        path = posixpath.normpath(posixpath.join("/", self.folder, attributes["Target"]))
        kind = posixpath.basename(attributes["Type"])
        self.kinds.setdefault(kind, []).append(path[1:])
        self.targets[attributes.get("Id")] = path[1:]


class _Overview(_Handler):
    """The sheets of a workbook and how its days are counted."""

    def __init__(self):
        self.is_mac = False
        self.sheets = []

    def opened(self, name, attributes):
        if name == "workbookPr":
            self.is_mac = attributes.get("date1904") in ("1", "true", "on")
        elif name == "sheet":
            key = next((v for n, v in attributes.items() if _local(n) == "id"), None)
            self.sheets.append((attributes["name"], key, attributes.get("state")))


class _Styles(_Handler):
    """Which styles of cells show dates, and which show durations."""

    def __init__(self):
        self._codes = {}
        self._used = []
        self._within = False

    def opened(self, name, attributes):
        if name == "numFmt":
            code = attributes.get("formatCode", "")
            self._codes[attributes.get("numFmtId")] = code[:LONGEST_FORMAT]
        elif name == "cellXfs":
            self._within = True
        elif name == "xf" and self._within:
            self._used.append(attributes.get("numFmtId", "0"))

    def closed(self, name):
        if name == "cellXfs":
            self._within = False

    def dates(self):
        """Return the styles of dates, as cells name them."""
        return self._those(numbers.is_date_format)

    def durations(self):
        """Return the styles of durations, as cells name them."""
        return self._those(numbers.is_timedelta_format)

    def _those(self, wanted):
        ids = {key for key in set(self._used) if wanted(self._code(key))}
        return {str(at) for at, key in enumerate(self._used) if key in ids}

    def _code(self, key):
        return self._codes.get(key) or numbers.BUILTIN_FORMATS.get(int(key), "General")


class _Texts(_Handler):
    """The texts that cells share: packed one behind the other, read on demand."""

    def __init__(self, parts):
        self._packed = bytearray()
        self._ends = array("Q", [0])
        self._runs = []
        self._size = 0
        self._taken = False
        self._phonetic = False
        self._blocks = _scan(parts[0], self) if parts else iter(())

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
class _Values:
    """What the text of a cell means, by its type and style."""

    dates: set
    durations: set
    texts: _Texts
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
class _Rows(_Handler):
    """The rows of a sheet, as its elements go by."""

    values: _Values
    found: list = field(default_factory=list)
    number: int = 0
    column: int = 0
    cells: list | None = None
    kind: str = "n"
    style: str = "0"
    runs: list = field(default_factory=list)
    size: int = 0  # of the cell
    length: int = 0  # of the row
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
        self.column = self.length = 0
        self.cells = []

    def _begin_cell(self, attributes):
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
