"""When a customer needs a product again: the rhythm of its own purchases of it.

The interval is the median of the days between two purchases; days are numbers. Two
intervals show a habit, one does not. What has not come for three intervals is not late
but given up.
"""

import numpy as np

from ..statistics.grouping import starts_of_runs

FEWEST = 3  # purchases on days of their own, so that there are two intervals
GIVEN_UP = 3  # intervals


def rhythms(customer, product, day):
    """Return which products each customer buys, and how often.

    :param customer, product, day: one row a customer, product and day, sorted by them
    :return: dict of arrays: ``customer``, ``product``, ``times``, ``last`` (day),
        ``gap`` (median days between two purchases, NaN below three purchases)

    >>> found = rhythms(*np.array([[1, 1, 1, 1], [5, 5, 5, 8], [0, 30, 70, 10]]))
    >>> [found[name].tolist() for name in ("product", "times", "last", "gap")]
    [[5, 8], [3, 1], [70, 10], [35.0, nan]]
    """
    starts = starts_of_runs(customer, product)
    times = np.diff(starts, append=product.size)
    gap = np.full(starts.size, np.nan)
    for at in np.flatnonzero(times >= FEWEST):
        gap[at] = np.median(np.diff(day[starts[at] : starts[at] + times[at]]))
    return {
        "customer": customer[starts],
        "product": product[starts],
        "times": times,
        "last": day[starts + times - 1],
        "gap": gap,
    }


def due(last, gap, today):
    """Return how surely each product is due: 1 on the day, less the longer ago.

    0 where its interval is not over, is unknown, or has passed so often that the
    customer seems to do without.

    >>> due(np.array([60, 95, 0, 90]), np.array([20.0, 20, 10, np.nan]), 100).tolist()
    [0.5, 0.0, 0.0, 0.0]
    >>> [due(np.array([90]), np.array([30.0]), day).item() for day in (119, 120, 180)]
    [0.0, 1.0, 0.0]
    """
    since = today - last
    with np.errstate(invalid="ignore"):
        is_due = (since >= gap) & (since < GIVEN_UP * gap)
    return np.divide(gap, since, out=np.zeros(gap.size), where=is_due)
