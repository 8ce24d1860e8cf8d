"""Reading of csv and xlsx files row by row, whatever their size."""

import codecs
import csv
import gzip
import io
import tempfile
import zlib
from collections import Counter
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from itertools import islice

from odoo.tools.translate import LazyTranslate

from . import limits, markup, workbook
from .limits import BLOCK, MOST_COLUMNS
from .problems import SheetError, ValueProblem
from .values import LONGEST_TEXT, PLAIN_AMOUNT, shortened, to_moment, to_text

_lt = LazyTranslate(__name__)

DELIMITERS = ",;\t|"
MOST_SCANNED = 256 << 20  # bytes, to guess the encoding and the number of rows
LARGEST_WORKBOOK = 256 << 20  # bytes, of one within a gzip
BYTES_OF_A_ROW = 4096  # more than the row of any purchase has
BOMS = [
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
]
OLD_OFFICE = b"\xd0\xcf\x11\xe0"
BROKEN_GZIP = (gzip.BadGzipFile, EOFError, zlib.error)


@dataclass(slots=True)
class Layout:
    """How to read a file: a csv by encoding and delimiter, a workbook by its sheet."""

    kind: str
    encoding: str = "utf-8"
    delimiter: str = ","
    sheet: str = ""
    row_count: int = 0  # an estimate, for the progress


def unpack(stream):
    """Return the binary stream to read: ``stream`` itself or what its gzip holds."""
    if stream.read(2) != b"\x1f\x8b":
        stream.seek(0)
        return stream
    stream.seek(0)
    inner = gzip.GzipFile(fileobj=stream)
    if _head(inner)[:2] != b"PK":
        return io.BufferedReader(limits.Counted(inner), BLOCK)
    spool = tempfile.SpooledTemporaryFile(max_size=16 * BLOCK)
    most = limits.Counted(inner, LARGEST_WORKBOOK)
    while block := most.read(BLOCK):
        spool.write(block)
    spool.seek(0)
    return spool


def _head(stream):
    try:
        head = stream.read(8192)
    except BROKEN_GZIP as error:
        raise SheetError(_broken_gzip()) from error
    stream.seek(0)
    return head


def detect(stream):
    """Return the Layout of an unpacked stream."""
    head = _head(stream)
    if not head.strip():
        raise SheetError(_empty())
    if head[:2] == b"PK":
        return _detect_workbook(stream)
    if head[:4] == OLD_OFFICE:
        raise SheetError(_old_office(stream))
    if b"\0" in head and not head.startswith((BOMS[1][0], BOMS[2][0])):
        raise SheetError(
            _lt("This is neither a csv nor an xlsx file. Save it as one of them.")
        )
    encoding, row_count = _scan(stream)
    text = io.StringIO(head.decode(encoding, errors="replace"), newline="")
    return Layout("csv", encoding, _guess_delimiter(text), "", row_count)


def _empty():
    return _lt("The file is empty. Choose a file that holds purchases.")


def _old_office(stream):
    # The name stands in a directory, which may be at the end.
    wanted, last, found = "EncryptedPackage".encode("utf-16-le"), b"", False
    with suppress(*BROKEN_GZIP):
        for _block in range(MOST_SCANNED // BLOCK):
            block = last + stream.read(BLOCK)
            found = found or wanted in block
            last = block[-len(wanted) :]
    if found:
        return _lt(
            "The workbook is protected by a password. Save it without one (File, "
            "Information, Protect Workbook) and choose it again."
        )
    return _lt(
        "This is an old Excel file (.xls). Save it as .xlsx and choose it again."
    )


def _broken_gzip():
    return _lt(
        "The compressed file is damaged or cut off. Pack it or transfer it again."
    )


def _scan(stream):
    """Return (encoding, number of lines) after one pass over all that is not huge."""
    strict = codecs.getincrementaldecoder("utf-8")()
    encoding = next((name for bom, name in BOMS if _head(stream).startswith(bom)), None)
    is_utf8, lines, last, sample, size = True, 0, b"", b"", 0
    try:
        while size < MOST_SCANNED and (block := stream.read(BLOCK)):
            size += len(block)
            lines, last = lines + block.count(b"\n"), block[-1:]
            if is_utf8 and not encoding:
                try:
                    strict.decode(block)
                except UnicodeDecodeError:
                    is_utf8 = False
            if not is_utf8 and len(sample) < BLOCK:
                foreign = (line for line in block.split(b"\n") if not line.isascii())
                sample += b"\n".join(foreign)
        if is_utf8 and not encoding:
            strict.decode(b"", final=size < MOST_SCANNED)
    except UnicodeDecodeError:
        is_utf8 = False
    except BROKEN_GZIP as error:
        raise SheetError(_broken_gzip()) from error
    stream.seek(0)
    if not encoding:
        encoding = "utf-8" if is_utf8 else _guess_legacy(sample[:BLOCK])
    return encoding, _as_rows(lines + (last != b"\n"), size)


def _guess_legacy(sample):
    """Return "gb18030" for Chinese text, else "latin-1".

    Accented Latin letters also decode as GB 18030, but to rare characters: real
    Chinese stays almost wholly within the 6,763 common ones of GB 2312.
    """
    decoded = sample.decode("gb18030", errors="replace")
    foreign = [character for character in decoded if character > "\x7f"]
    common = sum(_is_gb2312(character) for character in foreign)
    return "gb18030" if common > 0.8 * len(foreign) else "latin-1"


def _is_gb2312(character):
    try:
        return len(character.encode("gb2312")) == 2
    except UnicodeEncodeError:
        return False


def _guess_delimiter(text):
    lines = [line for line in text.read().splitlines()[:20] if line.strip()]
    if len(lines) > 2:
        lines = lines[:-1]  # the last one may be cut off

    def agreement(delimiter):
        rows = list(csv.reader(lines[:1], delimiter=delimiter))
        widths = Counter(len(row) for row in csv.reader(lines, delimiter=delimiter))
        return (len(rows[0]) > 1) * widths[len(rows[0])], len(rows[0])

    return max(DELIMITERS, key=agreement)


def _detect_workbook(stream):
    with _workbook(stream) as book:
        sheet = next((sheet for sheet in book.sheets if sheet.visible), None)
        if sheet is None:
            raise SheetError(_lt("The workbook has no visible sheet."))
        rows, size = book.count_rows(sheet.title, MOST_SCANNED)
        return Layout("xlsx", "", "", sheet.title, _as_rows(rows, size))


def count_rows(stream, layout):
    """Return about how many rows the chosen sheet of a workbook has."""
    with _workbook(stream) as book:
        return _as_rows(*book.count_rows(layout.sheet, MOST_SCANNED))


@contextmanager
def _workbook(stream):
    """Yield the workbook of a stream; what is wrong with it is a ``SheetError``."""
    stream.seek(0)
    try:
        yield workbook.Workbook(stream)
    except SheetError:
        raise
    except Exception as error:  # parsers raise whatever they stumble over
        raise SheetError(markup.broken()) from error


def _as_rows(rows, size):
    """Return the number of rows for the work they make: a long one counts for more."""
    return max(rows, size // BYTES_OF_A_ROW)


def read_table(stream, layout, most=None):
    """Return (header, rows) of a stream.

    :param int most: bytes after which the rows end with ``limits.Enough``
    :return: the names of the columns, and an iterator over (row number as the
        spreadsheet shows it, cells); blank rows are left out
    """
    read = _read_workbook if layout.kind == "xlsx" else _read_csv
    rows = ((n, row) for n, row in read(stream, layout, most) if any(map(to_text, row)))
    _number, header = next(rows, (0, None))
    if header is None:
        raise SheetError(_empty())
    return _check_header(header), rows


def read_head(stream, layout, count):
    """Return (header, the first rows as a list), fewer where they are long.

    Only so much of the file is read as can be read while somebody waits.
    """
    rows = []
    header, found = read_table(stream, layout, limits.MOST_BYTES_OF_A_HEAD)
    with suppress(limits.Enough):
        for number, row in islice(found, count):
            rows.append((number, [_shortened(cell) for cell in row]))
    return header, rows


def _shortened(cell):
    """Return a cell of a size that can be shown; what is too long stays too long."""
    return cell[: LONGEST_TEXT + 1] if isinstance(cell, str) else cell


def _read_csv(stream, layout, most):
    stream.seek(0)
    source = stream
    if most:
        source = limits.Counted(stream, most, limits.Enough(_empty()))
    try:
        text = io.TextIOWrapper(source, encoding=layout.encoding, newline="")
    except LookupError as error:
        raise SheetError(
            _lt("The encoding “%(name)s” is not known.", name=layout.encoding)
        ) from error
    number = 0
    try:
        lines = Lines(text)
        for number, row in enumerate(
            csv.reader(lines, delimiter=layout.delimiter, strict=True), start=1
        ):
            lines.held = 0
            if number > limits.MOST_ROWS:
                raise SheetError(limits.too_many_rows())
            yield number, limits.clip(row)
    except LongRow as error:
        raise SheetError(limits.long_row(number + 1)) from error
    except csv.Error as error:
        raise SheetError(
            _lt(
                "Row %(row)s or the one after it cannot be read: a quotation mark is "
                "probably not closed. Correct the row and choose the file again.",
                row=number + 1,
            )
        ) from error
    except UnicodeError as error:
        raise SheetError(
            _lt(
                "The text near row %(row)s is not in the encoding %(name)s. Choose "
                "another encoding.",
                row=number + 1,
                name=layout.encoding,
            )
        ) from error
    except BROKEN_GZIP as error:
        raise SheetError(_broken_gzip()) from error
    finally:
        if not stream.closed:
            text.detach()  # the stream is not ours to close


class LongRow(Exception):
    """A row is longer than any may be."""


class Lines:
    """The lines of a text, of which never more than one row is held.

    A row can have many lines: whoever has read one sets ``held`` to zero.
    """

    def __init__(self, text):
        self.held = 0
        self._read = text.readline

    def __iter__(self):
        return self

    def __next__(self):
        line = self._read(limits.LONGEST_ROW)
        self.held += len(line)
        if self.held >= limits.LONGEST_ROW:
            raise LongRow
        if not line:
            raise StopIteration
        return line


def _read_workbook(stream, layout, most):
    error = limits.Enough(_empty()) if most else None
    with _workbook(stream) as book:
        names = [sheet.title for sheet in book.sheets]
        if layout.sheet not in names:
            raise SheetError(
                _lt(
                    "The workbook has no sheet “%(sheet)s”. It has: %(sheets)s.",
                    sheet=layout.sheet,
                    sheets=", ".join(names),
                )
            )
        yield from book.rows(layout.sheet, most or limits.MOST_EXPANDED, error)


def _check_header(header):
    names = [to_text(cell) for cell in header]
    while not names[-1]:
        names.pop()
    if len(names) > MOST_COLUMNS:
        raise SheetError(
            _lt(
                "The file has more than %(count)s columns. Keep the ones of the "
                "purchases, or choose another delimiter.",
                count=MOST_COLUMNS,
            )
        )
    if any(len(name) > LONGEST_TEXT for name in names):
        raise SheetError(limits.long_cell(1, LONGEST_TEXT))
    if found := next((cell for cell in header if _is_date(cell)), None):
        raise SheetError(_data_as_header(to_text(found)))
    if all(PLAIN_AMOUNT.fullmatch(name) for name in names):
        raise SheetError(_data_as_header(names[0]))
    repeated = [
        name for name, count in Counter(filter(None, names)).items() if count > 1
    ]
    if repeated:
        raise SheetError(
            _lt(
                "Two columns have the name “%(name)s”. Rename one of them in the file.",
                name=repeated[0],
            )
        )
    return names


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
