"""Recency, frequency, monetary value (Hughes 1994), scored 1–5 with 5 best.

Scores come from tie-safe percent ranks cut in fifths, or from fixed limits. Segments
are ranges over (R, F, M); the first range that holds a customer names it. Fifths
compare customers only: where most buy once, one purchase is a middling frequency. So a
segment also knows how often a customer has bought, since when, and whether it is lost.
"""

from dataclasses import dataclass

import numpy as np

BINS = 5


def from_percent(percents):
    """Return scores 1–5 from percentile scores 0–100; unknown is 0.

    >>> from_percent(np.array([0.0, 19.9, 20.0, 99.0, 100.0, np.nan])).tolist()
    [1, 1, 2, 5, 5, 0]
    """
    percents = np.asarray(percents, dtype=float)
    known = ~np.isnan(percents)
    scores = np.zeros(percents.shape, dtype=np.int32)
    scores[known] = np.minimum(percents[known] // (100 / BINS), BINS - 1) + 1
    return scores


def from_limits(limits, values, descending=False):
    """Return scores 1–5 from four fixed limits; unknown is 0.

    :param limits: the values at which scores 2, 3, 4 and 5 begin
    :param descending: small values are best (recency in days): a score begins at
        or below its limit

    >>> from_limits([2, 3, 5, 10], np.array([1, 3, 12])).tolist()
    [1, 3, 5]
    >>> from_limits([365, 180, 90, 30], np.array([400, 90, 10]), True).tolist()
    [1, 4, 5]
    """
    values = np.asarray(values, dtype=float)
    limits = np.asarray(limits, dtype=float)
    sign = -1.0 if descending else 1.0
    scores = np.searchsorted(sign * limits, sign * values, side="right") + 1
    return np.where(np.isnan(values), 0, scores).astype(np.int32)


RANGED = ("r", "f", "m", "purchases", "age")


@dataclass(frozen=True, slots=True)
class Customers:
    """What segments tell customers by, shape (n,) each; R 0: not scored."""

    r: np.ndarray
    f: np.ndarray
    m: np.ndarray
    purchases: np.ndarray
    age: np.ndarray
    lost: np.ndarray


def holds(segment, customers):
    """Return whom of :class:`Customers` a policy's Segment holds, shape (n,).

    >>> from ..policy.rules import Segment
    >>> one = np.ones(2, int)
    >>> known = Customers(one, one, one, one, np.array([9, 99]), one == 0)
    >>> holds(Segment(7, age=(0, 90)), known).tolist()
    [True, False]
    """
    held = np.ones(customers.r.shape, bool)
    for name in RANGED:
        low, high = getattr(segment, name)
        column = getattr(customers, name)
        held &= (column >= low) & (column <= high)
    return held if segment.lost is None else held & (customers.lost == segment.lost)


def segments(ordered, customers):
    """Return the number of the first segment that holds each customer, 0 for none.

    :param ordered: Segments in order of precedence

    >>> from ..policy.rules import Segment
    >>> best = Segment(7, r=(4, 5), f=(4, 5), purchases=(3, np.inf), lost=False)
    >>> gone = Segment(8, lost=True)
    >>> score = np.array([5, 5, 5, 0])
    >>> counts, age = np.array([9, 1, 9, 9]), np.full(4, 400)
    >>> lost = np.array([False, False, True, False])
    >>> known = Customers(score, score, score, counts, age, lost)
    >>> segments([best, gone, Segment(9)], known).tolist()
    [7, 9, 8, 0]
    """
    found = np.zeros(customers.r.shape, dtype=np.int32)
    for segment in reversed(list(ordered)):
        found[holds(segment, customers)] = segment.number
    return found
