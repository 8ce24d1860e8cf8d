"""Recency, frequency, monetary value (Hughes 1994), scored 1–5 with 5 best.

Scores come from tie-safe percent ranks cut in fifths, or from fixed limits. Segments
are ranges over (R, F, M); the first range that holds a customer names it.
"""

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


def segment_table(ranges):
    """Return the segment of each (R, F, M) as an array of shape (6, 6, 6).

    :param ranges: (segment id, (r_min, r_max), (f_min, f_max), (m_min, m_max)) in
        order of precedence
    :return: ids, 0 where no range holds; index 0 of each axis stays 0

    >>> best, rest = (7, (4, 5), (4, 5), (1, 5)), (9, (1, 5), (1, 5), (1, 5))
    >>> table = segment_table([best, rest])
    >>> int(table[5, 4, 1]), int(table[3, 5, 5]), int(table[0, 5, 5])
    (7, 9, 0)
    """
    table = np.zeros((BINS + 1,) * 3, dtype=np.int32)
    for segment, *limits in reversed(list(ranges)):
        cells = tuple(slice(low, high + 1) for low, high in limits)
        table[cells] = segment
    return table
