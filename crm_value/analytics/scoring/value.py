"""Two-way customer value: weighted scores that can be taken apart again.

Current and potential value span the customer portfolio of lead, iron, gold and
platinum; delivered value is the other direction, what the customer gets from us.
"""

import numpy as np

QUADRANTS = ("lead", "iron", "gold", "platinum")


def contributions(scores, weights):
    """Return each part of a weighted mean over what is known.

    Weights renormalise over the known scores of each customer, so that an unknown
    score neither helps nor harms.

    :param scores: shape (n, k), 0–100, NaN unknown
    :param weights: shape (k,), ≥ 0
    :return: shape (n, k), NaN where unknown; a row sums to its weighted mean

    >>> scores = np.array([[80.0, 40.0], [80.0, np.nan]])
    >>> contributions(scores, np.array([3, 1])).tolist()
    [[60.0, 10.0], [80.0, nan]]
    """
    scores = np.asarray(scores, dtype=float)
    effective = np.where(np.isnan(scores), 0.0, np.asarray(weights, dtype=float))
    total = effective.sum(axis=1, keepdims=True)
    with np.errstate(invalid="ignore", divide="ignore"):
        share = np.where(total > 0, effective / total, np.nan)
    return share * scores


def weighted(scores, weights):
    """Return the weighted mean over what is known, shape (n,); NaN if nothing is.

    >>> weighted(np.array([[80.0, 40.0], [np.nan, np.nan]]), np.array([3, 1])).tolist()
    [70.0, nan]
    """
    parts = contributions(scores, weights)
    known = ~np.isnan(parts)
    return np.where(known.any(axis=1), np.where(known, parts, 0.0).sum(axis=1), np.nan)


def share_left(costs, margins):
    """Return which share of the margin is left after a cost, 0–100; NaN unknown.

    Without a margin nothing is left after a cost; without both there is nothing to
    tell.

    >>> share_left([0, 20, 20, 0, 9], [100, 100, 10, 0, 0]).tolist()
    [100.0, 80.0, 0.0, nan, 0.0]
    """
    costs = np.asarray(costs, dtype=float)
    margins = np.asarray(margins, dtype=float)
    with np.errstate(invalid="ignore", divide="ignore"):
        left = np.where(margins > 0, 100 * (1 - costs / margins), 0.0).clip(0, 100)
    return np.where((margins > 0) | (costs > 0), left, np.nan)


def median_cut(scores):
    """Return the median of the known scores, NaN if they do not differ.

    Where all are equal nobody is high or low.

    >>> median_cut(np.array([10.0, np.nan, 30.0]))
    20.0
    >>> median_cut(np.array([50.0, 50.0]))
    nan
    """
    scores = np.asarray(scores, dtype=float)
    known = scores[~np.isnan(scores)]
    if not known.size or known.min() == known.max():
        return float("nan")
    return float(np.median(known))


def share_cut(scores, money, share):
    """Return the score above which the fewest customers make a share of the money.

    Equal scores stand on one side; the lowest is never above. NaN if the scores do not
    differ, the median if there is no money.

    >>> share_cut(np.array([10.0, 20.0, 30.0, 40.0]), np.array([1, 1, 2, 6]), 0.6)
    30.0
    >>> share_cut(np.array([10.0, 20.0]), np.array([5, 5]), 0.6)
    10.0
    """
    scores = np.asarray(scores, dtype=float)
    known = ~np.isnan(scores)
    levels, level = np.unique(scores[known], return_inverse=True)
    money = np.nan_to_num(np.asarray(money, dtype=float)[known]).clip(min=0)
    if levels.size < 2 or not money.any():
        return median_cut(scores)
    above = np.bincount(level, money)[::-1].cumsum()
    # A hair of tolerance: see pareto.limits.
    enough = np.searchsorted(above, share * above[-1] * (1 - 1e-12))
    return float(levels[::-1][min(enough + 1, levels.size - 1)])


def quadrants(current, potential, current_cut, potential_cut):
    """Return the quadrant of each customer as a position in QUADRANTS, −1 unknown.

    High is *above* the cut: where most customers share the median, they stay low.
    Without a cut nobody has a quadrant.

    >>> quadrants([10, 10, 90, 90, 5], [10, 90, 10, 90, np.nan], 50, 50).tolist()
    [0, 1, 2, 3, -1]
    >>> quadrants([10], [10], 50, np.nan).tolist()
    [-1]
    """
    current = np.asarray(current, dtype=float)
    potential = np.asarray(potential, dtype=float)
    position = 2 * (current > current_cut) + (potential > potential_cut)
    unknown = np.isnan(current) | np.isnan(potential)
    unknown |= np.isnan(current_cut) | np.isnan(potential_cut)
    return np.where(unknown, -1, position).astype(np.int32)
