"""Reading of csv, xlsx, xls and ods files row by row, whatever their size."""

import codecs
import csv
import gzip
import io
import tempfile
import zlib
from collections import Counter
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import islice

from odoo.tools.translate import LazyTranslate

from . import (
    charsets,
    headrows,
    limits,
    markup,
    odd,
    workbook,
    workbook_old,
    workbook_open,
)
from .limits import BLOCK
from .problems import SheetError
from .values import LONGEST_TEXT, is_filled

_lt = LazyTranslate(__name__)

DELIMITERS = ",;\t|"
MOST_SCANNED = LARGEST_WORKBOOK = 256 << 20  # bytes read to guess, or out of a gzip
BYTES_OF_A_ROW = 4096  # more than the row of any purchase has
BOMS = [
    (codecs.BOM_UTF8, "utf-8-sig"),
    *((bom, "utf-32") for bom in (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)),
    *((bom, "utf-16") for bom in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)),
]
OLD_OFFICE = b"\xd0\xcf\x11\xe0"
BROKEN_GZIP = gzip.BadGzipFile, EOFError, zlib.error


@dataclass(slots=True)
class Layout:
    """How to read a file: a csv by encoding and delimiter, a workbook by its sheet.

    ``header_row`` is the number of the row of names as a spreadsheet shows it; 0 is
    the first that is not blank. ``candidates`` are the encodings that are as likely.
    """

    kind: str
    encoding: str = "utf-8"
    delimiter: str = ","
    sheet: str = ""
    row_count: int = 0  # an estimate, for the progress
    header_row: int = 0
    candidates: tuple = ()

    @property
    def encoding_doubtful(self):
        """Whether another encoding is as likely, and says something else."""
        return len(self.candidates) > 1


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


def detect(stream, languages=()):
    """Return the Layout of an unpacked stream.

    :param languages: codes of languages that its texts are expected in
    """
    head = _head(stream)
    bom = next((bom for bom, _name in BOMS if head.startswith(bom)), b"")
    if not head.removeprefix(bom).strip(b" \t\r\n\0"):
        raise SheetError(_empty())
    odd.refuse(head)
    if head[:2] == b"PK":
        odd.refuse_archive(stream)
        layout = _detect_workbook(stream)
    elif head[:4] == OLD_OFFICE:
        _refuse_protected(stream)
        layout = _detect_workbook(stream)
    else:
        layout = _detect_text(stream, head, languages)
    layout.header_row = guess_header_row(stream, layout)
    return layout


def _detect_text(stream, head, languages):
    encoding = next((name for bom, name in BOMS if head.startswith(bom)), None)
    if b"\0" in head and not encoding:
        encoding = _wide(head)
        if not encoding:
            raise SheetError(odd.OTHERS)
    guess, row_count = _scan(stream, encoding, languages)
    text = head.decode(guess.encoding, errors="replace")
    odd.refuse_text(text)
    delimiter = _guess_delimiter(io.StringIO(text, newline=""))
    return Layout("csv", guess.encoding, delimiter, "", row_count, 0, guess.candidates)


def _wide(head):
    """Return which UTF-16 without a mark a text is in, None for what is no text.

    Every second byte of its commas, figures and ends of lines is zero.
    """
    zeros = head[::2].count(0), head[1::2].count(0)
    encoding = "utf-16-le" if zeros[0] < zeros[1] else "utf-16-be"
    text = head[: len(head) // 2 * 2].decode(encoding, errors="replace")
    strange = sum(not c.isprintable() and c not in "\r\n\t" for c in text)
    return encoding if min(zeros) == 0 and strange <= len(text) // 100 else None


def guess_header_row(stream, layout):
    """Return the number of the row that holds the names, 0 if it cannot be told."""
    rows = []
    with suppress(SheetError):
        for row in islice(_filled(stream, layout, limits.MOST_BYTES_OF_A_HEAD), 40):
            rows.append(row)
    stream.seek(0)
    return headrows.guess(rows)


def _empty():
    return _lt("The file is empty. Choose a file that holds purchases.")


def _refuse_protected(stream):
    """Raise that a workbook is protected, whether it is an old or a new one."""
    # The name stands in a directory, which may be at the end.
    wanted, last, found = "EncryptedPackage".encode("utf-16-le"), b"", False
    with suppress(*BROKEN_GZIP):
        for _block in range(MOST_SCANNED // BLOCK):
            block = last + stream.read(BLOCK)
            found = found or wanted in block
            last = block[-len(wanted) :]
    if found:
        raise SheetError(workbook_old.PROTECTED)


def _broken_gzip():
    return _lt(
        "The compressed file is damaged or cut off. Pack it or transfer it again."
    )


def _scan(stream, encoding, languages):
    """Return (Guess of the encoding, about how many lines) after one pass.

    :param str encoding: the one that is known already
    """
    strict = codecs.getincrementaldecoder("utf-8")()
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
                foreign = (line for line in block.splitlines() if not line.isascii())
                sample += b"\n".join(foreign) + b"\n"
    except BROKEN_GZIP as error:
        raise SheetError(_broken_gzip()) from error
    stream.seek(0)
    if encoding or is_utf8 or _is_damaged_utf8(sample):
        guess = charsets.Guess(encoding or "utf-8")
    else:
        guess = charsets.guess(sample[:BLOCK], languages)
    return guess, _as_rows(lines + (last != b"\n"), size)


def _is_damaged_utf8(sample):
    """Return whether most lines are UTF-8, so that the others are damaged."""
    lines, fine = sample.splitlines(), 0
    for line in lines:
        with suppress(UnicodeDecodeError):
            line.decode()
            fine += 1
    return fine * 2 > len(lines)


def _guess_delimiter(text):
    lines = [line for line in text.read().splitlines()[:40] if line.strip()]
    if lines and (named := _named_delimiter(lines[0])):
        return named
    if len(lines) > 2:
        lines = lines[:-1]  # the last one may be cut off

    def agreement(delimiter):
        widths = Counter(len(row) for row in csv.reader(lines, delimiter=delimiter))
        widths.pop(1, None)  # titles above the table have one cell
        width, count = max(widths.items(), key=lambda item: item[::-1], default=(0, 0))
        return count, width

    return max(DELIMITERS, key=agreement)


def _named_delimiter(line):
    """Return the delimiter that the first line of Excel names ("sep=;"), or ""."""
    line = line.lstrip("\ufeff").rstrip("\r\n").strip('"')
    return line[4] if len(line) == 5 and line[:4].lower() == "sep=" else ""


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
    kind = workbook.Workbook
    if stream.read(4) == OLD_OFFICE:
        kind = workbook_old.OldWorkbook
    elif odd.is_open_sheet(stream):
        kind = workbook_open.OpenWorkbook
    stream.seek(0)
    try:
        yield kind(stream)
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
    rows, above = _filled(stream, layout, most), None
    for number, row in rows:
        if number >= layout.header_row:
            return headrows.names(row, number, above), rows
        above = row
    if above is None:
        raise SheetError(_empty())
    raise SheetError(
        _lt("The file has no row %(row)s with names.", row=layout.header_row)
    )


def _filled(stream, layout, most):
    """Yield the rows that are not blank, with their numbers."""
    read = _read_workbook if layout.kind == "xlsx" else _read_csv
    return ((n, row) for n, row in read(stream, layout, most) if is_filled(row))


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
            yield number, row if len(row) <= limits.MOST_COLUMNS else limits.clip(row)
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
        where = {"row": number + 1, "name": layout.encoding}
        said = _lt(
            "The text near row %(row)s is not in the encoding %(name)s. Choose "
            "another encoding.",
            **where,
        )
        raise SheetError(said) from error
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
        first = self._read(limits.LONGEST_ROW)
        self._first = "" if _named_delimiter(first) else first

    def __iter__(self):
        return self

    def __next__(self):
        line, self._first = self._first or self._read(limits.LONGEST_ROW), ""
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
            said = _lt(
                "The workbook has no sheet “%(sheet)s”. It has: %(sheets)s.",
                sheet=layout.sheet,
                sheets=", ".join(names),
            )
            raise SheetError(said)
        yield from book.rows(layout.sheet, most or limits.MOST_EXPANDED, error)
