"""When a customer needs a product again: the cycle of its own purchases of it."""

import numpy as np

from ..quotation.rhythm import FEWEST, GIVEN_UP
from ..statistics.grouping import starts_of_runs


def cycles(product, day):
    """Return the products of a customer, and how often it buys each.

    :param product, day: one row a product and day, sorted by both
    :return: dict of arrays: ``product``, ``times``, ``last`` (day), ``gap`` (median
        days between two purchases, NaN below three purchases)

    >>> found = cycles(np.array([5, 5, 5, 8]), np.array([0, 30, 70, 10]))
    >>> [found[name].tolist() for name in ("product", "times", "last", "gap")]
    [[5, 8], [3, 1], [70, 10], [35.0, nan]]
    """
    starts = starts_of_runs(product)
    times = np.diff(starts, append=product.size)
    gap = np.full(starts.size, np.nan)
    for at in np.flatnonzero(times >= FEWEST):
        gap[at] = np.median(np.diff(day[starts[at] : starts[at] + times[at]]))
    last = day[starts + times - 1]
    return {"product": product[starts], "times": times, "last": last, "gap": gap}


def due(last, gap, today):
    """Return how surely each product is due: 1 on the day, less the longer ago.

    0 where its cycle is not over, is unknown, or has passed so often that the customer
    seems to do without.

    >>> due(np.array([60, 95, 0, 90]), np.array([20.0, 20, 10, np.nan]), 100).tolist()
    [0.5, 0.0, 0.0, 0.0]
    """
    since = np.maximum(today - last, 1)
    with np.errstate(invalid="ignore"):
        is_due = (since >= gap) & (since < GIVEN_UP * gap)
    return np.where(is_due, gap / since, 0.0)
