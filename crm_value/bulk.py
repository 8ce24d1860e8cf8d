"""Columns in and out of PostgreSQL by binary COPY.

Millions of figures pass between the database and numpy without a Python object each:
with fixed-width columns and no NULL, PostgreSQL's binary rows *are* a numpy structured
array. Unknown travels as NaN, and as -infinity for a date.
"""

import io

import numpy as np

from odoo.tools import SQL

HEADER = b"PGCOPY\n\xff\r\n\0" + b"\0" * 8
TRAILER = b"\xff\xff"
WIDTHS = {"int4": ">i4", "float8": ">f8", "date": ">i4"}
NATIVE = {"int4": np.int32, "float8": np.float64, "date": np.int32}
NO_DATE = np.iinfo(np.int32).min


def _row_dtype(columns):
    """Return the dtype of one binary COPY row; columns: name → PostgreSQL type."""
    parts = [("_fields", ">i2")]
    for name, kind in columns.items():
        parts += [(f"_width_{name}", ">i4"), (name, WIDTHS[kind])]
    return np.dtype(parts)


def read(cr, query, columns):
    """Run ``query`` and return its columns as arrays.

    :param SQL query: selects exactly ``columns`` in order, none of them NULL
    :param dict columns: name → "int4", "float8" or "date" (days since 2000-01-01)
    :return: dict of native arrays
    """
    casts = SQL(", ").join(
        SQL("%s::%s", SQL.identifier(name), SQL(kind)) for name, kind in columns.items()
    )
    copy = SQL(
        "COPY (SELECT %s FROM (%s) AS source) TO STDOUT (FORMAT binary)", casts, query
    )
    buffer = io.BytesIO()
    cr.copy_expert(cr.mogrify(copy).decode(), buffer)
    body = buffer.getbuffer()[len(HEADER) : -len(TRAILER)]
    rows = np.frombuffer(body, _row_dtype(columns))
    return {name: rows[name].astype(NATIVE[kind]) for name, kind in columns.items()}


def known_days(days):
    """Return days read as floats, NaN where PostgreSQL said -infinity.

    >>> known_days(np.array([5, NO_DATE], np.int32)).tolist()
    [5.0, nan]
    """
    return np.where(days == NO_DATE, np.nan, days)


def write(cr, table, arrays, columns):
    """Append ``arrays`` to ``table``.

    :param str table: name of an existing table
    :param dict arrays: name → array of equal length
    :param dict columns: name → type of the table's column
    """
    rows = np.zeros(len(next(iter(arrays.values()))), _row_dtype(columns))
    rows["_fields"] = len(columns)
    for name, kind in columns.items():
        rows[f"_width_{name}"] = np.dtype(WIDTHS[kind]).itemsize
        rows[name] = _days(arrays[name]) if kind == "date" else arrays[name]
    names = SQL(", ").join(SQL.identifier(name) for name in columns)
    copy = SQL("COPY %s (%s) FROM STDIN (FORMAT binary)", SQL.identifier(table), names)
    content = io.BytesIO(HEADER + rows.tobytes() + TRAILER)
    cr.copy_expert(cr.mogrify(copy).decode(), content)


def stage(cr, table, arrays, columns):
    """Copy ``arrays`` into a temporary table of the transaction, made anew.

    :param str table: its name
    :param dict arrays: name → array of equal length
    :param dict columns: name → type of the table's column
    """
    definitions = SQL(", ").join(
        SQL("%s %s NOT NULL", SQL.identifier(name), SQL(kind))
        for name, kind in columns.items()
    )
    name = SQL.identifier(table)
    cr.execute(SQL("DROP TABLE IF EXISTS %s", name))
    cr.execute(SQL("CREATE TEMP TABLE %s (%s) ON COMMIT DROP", name, definitions))
    write(cr, table, arrays, columns)


def _days(days):
    """Return float days as int32, unknown as PostgreSQL's -infinity."""
    unknown = np.isnan(days)
    return np.where(unknown, NO_DATE, np.where(unknown, 0, days)).astype(np.int32)
