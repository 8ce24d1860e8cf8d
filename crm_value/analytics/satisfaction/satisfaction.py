"""Satisfaction: shares of answers, indices of 0–100, and what drives them.

Index: Fornell, Johnson, Anderson, Cha and Bryant (1996), The American Customer
Satisfaction Index, Journal of Marketing 60(4). Net promoter score: Reichheld (2003),
The one number you need to grow, Harvard Business Review 81(12). Its interval: Rocks
(2016), Interval estimation for the net promoter score, The American Statistician 70(4).
"""

import numpy as np
from scipy.special import ndtri, stdtrit

from ..equity.retention import wilson
from . import pls as kernel

PROMOTER, PASSIVE = 9, 7  # from, of 0–10; a detractor is below both
CONFIDENCE = 0.95
TAIL = 0.5 + CONFIDENCE / 2
ADDED = 1.0  # answers of each kind, in the interval of a net share
STEP = 100 / 9  # of an index, between two answers on a scale of 1 to 10


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

    The interval is an adjusted Wald interval (Rocks 2016): one answer of each kind is
    added, so that it also holds for five answers, and is no point where all agree.

    >>> found = net_share([2, 5, 1], [1, 0, 0], [4, 5, 1])
    >>> [column.round(1).tolist() for column in found]
    [[25.0, 100.0, 100.0], [-47.4, 14.3, nan], [76.0, 100.0, nan]]
    """
    up, down, n = (np.asarray(c, dtype=float) for c in (promoters, detractors, of))
    with np.errstate(invalid="ignore", divide="ignore"):
        value = (up - down) / n
        many = n + 3 * ADDED
        middle = (up - down) / many
        variance = (up + down + 2 * ADDED) / many - middle**2
    half = np.where(n > 1, ndtri(TAIL) * np.sqrt(variance / many), np.nan)
    low, high = np.minimum(middle - half, value), np.maximum(middle + half, value)
    return 100 * value, 100 * np.maximum(low, -1), 100 * np.minimum(high, 1)


def mean_index(mean, deviation, of):
    """Return (mean, low, high) of the indices 0–100 of people, NaN not known.

    The interval is Student's. Where all agree, others may still differ: it holds at
    least what one step of the scale makes of as many as could have been missed.

    :param deviation: standard deviation between people, NaN of fewer than two

    >>> [column.round(1).tolist() for column in mean_index([70.0], [20.0], [100])]
    [[70.0], [66.0], [74.0]]
    >>> [column.round(1).tolist() for column in mean_index([100.0], [0.0], [5])]
    [[100.0], [94.2], [100.0]]
    """
    mean, deviation = np.asarray(mean, dtype=float), np.asarray(deviation, dtype=float)
    n = np.asarray(of, dtype=float)
    known = n > 1
    people = np.where(known, n, 2.0)
    half = stdtrit(people - 1, TAIL) * deviation / np.sqrt(people)
    missed = 1 - (1 - TAIL) ** (1 / people)  # a share that n people may all not show
    half = np.where(known, np.maximum(half, STEP * missed), np.nan)
    return mean, np.maximum(mean - half, 0), np.minimum(mean + half, 100)


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
