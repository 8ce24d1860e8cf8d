"""The sheets of a valuation without assumptions: what moved, and who it is."""

from .crm_value_equity_statement import AMOUNTS


def movements(sheet, book):
    """Write the statement, a month in a row, each with its sum checked by a formula."""
    env, formats = book.env, book.formats
    fields = env["crm.value.equity"]._fields
    header = [env._("Month end")]
    header += [fields[name]._description_string(env) for name in AMOUNTS]
    header.append(env._("Check: must be 0"))
    sheet.write_row(0, 0, header, formats["head"])
    sheet.set_column(0, len(header) - 1, 16)
    sheet.freeze_panes(1, 1)
    for row, month in enumerate(book.months, start=1):
        sheet.write(row, 0, month["date"], formats["date"])
        for column, name in enumerate(AMOUNTS, start=1):
            sheet.write(row, column, month[name], formats["money"])
        line = row + 1
        formula = f"=ROUND(B{line}+C{line}+D{line}-E{line}-F{line}-G{line},2)"
        sheet.write_formula(row, len(header) - 1, formula, formats["money"], 0)


def customers(sheet, book):
    """Write the stored figures of the customers, the most valuable first."""
    header, kinds, rows = book.customers
    sheet.write_row(0, 0, header, book.formats["head"])
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, len(header) - 1, 14)
    sheet.freeze_panes(1, 1)
    for number, values in enumerate(rows, start=1):
        for column, (kind, value) in enumerate(zip(kinds, values, strict=True)):
            if value is not False and value is not None:
                sheet.write(number, column, value, book.formats[kind])
    sheet.autofilter(0, 0, max(len(rows), 1), len(header) - 1)
