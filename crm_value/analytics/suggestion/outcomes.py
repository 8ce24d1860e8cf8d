"""What was bought of each suggestion within a time after it."""

import numpy as np

from ..statistics.grouping import starts_of_runs

DAYS = 20  # bits of a day


def within(offers, lines):
    """Return what lines bring each offer, from its day up to its last one.

    :param offers: dict of arrays ``partner``, ``product``, ``day``, ``until``
    :param lines: dict of arrays ``partner``, ``product``, ``day``, and sums
    :return: dict of the sums, one figure an offer

    >>> offers = {"partner": np.array([1, 1]), "product": np.array([7, 8]),
    ...     "day": np.array([10, 10]), "until": np.array([40, 40])}
    >>> lines = {"partner": np.array([1, 1, 1]), "product": np.array([7, 7, 9]),
    ...     "day": np.array([9, 40, 40]), "amount": np.array([5.0, 6.0, 7.0])}
    >>> within(offers, lines)["amount"].tolist()
    [6.0, 0.0]
    """
    sums = lines.keys() - {"partner", "product", "day"}
    pair = _pairs(offers, lines)
    asked, bought = np.split(pair, [offers["day"].size])
    key = (bought << DAYS) | lines["day"]
    order = np.argsort(key, kind="stable")
    start, stop = (
        np.searchsorted(key[order], (asked << DAYS) | day)
        for day in (offers["day"], offers["until"] + 1)
    )
    found = {}
    for name in sums:
        total = np.concatenate([[0.0], np.cumsum(lines[name][order])])
        found[name] = total[stop] - total[start]
    return found


def _pairs(offers, lines):
    """Return a number of customer and product for each offer and each line."""
    partner, product = (
        np.concatenate([offers[name], lines[name]]) for name in ("partner", "product")
    )
    order = np.lexsort((product, partner))
    number = np.zeros(order.size, np.int64)
    starts = starts_of_runs(partner[order], product[order])
    number[starts[1:]] = 1
    pair = np.empty(order.size, np.int64)
    pair[order] = np.cumsum(number)
    return pair
