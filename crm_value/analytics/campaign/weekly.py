"""The weeks of a campaign's window: what both groups brought, and what chance does.

A picture and no test: many weeks are looked at, of which one in twenty lies outside its
band by chance alone. What the campaign brought is said by ``lift`` of the whole window.
"""

from typing import NamedTuple

import numpy as np
from scipy.stats import norm

WIDE = norm.isf(0.025)


class Week(NamedTuple):
    """Money of one customer in a week, by group.

    :param treated, held: means of both groups
    :param low, high: between them lies the mean of who gets it, in 95 of 100 weeks,
        where the campaign does nothing
    """

    treated: float
    held: float
    low: float
    high: float


def weekly(money, treated):
    """Return the Week of each row, none where a group has fewer than two customers.

    :param money: of each customer in each week, shape (weeks, customers)
    :param treated: whether it was drawn for the campaign, shape (customers,)

    >>> treated = np.array([True, True, False, False])
    >>> [week] = weekly(np.array([[4.0, 6.0, 1.0, 3.0]]), treated)
    >>> week.treated, week.held, round(week.low, 2), round(week.high, 2)
    (5.0, 2.0, -0.77, 4.77)
    """
    money, treated = np.asarray(money, float), np.asarray(treated, bool)
    groups = money[:, treated], money[:, ~treated]
    if min(group.shape[1] for group in groups) < 2:
        return []
    treated_mean, held_mean = (group.mean(1) for group in groups)
    error = np.sqrt(sum(group.var(1, ddof=1) / group.shape[1] for group in groups))
    columns = (
        treated_mean,
        held_mean,
        held_mean - WIDE * error,
        held_mean + WIDE * error,
    )
    return [Week(*row) for row in np.column_stack(columns).tolist()]
