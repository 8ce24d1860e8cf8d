"""What a rule of prediction reads of each customer, and equal customers once."""

from dataclasses import dataclass

import numpy as np

from ..purchases.histories import WEEK
from ..statistics.grouping import starts_of_runs


@dataclass(frozen=True, slots=True)
class Rows:
    """Purchase histories, arrays of shape (n,), times in weeks.

    :param x, t_x, T: repeat purchases, time of the last, age; see :func:`clv.fit`
    :param recent: purchases of the last RECENT days
    :param season: purchases a year ago in the season that is now to be predicted, NaN
        for who was no customer then
    """

    x: np.ndarray
    t_x: np.ndarray
    T: np.ndarray
    recent: np.ndarray
    season: np.ndarray

    @classmethod
    def of(cls, history):
        """Return the rows of a histories.History."""
        return cls(history.x, history.t_x, history.T, history.recent, history.season)

    def take(self, rows):
        """Return some of the rows, by mask or position."""
        return Rows(*(column[rows] for column in self.columns))

    @property
    def columns(self):
        """All columns, in order."""
        return (self.x, self.t_x, self.T, self.recent, self.season)

    def distinct(self):
        """Return (the distinct rows, which of them each row is).

        >>> same = Rows(*np.array([[1.0, 1], [2, 2], [9, 9], [1, 1], [np.nan] * 2]))
        >>> rows, group = same.distinct()
        >>> rows.x.tolist(), group.tolist()
        ([1.0], [0, 0])
        """
        columns = [np.nan_to_num(column, nan=-1.0) for column in self.columns]
        order = np.lexsort(columns[::-1])
        starts = starts_of_runs(*(column[order] for column in columns))
        group = np.empty(order.size, dtype=np.int64)
        group[order] = np.repeat(
            np.arange(starts.size), np.diff(starts, append=order.size)
        )
        return self.take(order[starts]), group


def of_facts(columns):
    """Return the rows of customers who bought, from their facts.

    :param columns: dict of arrays ``purchase_count``, ``first_purchase_date``,
        ``last_purchase_date``, ``recency_days``, ``recent_count``, ``season_count``

    >>> facts = {"purchase_count": np.array([2]), "recency_days": np.array([7]),
    ...     "first_purchase_date": np.array([0]), "recent_count": np.array([2]),
    ...     "last_purchase_date": np.array([14]), "season_count": np.array([np.nan])}
    >>> [column.tolist() for column in of_facts(facts).columns]
    [[1.0], [2.0], [3.0], [2.0], [nan]]
    """
    first, last = columns["first_purchase_date"], columns["last_purchase_date"]
    t_x = (last - first) / WEEK
    T = t_x + columns["recency_days"] / WEEK
    x = columns["purchase_count"] - 1.0
    recent = np.asarray(columns["recent_count"], dtype=float)
    return Rows(x, t_x, T, recent, columns["season_count"])
