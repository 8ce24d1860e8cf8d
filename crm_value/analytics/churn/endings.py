"""Churned relationships: when they ended, their defection pattern and last year.

The four patterns follow the stage a relation had reached (Dwyer, Schurr and Oh 1987, in
the four-stage reading): it failed early in exploration, midway in formation, left
stability while that was young, or ended after a long time in it.

A life lasts from the first purchase to the last one before the customer counts as lost.
Who comes back begins another.
"""

from dataclasses import dataclass

import numpy as np

from ..lifecycle.lifecycle import EXPLORATION, FORMATION, LOST, STABILITY, WON_BACK
from ..purchases.histories import YEAR
from ..purchases.purchases import exact

PATTERNS = ("early_failure", "midway", "early_exit", "long_lasting")
EARLY_FAILURE, MIDWAY, EARLY_EXIT, LONG_LASTING = range(4)


@dataclass(frozen=True, slots=True)
class Endings:
    """Churned relationships, arrays of shape (n,), by customer and time.

    :param customer: position among the customers
    :param began: day of the first purchase of the life
    :param ended: day of the last one
    :param noted: day on which it counted as lost
    :param returned: day of the first purchase afterwards, NaN without any
    :param count: purchases in the life
    :param pattern: position in PATTERNS
    :param revenue: net money of its last year; :param margin: likewise
    :param category: what most of that was spent on, an id, 0 unknown
    """

    customer: np.ndarray
    began: np.ndarray
    ended: np.ndarray
    noted: np.ndarray
    returned: np.ndarray
    count: np.ndarray
    pattern: np.ndarray
    revenue: np.ndarray
    margin: np.ndarray
    category: np.ndarray


def find(days, events, settle_days):
    """Return the Endings of all customers.

    :param days: purchases.Days
    :param events: ``events`` of lifecycle.Lives
    :param settle_days: stability left sooner than that was young

    >>> from ..lifecycle.lifecycle import Limits, replay
    >>> from ..purchases.purchases import Days
    >>> day = np.array([0, 30, 60, 700]); zero = np.zeros(4)
    >>> days = Days({"partner": np.ones(4, int), "day": day, "product": zero,
    ...     "amount": zero + 50, "returned": zero, "costed": zero, "cost": zero,
    ...     "discount": zero}, 710, 0.3)
    >>> found = find(days, replay(days, 710, Limits()).events, 365)
    >>> [PATTERNS[at] for at in found.pattern], found.ended.tolist()
    (['midway'], [60])
    >>> found.returned.tolist(), found.revenue.tolist(), found.margin.tolist()
    ([700.0], [150.0], [45.0])
    """
    order = np.argsort(events["customer"], kind="stable")
    customer, day = events["customer"][order], events["day"][order]
    after = events["after"][order]
    closing = np.flatnonzero(after == LOST)
    whose, noted = customer[closing], day[closing]
    bought = days.occasions()
    last = _until(bought, whose, noted)
    first = _first(bought, whose, last)
    ended = bought.day[last]
    life = _lives(customer, closing)
    return Endings(
        whose,
        bought.day[first],
        ended,
        noted,
        _returned(bought, whose, last),
        last - first + 1,
        _patterns(life, day, after, ended, settle_days),
        _last_year(days, days.amount, whose, ended),
        _last_year(days, days.margin, whose, ended),
        _main_category(days.shopping, whose, ended),
    )


def _key(customer, day):
    """Return one number that orders by customer, then by day."""
    return (customer.astype(np.int64) << 32) + np.asarray(day).astype(np.int64)


def _until(bought, customer, day):
    """Return the position of the last occasion of each customer until ``day``."""
    key = _key(bought.customer, bought.day)
    return np.searchsorted(key, _key(customer, day), side="right") - 1


def _first(bought, whose, last):
    """Return the position of the first occasion of each life."""
    first = np.searchsorted(bought.customer, whose)
    again = np.flatnonzero(whose[1:] == whose[:-1]) + 1
    first[again] = last[again - 1] + 1
    return first


def _returned(bought, whose, last):
    """Return the day of the first occasion after each life, NaN without any."""
    later = np.minimum(last + 1, bought.day.size - 1)
    back = (last + 1 < bought.day.size) & (bought.customer[later] == whose)
    return np.where(back, bought.day[later], np.nan)


def _lives(customer, closing):
    """Return (first event, position after the last) of each life that ended."""
    begin = np.searchsorted(customer, customer[closing])
    again = np.flatnonzero(np.diff(customer[closing]) == 0) + 1
    begin[again] = closing[again - 1] + 1
    return begin, closing + 1


def _patterns(life, day, after, ended, settle_days):
    """Return the pattern of each life: how far it came, and for how long."""
    begin, end = life
    if not begin.size:
        return np.zeros(0, int)
    stage = np.select(
        [np.isin(after, (EXPLORATION, WON_BACK)), after == FORMATION],
        [EXPLORATION, FORMATION],
        np.where(after == STABILITY, STABILITY, -1),
    )
    settled = np.where(after == STABILITY, day, np.inf)
    # Lives that ended alternate with what came after the last one: every other counts.
    edges = np.column_stack((begin, end)).ravel()
    edges = edges[:-1] if edges[-1] == stage.size else edges
    furthest = np.maximum.reduceat(stage, edges)[::2]
    since = np.minimum.reduceat(settled, edges)[::2]
    stayed = ended - since
    return np.select(
        [furthest == STABILITY, furthest == FORMATION],
        [np.where(stayed < settle_days, EARLY_EXIT, LONG_LASTING), MIDWAY],
        EARLY_FAILURE,
    )


def _last_year(days, money, whose, ended):
    """Return the money of the year until the end of each life."""
    key = _key(days.customer, days.day)
    total = np.concatenate(([0.0], np.cumsum(money)))
    until = np.searchsorted(key, _key(whose, ended), side="right")
    since = np.searchsorted(key, _key(whose, ended - YEAR), side="right")
    return exact(total[until] - total[since])


def _main_category(shopping, whose, ended):
    """Return the category most was spent on in the last year of each life."""
    owner, category, day, amount = shopping
    key = _key(whose, ended)
    found = np.zeros(key.size, int)
    if not key.size:
        return found
    life = np.minimum(np.searchsorted(key, _key(owner, day)), key.size - 1)
    known = (whose[life] == owner) & (day > ended[life] - YEAR) & (day <= ended[life])
    rows = np.flatnonzero(known & (category > 0))
    pair, place = np.unique(_key(life[rows], category[rows]), return_inverse=True)
    spent = np.bincount(place, amount[rows], pair.size)
    order = np.argsort(spent, kind="stable")
    found[pair[order] >> 32] = pair[order] & 0xFFFFFFFF
    return found
