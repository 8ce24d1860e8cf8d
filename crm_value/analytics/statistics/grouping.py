"""Equal customers counted once: millions of customers have few distinct histories."""

import os
from concurrent.futures import ThreadPoolExecutor

import numpy as np

DAYS = 7.0  # of the unit of time, a week
BITS = 16  # of each figure in a key, as many as NumPy sorts by counting
BLOCK = 1 << 15  # rows whose intermediate results stay in the processor's cache
FEW = 1 << 12  # rows that are not worth a thread
SPARSE = 8  # ids of which fewer than one in so many is there are sorted
THREADS = min(os.cpu_count() or 1, 4)


def unique_rows(x, t_x, T):
    """Return the distinct (x, t_x, T), x ascending, and which of them each row is.

    Where the times are whole days, one integer tells a history from another, and
    sorting integers is many times as fast as sorting rows.

    :param x, t_x, T: arrays of shape (n,), times in weeks
    :return: (x, t_x, T of the groups, their counts, the group of each row)

    >>> rows = unique_rows(*np.array([[1, 0, 1], [2.0, 0.0, 2.0], [9.0, 9.0, 9.0]]))
    >>> rows[0].tolist(), rows[3].tolist(), rows[4].tolist()
    ([0.0, 1.0], [1, 2], [1, 0, 1])
    """
    columns = [np.asarray(column, dtype=float) for column in (x, t_x, T)]
    keys = _keys(*columns)
    if keys is None:
        order = np.lexsort(columns[::-1])
        starts = starts_of_runs(*(column[order] for column in columns))
    else:
        order = _order(keys)
        starts = starts_of_runs(keys[order])
    counts = np.diff(starts, append=order.size)
    group = np.empty(order.size, dtype=np.int64)
    group[order] = np.repeat(np.arange(starts.size), counts)
    first = order[starts]
    return (*(column[first] for column in columns), counts, group)


def count_rows(x, t_x, T):
    """Return the distinct (x, t_x, T) and their counts: half of :func:`unique_rows`.

    >>> rows = count_rows(*np.array([[1, 0, 1], [2.0, 0.0, 2.0], [9.0, 9.0, 9.0]]))
    >>> [column.tolist() for column in rows]
    [[0.0, 1.0], [0.0, 2.0], [9.0, 9.0], [1, 2]]
    """
    keys = _keys(*(np.asarray(column, dtype=float) for column in (x, t_x, T)))
    if keys is None:
        *rows, counts, _group = unique_rows(x, t_x, T)
        return (*rows, counts)
    keys.sort()
    starts = starts_of_runs(keys)
    distinct, last = keys[starts], (1 << BITS) - 1
    x, t_x, T = (distinct >> shift & last for shift in (2 * BITS, BITS, 0))
    counts = np.diff(starts, append=keys.size)
    return x.astype(float), t_x / DAYS, T / DAYS, counts


def starts_of_runs(*columns):
    """Return where a row differs from the one before, the first row included.

    >>> starts_of_runs(np.array([3, 3, 5])).tolist()
    [0, 2]
    """
    starts = np.zeros(columns[0].size, dtype=bool)
    starts[:1] = True
    for column in columns:
        starts[1:] |= column[1:] != column[:-1]
    return np.flatnonzero(starts)


def blocks(size):
    """Return slices of consecutive rows: sums over long columns are faster by blocks.

    >>> [(rows.start, rows.stop) for rows in blocks(40_000)]
    [(0, 32768), (32768, 65536)]
    """
    return [slice(start, start + BLOCK) for start in range(0, size, BLOCK)]


def _keys(*columns):
    """Return one integer per row, None where the figures are no small integers."""
    packed = np.zeros(columns[0].shape, dtype=np.int64)
    for rows in blocks(packed.size):
        for column, unit in zip(columns, (1.0, DAYS, DAYS), strict=True):
            figures = column[rows] * unit
            whole = np.rint(figures)
            near = np.abs(figures - whole) < 1e-6
            if not (near & (whole >= 0) & (whole < 1 << BITS)).all():
                return None
            packed[rows] <<= BITS
            packed[rows] |= whole.astype(np.int64)
    return packed


def _order(keys):
    """Return what sorts the keys: by counting, figure by figure, the last one first."""
    shifts = (0, BITS, 2 * BITS)
    return np.lexsort([(keys >> shift).astype(np.uint16) for shift in shifts])


def numbered(ids):
    """Return the distinct ids, ascending, and which of them each row has.

    Ids of one table mostly lie close together: marking them is faster than sorting
    millions. Where they lie far apart, the marks would cost more memory than the rows.

    :param ids: integers ≥ 0, shape (n,)

    >>> [column.tolist() for column in numbered(np.array([7, 3, 7]))]
    [[3, 7], [1, 0, 1]]
    >>> [column.tolist() for column in numbered(np.array([10**12, 3, 10**12]))]
    [[3, 1000000000000], [1, 0, 1]]
    """
    size = int(ids.max(initial=-1)) + 1
    if size > SPARSE * ids.size:
        return np.unique(ids, return_inverse=True)
    used = np.zeros(size, bool)
    used[ids] = True
    distinct = np.flatnonzero(used)
    place = np.empty(size, np.int32)
    place[distinct] = np.arange(distinct.size)
    return distinct.astype(ids.dtype), place[ids]


def edges_of_parts(size):
    """Return (start, stop) of the parts that ``size`` rows are worked on in.

    >>> edges_of_parts(9)
    [(0, 9)]
    """
    count = max(-(-size // BLOCK), min(THREADS, size // FEW), 1)
    edges = np.linspace(0, size, count + 1).astype(int).tolist()
    return list(zip(edges[:-1], edges[1:], strict=True))


def in_parts(ask, size):
    """Return the columns of ``ask`` for all rows, asked for some at a time.

    Several parts are asked for at once, as numpy and SciPy let other threads work, and
    PostgreSQL waits meanwhile; intermediate results are those of a part.

    :param ask: function of a slice of the rows; a dict of arrays, each row by itself
    :param size: number of rows

    >>> columns = in_parts(lambda rows: {"double": 2 * np.arange(9000)[rows]}, 9000)
    >>> columns["double"][[0, -1]].tolist()
    [0, 17998]
    """
    parts = [slice(*edges) for edges in edges_of_parts(size)]
    if len(parts) == 1:
        return ask(parts[0])
    whole = {}

    def fill(rows):
        for name, column in ask(rows).items():
            if name not in whole:
                whole.setdefault(name, np.empty(size, column.dtype))
            whole[name][rows] = column

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(fill, parts))
    return whole
