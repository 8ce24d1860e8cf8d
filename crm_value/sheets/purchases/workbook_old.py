"""Reading of old Excel workbooks (.xls), as Odoo's own import reads them: by xlrd.

They hold 65,536 rows at most, so that all of a sheet may be in memory. Binary ones of
today (.xlsb) are refused with a sentence: no reader of them comes with Odoo, and who
has such a file has the program that saves it as .xlsx.
"""

from dataclasses import dataclass
from io import StringIO

from openpyxl.utils.datetime import (
    CALENDAR_MAC_1904,
    CALENDAR_WINDOWS_1900,
    from_excel,
)

from odoo.tools.translate import LazyTranslate

from . import limits, odd
from .problems import SheetError

try:
    import xlrd
except ImportError:  # an Odoo without it can import no .xls either
    xlrd = None

_lt = LazyTranslate(__name__)

LARGEST = 64 << 20  # bytes
PROTECTED = _lt(
    "The workbook is protected by a password. Save it without one (File, "
    "Information, Protect Workbook) and choose it again."
)


@dataclass
class OldSheet:
    """A sheet of an old workbook: its name, and whether it is shown."""

    title: str
    visible: bool


class OldWorkbook:
    """An .xls workbook, with the verbs of ``workbook.Workbook``."""

    def __init__(self, stream):
        if xlrd is None:
            raise SheetError(odd.OLD_EXCEL)
        content = stream.read(LARGEST + 1)
        if len(content) > LARGEST:
            raise SheetError(odd.OLD_EXCEL)
        try:
            self._book = xlrd.open_workbook(
                file_contents=content,
                logfile=StringIO(),
                on_demand=True,
                ragged_rows=True,
            )
        except xlrd.XLRDError as error:
            is_closed = "encrypted" in str(error).lower()
            raise SheetError(PROTECTED if is_closed else odd.OLD_EXCEL) from error
        is_mac = self._book.datemode == 1
        self.epoch = CALENDAR_MAC_1904 if is_mac else CALENDAR_WINDOWS_1900
        self._size = len(content)
        self.sheets = [
            OldSheet(name, self._book._sheet_visibility[at] == 0)
            for at, name in enumerate(self._book.sheet_names())
        ]

    def count_rows(self, title, _most):
        """Return (number of rows, bytes looked at)."""
        return self._book.sheet_by_name(title).nrows, self._size

    def rows(self, title, most=limits.MOST_EXPANDED, error=None):
        """Yield (row number, cells) of a sheet, up to about ``most`` bytes of it."""
        sheet, size = self._book.sheet_by_name(title), 0
        for at in range(sheet.nrows):
            cells = [self._value(cell) for cell in sheet.row(at)]
            size += sum(len(cell) for cell in cells if isinstance(cell, str))
            if size > most:
                raise error or limits.Enough(odd.OLD_EXCEL)
            yield at + 1, limits.clip(cells)

    def _value(self, cell):
        """Return what a cell holds, as cells of new workbooks are read."""
        if cell.ctype in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
            return None
        if cell.ctype == xlrd.XL_CELL_BOOLEAN:
            return bool(cell.value)
        if cell.ctype == xlrd.XL_CELL_ERROR:
            return xlrd.error_text_from_code.get(cell.value, "#VALUE!")
        if cell.ctype == xlrd.XL_CELL_DATE:
            try:
                return from_excel(cell.value, self.epoch)
            except (OverflowError, ValueError):
                return "#VALUE!"
        if cell.ctype == xlrd.XL_CELL_NUMBER and cell.value.is_integer():
            return int(cell.value)
        return cell.value
