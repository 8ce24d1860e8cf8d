"""Which customers make most of the revenue (Pareto; ABC analysis after Dickie 1951)."""

import numpy as np


def ranks(values):
    """Return the position of each customer by value, 1 the largest; ties share.

    >>> ranks(np.array([5.0, 9.0, 5.0, 1.0])).tolist()
    [2, 1, 2, 4]
    """
    values = np.asarray(values, dtype=float)
    ascending = np.sort(values)
    above = values.size - np.searchsorted(ascending, values, side="right")
    return (above + 1).astype(np.int64)


def limits(values, shares=(0.8, 0.95)):
    """Return the value at which each cumulative share of the positive total is reached.

    :param values: shape (n,); customers at or below zero make no share
    :return: one limit per share: a customer at or above it belongs to that class
        or a better one; infinite if there is no positive value

    >>> limits(np.array([50.0, 30.0, 15.0, 5.0]), (0.8, 0.95)).tolist()
    [30.0, 15.0]
    """
    positive = np.asarray(values, dtype=float)
    positive = np.sort(positive[positive > 0])[::-1]
    if not positive.size:
        return np.full(len(shares), np.inf)
    cumulated = np.cumsum(positive)
    # A hair of tolerance, so that 0.8 × total is met by a sum rounded just below it.
    reached = np.searchsorted(cumulated, np.array(shares) * cumulated[-1] * (1 - 1e-12))
    return positive[reached.clip(0, positive.size - 1)]


def classes(values, class_limits):
    """Return 0 (A), 1 (B) … for values at or above each limit, the last for the rest.

    >>> classes(np.array([50.0, 20.0, 1.0]), np.array([30.0, 15.0])).tolist()
    [0, 1, 2]
    """
    values = np.asarray(values, dtype=float)
    return (values[:, None] < np.asarray(class_limits)[None, :]).sum(axis=1)


def curve(values, points=101):
    """Return the Pareto curve: share of customers → share of the positive total.

    :return: two arrays of at most ``points`` shares 0–1, both starting at 0

    >>> x, y = curve(np.array([80.0, 10.0, 5.0, 5.0]))
    >>> y.tolist()
    [0.0, 0.8, 0.9, 0.95, 1.0]
    """
    ordered = np.sort(np.clip(np.asarray(values, dtype=float), 0, None))[::-1]
    total = ordered.sum()
    if not total:
        return np.zeros(1), np.zeros(1)
    cumulated = np.concatenate(([0.0], np.cumsum(ordered))) / total
    shares = np.linspace(0, 1, cumulated.size)
    kept = np.unique(np.linspace(0, cumulated.size - 1, points).round().astype(int))
    return shares[kept], cumulated[kept]
