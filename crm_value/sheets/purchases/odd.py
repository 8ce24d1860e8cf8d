"""Files that are no sheets, whatever their names say: a sentence for each kind."""

import re
import zipfile
from contextlib import suppress

from odoo.tools.translate import LazyTranslate

from .problems import SheetError
from .workbook import Source

_lt = LazyTranslate(__name__)

OTHERS = _lt("This is neither a csv nor an xlsx file. Save it as one of them.")
PDF = _lt(
    "This is a PDF, not a sheet. Export the purchases as csv or xlsx from the program "
    "that made it."
)
PICTURE = _lt(
    "This is a picture. Export the purchases as csv or xlsx from the program that "
    "shows them."
)
PACKED = _lt(
    "This is a compressed archive. Unpack it and choose the csv or xlsx file in it."
)
WEB_PAGE = _lt(
    "This is a web page (HTML), even if its name ends in .xls. Open it in a "
    "spreadsheet program and save it as .xlsx."
)
XML_SHEET = _lt(
    "This is an XML spreadsheet of Excel 2003. Open it in a spreadsheet program and "
    "save it as .xlsx."
)
XML = _lt("This is an XML file, not a sheet. Export the purchases as csv or xlsx.")
JSON = _lt("This is a JSON file, not a sheet. Export the purchases as csv or xlsx.")
RICH_TEXT = _lt(
    "This is a text document (RTF), not a sheet. Copy the table into a spreadsheet and "
    "save it as .xlsx."
)
OLD_EXCEL = _lt(
    "This is an old Excel file (.xls). Save it as .xlsx and choose it again."
)
BINARY_EXCEL = _lt(
    "This is a binary Excel file (.xlsb). Save it as .xlsx and choose it again."
)
# It stands at the beginning of the archive, as the standard says.
OPEN_SHEET = b"application/vnd.oasis.opendocument.spreadsheet"
NUMBERS = _lt("This is a sheet of Numbers. Export it as Excel (.xlsx) or csv.")
OFFICE = _lt(
    "This is an office document, but no sheet. Copy the table into a spreadsheet and "
    "save it as .xlsx."
)
STARTS = {
    b"%PDF": PDF,
    b"\x89PNG": PICTURE,
    b"\xff\xd8\xff": PICTURE,
    b"GIF8": PICTURE,
    b"7z\xbc\xaf\x27\x1c": PACKED,
    b"Rar!": PACKED,
    b"BZh91AY": PACKED,
    b"\xfd7zXZ": PACKED,
    b"\x28\xb5\x2f\xfd": PACKED,
    b"\x1f\x9d": PACKED,
    b"{\\rtf": RICH_TEXT,
    b"\x09\x08\x10\x00": OLD_EXCEL,
    b"\x09\x04\x06\x00": OLD_EXCEL,
    b"\x09\x02\x06\x00": OLD_EXCEL,
    b"\x09\x00\x04\x00": OLD_EXCEL,
}
HTML = re.compile(r"<(!doctype\s+html|html|head|meta|body|table|style|div)\b", re.I)
JSON_START = re.compile(r"\[?\s*\{\s*(\"[^\"]*\"\s*:|\})|\[\s*\[|\[\s*\]\s*$")


def refuse(head):
    """Raise what a file is that begins like no sheet.

    :param bytes head: its first bytes
    """
    for start, sentence in STARTS.items():
        if head.startswith(start):
            raise SheetError(sentence)


def refuse_text(text):
    """Raise what a text is that is no table; ``text`` is its beginning."""
    text = text.lstrip("\ufeff \t\r\n")
    if HTML.search(text[:1000]) and text.startswith("<"):
        raise SheetError(WEB_PAGE)
    is_element = re.match(r"<[\w:]+[\s>]", text) and "</" in text
    if text.startswith("<?xml") or is_element:
        is_sheet = "schemas-microsoft-com:office:spreadsheet" in text
        raise SheetError(XML_SHEET if is_sheet else XML)
    if JSON_START.match(text):
        raise SheetError(JSON)


def is_open_sheet(stream):
    """Return whether an archive is an OpenDocument sheet; rewinds the stream."""
    stream.seek(0)
    return OPEN_SHEET in stream.read(len(OPEN_SHEET) + 100)


def refuse_archive(stream):
    """Raise what a zip archive is that holds no xlsx workbook; rewinds the stream."""
    names, kind = set(), b""
    with suppress(zipfile.BadZipFile, OSError, KeyError, NotImplementedError):
        archive = zipfile.ZipFile(Source(stream))
        names = set(archive.namelist()[:10_000])
        if "mimetype" in names:
            kind = archive.open("mimetype").read(100)
    stream.seek(0)
    if "xl/workbook.bin" in names:
        raise SheetError(BINARY_EXCEL)
    if OPEN_SHEET in kind:
        return
    if "Index/Document.iwa" in names or "Index.zip" in names:
        raise SheetError(NUMBERS)
    if b"opendocument" in kind or {"word/document.xml", "ppt/presentation.xml"} & names:
        raise SheetError(OFFICE)
    if names and not any(name.startswith(("[Content_Types]", "xl/")) for name in names):
        raise SheetError(PACKED)
