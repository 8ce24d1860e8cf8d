"""XML of a workbook as a stream: its parts that are no cells."""

import posixpath
from xml.parsers import expat

from openpyxl.styles import numbers

from odoo.tools.translate import LazyTranslate

from . import limits
from .problems import SheetError

_lt = LazyTranslate(__name__)

XML_BLOCK = 1 << 16
DEEPEST = 100  # elements within each other
MOST_NAMES = 10_000  # of elements and attributes
LONGEST_FORMAT = 255
MOST_STYLES = 100_000


def too_much_text():
    """Return what to do about a workbook of too many texts."""
    return _lt("The workbook holds too much text. Save the sheet as csv instead.")


def broken():
    """Return what to do about a workbook that cannot be read."""
    return _lt(
        "The file is not a readable xlsx workbook. Open it in the spreadsheet program "
        "and save it again as xlsx or csv."
    )


def scan(source, handler):
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


def read(source, handler):
    for _block in scan(source, handler):
        pass


def _refuse(*_declaration):
    raise SheetError(broken())


def local(name):
    """Return a name without its prefix: programs choose prefixes as they like."""
    return name[name.find(":") + 1 :]


class Handler:
    """What reads elements and ignores texts; counts how deep it is."""

    depth = 0

    def start(self, name, attributes):
        self.depth += 1
        if self.depth > DEEPEST:
            raise SheetError(broken())
        self.opened(local(name), attributes)

    def end(self, name):
        self.depth -= 1
        self.closed(local(name))

    def opened(self, name, attributes):
        """Take note of an element."""

    def closed(self, name):
        """Take note of the end of an element."""

    def text(self, data):
        """Take note of a text."""


class Relations(Handler):
    """What parts a part names, by kind and by key."""

    def __init__(self, folder):
        self.folder = folder
        self.kinds = {}
        self.targets = {}

    def opened(self, name, attributes):
        if name != "Relationship" or attributes.get("TargetMode") == "External":
            return
        path = posixpath.normpath(
            posixpath.join("/", self.folder, attributes["Target"])
        )
        kind = posixpath.basename(attributes["Type"])
        self.kinds.setdefault(kind, []).append(path[1:])
        self.targets[attributes.get("Id")] = path[1:]


class Overview(Handler):
    """The sheets of a workbook and how its days are counted."""

    def __init__(self):
        self.is_mac = False
        self.sheets = []

    def opened(self, name, attributes):
        if name == "workbookPr":
            self.is_mac = attributes.get("date1904") in ("1", "true", "on")
        elif name == "sheet":
            key = next((v for n, v in attributes.items() if local(n) == "id"), None)
            self.sheets.append((attributes["name"], key, attributes.get("state")))


class Styles(Handler):
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
            if len(self._used) > MOST_STYLES:
                raise SheetError(broken())

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
