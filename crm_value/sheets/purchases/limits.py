"""What a file may hold, so that no file can exhaust the server.

A file of a kilobyte can expand to gigabytes. What it says of its own size is not
believed: all that comes out of it is counted before it is held.
"""

import io

from odoo.tools.translate import LazyTranslate

from .problems import SheetError

_lt = LazyTranslate(__name__)

BLOCK = 1 << 20
MOST_COLUMNS = 300
MOST_ROWS = 5_000_000
MOST_ROWS_OF_A_SHEET = 1_048_576  # as many as spreadsheet programs allow
MOST_CELLS_OF_A_ROW = 16_384  # likewise
LONGEST_CELL = 32_767  # likewise
LONGEST_ROW = 1 << 20  # characters
MOST_EXPANDED = 2 << 30  # bytes
MOST_BYTES_OF_A_HEAD = 16 << 20  # read to show how a file is understood
MOST_REPORTED = 64 << 20  # characters of rows with errors


class Enough(SheetError):
    """Only a part of the file was to be read, and this part is over."""


class Counted(io.RawIOBase):
    """A binary stream that ends with an error once too much came out of it."""

    def __init__(self, stream, most=MOST_EXPANDED, error=None):
        super().__init__()
        self._stream = stream
        self._most = most
        self._error = error or SheetError(too_large(most))
        self._count = 0

    def readable(self):
        return True

    def seekable(self):
        return True

    def seek(self, offset, whence=io.SEEK_SET):
        """Go somewhere; what is read from there on is counted anew."""
        self._count = 0
        return self._stream.seek(offset, whence)

    def tell(self):
        return self._stream.tell()

    def readinto(self, buffer):
        block = self._stream.read(len(buffer))
        self._count += len(block)
        if self._count > self._most:
            raise self._error
        buffer[: len(block)] = block
        return len(block)


def clip(cells):
    """Return the cells of a row without those too far out, but for one text of them.

    The one left stands for the others: the row is wider than any header may be.
    """
    if len(cells) <= MOST_COLUMNS:
        return cells
    beyond = next(filter(None, cells[MOST_COLUMNS:]), None)
    return [*cells[:MOST_COLUMNS], beyond]


def too_large(most):
    """Return what to do about a file that expands too far."""
    return _lt(
        "The file expands to more than %(size)s MB. Split it and import its parts one "
        "after the other.",
        size=most >> 20,
    )


def too_many_rows():
    """Return what to do about a file of too many rows."""
    return _lt(
        "The file has more than %(count)s rows. Split it and import its parts one "
        "after the other.",
        count=MOST_ROWS,
    )


def long_row(number):
    """Return what to do about a row that nobody can have meant."""
    return _lt(
        "Row %(row)s is longer than %(count)s characters. Shorten it, or choose "
        "another delimiter or encoding.",
        row=number,
        count=LONGEST_ROW,
    )


def long_cell(number, most=LONGEST_CELL):
    """Return what to do about a cell that nobody can have meant."""
    return _lt(
        "A cell in row %(row)s holds more than %(count)s characters. Shorten it and "
        "choose the file again.",
        row=number,
        count=most,
    )


def beyond_the_sheet(number):
    """Return what to do about a row number that no spreadsheet program writes."""
    return _lt(
        "The sheet has a row numbered %(row)s, which is beyond the end of any sheet. "
        "Copy the purchases to a new workbook and choose that one.",
        row=number,
    )
