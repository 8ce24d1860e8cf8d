"""Reading of xlsx workbooks row by row, in little memory whatever they hold.

The parts of a workbook are read as a stream of XML. Texts that its sheets share are
kept packed, and only as far as a cell has asked for them.
"""

import posixpath
import zipfile
from dataclasses import dataclass

from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900

from . import limits
from .cells import Rows, Texts, Values
from .markup import Overview, Relations, Styles, broken, read, scan, too_much_text
from .problems import SheetError

MOST_OF_A_PART = 64 << 20  # bytes of XML that is no sheet
MOST_XML_OF_TEXTS = 256 << 20
PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # as spreadsheet programs use


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
        self._archive = zipfile.ZipFile(Source(stream))
        self._kinds = self._related("_rels/.rels")
        book = self._kinds.get("officeDocument") or ["xl/workbook.xml"]
        self._folder = posixpath.dirname(book[0])
        found = Overview()
        read(self._open(book[0]), found)
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
        found = Relations(posixpath.dirname(posixpath.dirname(path)))
        if path in self._archive.NameToInfo:
            read(self._open(path), found)
        self._targets = found.targets
        return found.kinds

    def _open(self, path, most=None, error=None):
        info = self._archive.getinfo(path)
        if info.compress_type not in PACKINGS:
            raise SheetError(broken())
        most = most or MOST_OF_A_PART
        return limits.Counted(self._archive.open(info), most, error)

    def count_rows(self, title, most):
        """Return (number of rows, bytes looked at); a guess for what is beyond."""
        source = self._open(self._sheet(title).path, most, limits.Enough(broken()))
        rows = size = 0
        try:
            while block := source.read(limits.BLOCK):
                rows += max(block.count(b"row>"), block.count(b"row "))
                size += len(block)
        except limits.Enough:
            claimed = self._archive.getinfo(self._sheet(title).path).file_size
            rows = rows * max(claimed, most) // most
        return rows, size

    def _sheet(self, title):
        return next(sheet for sheet in self.sheets if sheet.title == title)

    def rows(self, title, most=limits.MOST_EXPANDED, error=None):
        """Yield (row number, cells) of a sheet; rows that it leaves out are missing."""
        styles = Styles()
        for path in self._kinds.get("styles", ())[:1]:
            read(self._open(path), styles)
        texts = Texts(self._parts("sharedStrings", MOST_XML_OF_TEXTS))
        values = Values(styles.dates(), styles.durations(), texts, self.epoch)
        reader = Rows(values)
        last = 0
        for _block in scan(self._open(self._sheet(title).path, most, error), reader):
            for number, cells in reader.take():
                if number > last:
                    last = number
                    yield number, cells

    def _parts(self, kind, most):
        error = SheetError(too_much_text())
        return [self._open(p, most, error) for p in self._kinds.get(kind, ())[:1]]


class Source:
    """The file as zipfile sees it: it may read no more of it at a time than a block.

    A directory of millions of parts is never read that way.
    """

    def __init__(self, stream):
        self._stream = stream
        self.seek, self.tell = stream.seek, stream.tell
        self.seekable = lambda: True

    def read(self, size=-1):  # pylint: disable=method-required-super
        if size is None or size < 0:
            size = limits.BLOCK + 1
        if size > limits.BLOCK + 1:
            raise SheetError(broken())
        return self._stream.read(size)
