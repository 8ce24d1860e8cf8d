"""Equal customers counted once: millions of customers have few distinct histories."""

import numpy as np

DAYS = 7.0  # of the unit of time, a week
BITS = 21


def unique_rows(x, t_x, T):
    """Return the distinct (x, t_x, T) and how often each occurs.

    Where the times are whole days, one integer tells a history from another, and
    sorting integers is ten times as fast as sorting rows.

    :param x, t_x, T: arrays of shape (n,), times in weeks
    :return: (x, t_x, T of the groups, their counts, the group of each row)

    >>> rows = unique_rows(*np.array([[1, 0, 1], [2.0, 0.0, 2.0], [9.0, 9.0, 9.0]]))
    >>> rows[0].tolist(), rows[3].tolist(), rows[4].tolist()
    ([0.0, 1.0], [1, 2], [1, 0, 1])
    """
    columns = [np.asarray(column, dtype=float) for column in (x, t_x, T)]
    keys = _keys(*columns)
    if keys is None:
        order = np.lexsort(columns)
        stack = np.stack([column[order] for column in columns])
        changed = np.any(stack[:, 1:] != stack[:, :-1], axis=0)
    else:
        order = np.argsort(keys, kind="stable")
        changed = np.diff(keys[order]) != 0
    starts = np.flatnonzero(
        np.concatenate((np.ones(min(order.size, 1), bool), changed))
    )
    counts = np.diff(np.append(starts, order.size))
    group = np.empty(order.size, dtype=np.int64)
    group[order] = np.repeat(np.arange(starts.size), counts)
    first = order[starts]
    return (*(column[first] for column in columns), counts, group)


def _keys(x, t_x, T):
    """Return one integer per row, None where the figures are no small integers."""
    packed = np.zeros(x.shape, dtype=np.int64)
    for column in (x, t_x * DAYS, T * DAYS):
        whole = np.rint(column)
        near = np.abs(column - whole) < 1e-6
        if not (near & (whole >= 0) & (whole < 1 << BITS)).all():
            return None
        packed = (packed << BITS) | whole.astype(np.int64)
    return packed
