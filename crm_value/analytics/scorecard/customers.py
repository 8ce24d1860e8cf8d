"""Arrows of a strategy map by customer: analysis of covariance.

Where both ends are known of each customer, hundreds of customers say what thirty months
cannot: among customers whose outcome was the same before, is it better afterwards where
the cause was more? Fisher (1932, Statistical Methods for Research Workers) takes the
earlier outcome as a covariate. It stays an observation: what differs between customers
besides their earlier outcome may act on both ends.
"""

import numpy as np

from ..statistics.regression import slope
from .verdict import NONE, UNTESTABLE, Verdict, together

CUSTOMERS = 50  # fewest
COLUMNS = 3  # of the regression: mean, earlier outcome, cause
SMALL = 0.1  # partial correlation that power is told of: a small one, as many are


def customer_verdict(cause, outcome, before, sign=1):
    """Return the Verdict of one arrow, on its own: judge it ``together`` with others.

    :param cause: of each customer at the beginning, NaN unknown, shape (n,)
    :param outcome: at the declared lag after it
    :param before: the same figure as the outcome, at the beginning
    :param sign: expected, 1 or -1

    >>> random = np.random.default_rng(2)
    >>> cause, before, noise = random.normal(size=(3, 400))
    >>> found = customer_verdict(cause, 2 * cause + before + noise, before)
    >>> found.verdict, found.n, round(found.effect), found.low < 2 < found.high
    ('supported', 400, 2, True)
    >>> customer_verdict(cause[:40], before[:40], before[:40]).why
    'short'
    """
    rows = np.column_stack([cause, outcome, before]).astype(float)
    known = rows[~np.isnan(rows).any(axis=1)]
    cause, outcome, before = known.T
    if len(known) < CUSTOMERS:
        why = "gaps" if len(rows) >= CUSTOMERS else "short"
        return Verdict(UNTESTABLE, n=len(known), why=why, sign=sign)
    found = slope(np.column_stack([np.ones(len(known)), before]), cause, outcome)
    if not found.error > 0:
        return Verdict(UNTESTABLE, n=len(known), why="constant", sign=sign)
    return together([_tested(found, len(known), sign)])[0]


def _tested(found, n, sign):
    low, high = found.interval()
    return Verdict(
        NONE,
        found.slope,
        found.p,
        n=n,
        low=low,
        high=high,
        sign=sign,
        freedom=n - COLUMNS,
        seen=SMALL,
    )
