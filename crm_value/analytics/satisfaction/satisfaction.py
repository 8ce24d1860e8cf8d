"""Satisfaction: shares of answers, indices of 0–100, and what drives them.

Index: Fornell, Johnson, Anderson, Cha and Bryant (1996), The American Customer
Satisfaction Index, Journal of Marketing 60(4). Net promoter score: Reichheld (2003),
The one number you need to grow, Harvard Business Review 81(12).
"""

import numpy as np
from scipy.special import ndtri

from ..equity.retention import wilson
from . import pls as kernel

PROMOTER, PASSIVE = 9, 7  # from, of 0–10; a detractor is below both
CONFIDENCE = 0.95


def satisfied_share(satisfied, of):
    """Return (percent, low, high) of counted answers, NaN without any.

    The interval is Wilson's (1927), which also holds for few answers and for 0 %.

    :param satisfied: how many were satisfied, shape (g,); :param of: of how many

    >>> [column.round(1).tolist() for column in satisfied_share([2, 0], [3, 0])]
    [[66.7, nan], [20.8, nan], [93.9, nan]]
    """
    satisfied, of = np.asarray(satisfied, dtype=float), np.asarray(of, dtype=float)
    with np.errstate(invalid="ignore"):
        share = satisfied / of
    low, high = wilson(satisfied, of, CONFIDENCE)
    return 100 * share, 100 * low, 100 * high


def net_share(promoters, detractors, of):
    """Return (net promoter score, low, high) of counted answers, NaN not known.

    The interval follows from the variance of a promoter counted 1, a detractor −1.

    >>> [column.round(1).tolist() for column in net_share([2, 1], [1, 0], [4, 1])]
    [[25.0, 100.0], [-68.8, nan], [100.0, nan]]
    """
    up, down, n = (np.asarray(c, dtype=float) for c in (promoters, detractors, of))
    with np.errstate(invalid="ignore", divide="ignore"):
        value = (up - down) / n
        variance = ((up + down) / n - value**2) * n / (n - 1)
    low, high = _around(value, np.sqrt(np.maximum(variance, 0)), n)
    return 100 * value, 100 * np.maximum(low, -1), 100 * np.minimum(high, 1)


def mean_index(mean, deviation, of):
    """Return (mean, low, high) of the indices 0–100 of people, NaN not known.

    :param deviation: standard deviation between people, NaN of fewer than two

    >>> [column.round(1).tolist() for column in mean_index([70.0], [20.0], [100])]
    [[70.0], [66.1], [73.9]]
    """
    mean, deviation = np.asarray(mean, dtype=float), np.asarray(deviation, dtype=float)
    low, high = _around(mean, deviation, np.asarray(of, dtype=float))
    return mean, np.maximum(low, 0), np.minimum(high, 100)


def _around(mean, deviation, n):
    """Return the ends of the interval of a mean, NaN of fewer than two."""
    with np.errstate(invalid="ignore", divide="ignore"):
        half = ndtri(0.5 + CONFIDENCE / 2) * deviation / np.sqrt(n)
    half = np.where(n > 1, half, np.nan)
    return mean - half, mean + half


def raw_weights(weights, answers):
    """Return standardised item weights on the raw scale: divided by the item's sd.

    A negative weight says that the item runs against its construct's others; it counts
    as none, for an index must not fall where answers rise.
    """
    return np.maximum(weights, 0) / np.nanstd(answers, axis=0, ddof=1)


def pls(data, constructs, paths, scheme="centroid", scaled=True):
    """Estimate a path model from named constructs.

    :param data: complete answers, shape (n, items)
    :param constructs: {construct: positions of its items}, causes before effects
    :param paths: pairs (construct that acts, construct acted on)
    :param scheme: "centroid", "factorial" or "path"
    :return: :class:`pls.Model`, constructs in the order given
    :raise pls.NotEstimable: see :func:`pls.fit`
    """
    return kernel.fit(data, structure(data, constructs, paths), scheme, scaled)


def structure(data, constructs, paths):
    """Return the pls.Structure of named constructs and paths."""
    names = list(constructs)
    blocks = np.zeros((np.shape(data)[1], len(names)), dtype=bool)
    for position, items in enumerate(constructs.values()):
        blocks[list(items), position] = True
    linked = np.zeros((len(names), len(names)), dtype=bool)
    for cause, effect in paths:
        linked[names.index(cause), names.index(effect)] = True
    if np.tril(linked).any():
        raise kernel.NotEstimable("order")
    return kernel.Structure(blocks, linked)
