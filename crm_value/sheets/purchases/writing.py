"""Files to download: the template, and the rows that could not be imported."""

import csv
import io
from contextlib import suppress
from datetime import date

import xlsxwriter

from .problems import ValueProblem
from .values import to_amount

# What spreadsheet programs take for the beginning of a formula, wide signs as well.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def write_template(columns, example, explanation, titles):
    """Return an xlsx to fill in.

    :param list columns: names of the columns
    :param list example: one row of values; dates become real dates
    :param list explanation: rows of the second sheet, the first one its header
    :param tuple titles: names of the two sheets
    """
    output = io.BytesIO()
    with xlsxwriter.Workbook(output, _options()) as workbook:
        bold = workbook.add_format({"bold": True, "bottom": 1})
        day = workbook.add_format({"num_format": "yyyy-mm-dd"})
        wrapped = workbook.add_format({"text_wrap": True, "valign": "top"})
        sheet = workbook.add_worksheet(titles[0])
        sheet.write_row(0, 0, columns, bold)
        for position, value in enumerate(example):
            is_date = isinstance(value, date)
            sheet.write(1, position, value, day if is_date else None)
            sheet.set_column(position, position, 18, day if is_date else None)
        sheet.freeze_panes(1, 0)
        help_sheet = workbook.add_worksheet(titles[1])
        help_sheet.set_column(0, 0, 24, wrapped)
        help_sheet.set_column(1, 1, 80, wrapped)
        for number, row in enumerate(explanation):
            help_sheet.write_row(number, 0, row, None if number else bold)
    return output.getvalue()


def write_rows(kind, header, rows):
    """Return a file of ``rows``, in the kind the purchases came in.

    :param str kind: "csv" or "xlsx"
    :param rows: iterable of lists; only one row at a time is kept
    """
    return _write_workbook(header, rows) if kind == "xlsx" else _write_csv(header, rows)


def _write_csv(header, rows):
    output = io.BytesIO()
    text = io.TextIOWrapper(output, encoding="utf-8-sig", errors="replace", newline="")
    writer = csv.writer(text)
    writer.writerow([harmless(name) for name in header])
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    text.flush()
    return output.getvalue()


def harmless(cell):
    """Return a cell that no spreadsheet program runs; numbers and dashes stay.

    >>> [harmless(cell) for cell in ("=1+1", "-12.50", "-1.234,50", "+x", "-", -3)]
    ["'=1+1", '-12.50', '-1.234,50', "'+x", '-', -3]
    """
    if not isinstance(cell, str) or not cell.startswith(FORMULA) or cell == "-":
        return cell
    return cell if _is_number(cell) else f"'{cell}"


def as_it_was(text):
    """Return the text of a cell that ``harmless`` wrote.

    >>> as_it_was("'=1+1"), as_it_was("'s Hertogenbosch")
    ('=1+1', "'s Hertogenbosch")
    """
    risky = text.startswith("'") and text[1:].startswith((" ", *FORMULA))
    return text[1:].strip() if risky else text


def _is_number(text):
    if text[0] in "\t\r\n=＝":
        return False
    with suppress(ValueProblem):
        to_amount(text)
        return True
    return False


def _write_workbook(header, rows):
    output = io.BytesIO()
    options = {"constant_memory": True, "default_date_format": "yyyy-mm-dd hh:mm"}
    with xlsxwriter.Workbook(output, _options() | options) as workbook:
        sheet = workbook.add_worksheet()
        sheet.write_row(0, 0, header)
        for number, row in enumerate(rows, start=1):
            sheet.write_row(number, 0, row)
    return output.getvalue()


def _options():
    return {"strings_to_formulas": False, "strings_to_urls": False}
