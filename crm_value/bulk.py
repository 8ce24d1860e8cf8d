"""Columns in and out of PostgreSQL by binary COPY.

Millions of figures pass between the database and numpy without a Python object each:
with fixed-width columns and no NULL, PostgreSQL's binary rows *are* a numpy structured
array. Unknown travels as NaN, and as -infinity for a date. Both ways go in pieces of
a megabyte: no table is held as rows and as columns at once.
"""

import io
from types import SimpleNamespace

import numpy as np

from odoo.tools import SQL

from .analytics.statistics.meanwhile import meanwhile

HEADER = b"PGCOPY\n\xff\r\n\0" + b"\0" * 8
TRAILER = b"\xff\xff"
WIDTHS = {"int4": ">i4", "float8": ">f8", "date": ">i4"}
NATIVE = {"int4": np.int32, "float8": np.float64, "date": np.int32}
PIECE = 1 << 20  # bytes
NO_DATE = np.iinfo(np.int32).min


def _row_dtype(fields, columns):
    """Return the dtype of one binary COPY row.

    :param fields: names of the columns that travel in each field
    :param columns: name → PostgreSQL type
    """
    parts = [("_fields", ">i2")]
    for names in fields:
        parts.append((f"_width_{names[0]}", ">i4"))
        parts += [(name, WIDTHS[columns[name]]) for name in names]
    return np.dtype(parts)


def _paired(columns):
    """Return the fields that columns are read in: two integers share one.

    A field costs PostgreSQL as much as what is in it.

    >>> _paired({"a": "int4", "b": "date", "c": "int4", "d": "int4"})
    [('a', 'c'), ('b',), ('d',)]
    """
    whole = [name for name, kind in columns.items() if kind == "int4"]
    partners = dict(zip(whole[::2], whole[1::2], strict=False))
    seconds = set(partners.values())
    return [
        (name, partners[name]) if name in partners else (name,)
        for name in columns
        if name not in seconds
    ]


def _field(names, columns):
    """Return the SQL of a field."""
    casts = [SQL("%s::%s", SQL.identifier(name), SQL(columns[name])) for name in names]
    if len(casts) == 1:
        return casts[0]
    return SQL("(%s::int8 << 32) | (%s::int8 & 4294967295)", *casts)


class _Rows(io.RawIOBase):
    """What PostgreSQL sends, turned into columns piece by piece.

    Only one piece of the rows is held besides the columns.
    """

    def __init__(self, columns, tables):
        super().__init__()
        self.columns = columns
        self.dtype = _row_dtype(_paired(columns), columns)
        self.tables = [({name: [] for name in names}, of) for names, of in tables]
        self.rest = b""
        self.start = len(HEADER)

    def writable(self):
        return True

    def write(self, data):  # pylint: disable=method-required-super
        size = len(data)
        content = self.rest + bytes(data)
        if len(content) < self.start:
            self.rest = content
            return size
        count = (len(content) - self.start) // self.dtype.itemsize
        rows = np.frombuffer(content, self.dtype, count, self.start)
        for parts, of in self.tables:
            some = rows if of is None else rows[of(rows)]
            for name, part in parts.items():
                part.append(some[name].astype(NATIVE[self.columns[name]]))
        self.rest = content[self.start + rows.nbytes :]
        self.start = 0
        return size

    def taken(self):
        """Return the columns of each table, and hold them no longer."""
        return [
            {name: np.concatenate(parts.pop(name)) for name in list(parts)}
            for parts, _of in self.tables
        ]


def read(cr, query, columns):
    """Run ``query`` and return its columns as arrays.

    :param SQL query: selects exactly ``columns`` in order, none of them NULL
    :param dict columns: name → "int4", "float8" or "date" (days since 2000-01-01)
    :return: dict of native arrays
    """
    return read_apart(cr, query, columns, [(columns, None)])[0]


def read_apart(cr, query, columns, tables):
    """Run ``query``, whose rows are of several kinds; return the columns of each.

    :param tables: (names of columns, function of some rows that marks those of a kind,
        None: all of them)
    :return: list of dicts of native arrays
    """
    fields = SQL(", ").join(_field(names, columns) for names in _paired(columns))
    copy = SQL(
        "COPY (SELECT %s FROM (%s) AS source) TO STDOUT (FORMAT binary)", fields, query
    )
    rows = _Rows(columns, tables)
    with io.BufferedWriter(rows, PIECE) as buffer:
        cr.copy_expert(cr.mogrify(copy).decode(), buffer)
        buffer.flush()
        return rows.taken()


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
    names = SQL(", ").join(SQL.identifier(name) for name in columns)
    copy = SQL("COPY %s (%s) FROM STDIN (FORMAT binary)", SQL.identifier(table), names)
    pieces = _ahead(_pieces(arrays, columns))
    cr.copy_expert(
        cr.mogrify(copy).decode(),
        SimpleNamespace(read=lambda _size: next(pieces, b"")),
        max(PIECE, _alone(columns).itemsize),
    )


def _alone(columns):
    """Return the dtype of a row to be written: each column is a field."""
    return _row_dtype([(name,) for name in columns], columns)


def _pieces(arrays, columns):
    """Yield the content of a binary COPY, none longer than a piece or one row."""
    dtype = _alone(columns)
    step = max(1, PIECE // dtype.itemsize)
    rows = np.zeros(step, dtype)
    rows["_fields"] = len(columns)
    for name, kind in columns.items():
        rows[f"_width_{name}"] = np.dtype(WIDTHS[kind]).itemsize
    yield HEADER
    total = len(arrays[next(iter(columns))])
    for start in range(0, total, step):
        piece = rows[: min(step, total - start)]
        for name, kind in columns.items():
            part = arrays[name][start : start + step]
            piece[name] = _days(part) if kind == "date" else part
        yield piece.tobytes()
    yield TRAILER


def _ahead(pieces):
    """Yield what ``pieces`` yields, each made while the one before is taken.

    >>> list(_ahead(iter([b"a", b"b"])))
    [b'a', b'b']
    """
    coming = meanwhile(next, pieces, b"")
    while piece := coming.result():
        coming = meanwhile(next, pieces, b"")
        yield piece


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
