"""Satisfaction: shares of answers, indices of 0–100, and what drives them.

Index: Fornell, Johnson, Anderson, Cha and Bryant (1996), The American Customer
Satisfaction Index, Journal of Marketing 60(4). Net promoter score: Reichheld (2003),
The one number you need to grow, Harvard Business Review 81(12).
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtri

from . import pls as kernel

PROMOTER, DETRACTOR = 9, 6  # from; up to, of 0–10
CONFIDENCE = 0.95


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure with what it rests on.

    :param value: NaN without an answer
    :param low: lower end of the 95 % interval, NaN where it cannot be told
    :param high: upper end
    :param n: answers
    """

    value: float
    low: float
    high: float
    n: int


def csat(answers, best, top=2):
    """Return the percentage of answers among the best ones, as a Measure.

    The interval is Wilson's (1927), which also holds for few answers and for 0 %.

    :param answers: floats, NaN not answered
    :param best: highest answer of the scale
    :param top: how many answers of the scale count as satisfied

    >>> found = csat([5.0, 4.0, 1.0, float("nan")], best=5)
    >>> round(found.value, 1), found.n
    (66.7, 3)
    """
    given = _given(answers)
    n = given.size
    if not n:
        return Measure(np.nan, np.nan, np.nan, 0)
    share = float((given > best - top).mean())
    z = ndtri(0.5 + CONFIDENCE / 2)
    centre = (share + z**2 / (2 * n)) / (1 + z**2 / n)
    half = z / (1 + z**2 / n) * np.sqrt(share * (1 - share) / n + z**2 / (4 * n**2))
    low, high = max(centre - half, 0.0), min(centre + half, 1.0)
    return Measure(100 * share, 100 * float(low), 100 * float(high), n)


def nps(answers):
    """Return promoters minus detractors in percent, as a Measure; 0 is an answer.

    The interval follows from the variance of a promoter counted 1, a detractor −1.

    >>> nps([10.0, 9.0, 0.0, 8.0]).value
    25.0
    >>> nps([0.0]).value
    -100.0
    """
    given = _given(answers)
    n = given.size
    if not n:
        return Measure(np.nan, np.nan, np.nan, 0)
    votes = np.where(given >= PROMOTER, 1.0, np.where(given <= DETRACTOR, -1.0, 0.0))
    value = 100 * float(votes.mean())
    if n == 1:
        return Measure(value, np.nan, np.nan, 1)
    half = 100 * ndtri(0.5 + CONFIDENCE / 2) * votes.std(ddof=1) / np.sqrt(n)
    return Measure(value, max(value - half, -100.0), min(value + half, 100.0), n)


def index(means, low, high, weights=None):
    """Return the index 0–100 of items that measure one construct.

    100 · (Σ wᵢ x̄ᵢ − Σ wᵢ minᵢ) / Σ wᵢ (maxᵢ − minᵢ); unknown items leave the sum, and
    the others' weights grow (Fornell et al. 1996, p. 17, with one scale an item).

    :param means: mean answer of each item, NaN unknown, shape (items,)
    :param low: lowest answer of each item's scale
    :param high: highest one
    :param weights: on the raw scale, not negative; None: equal

    >>> index([7.0, 10.0], [1, 1], [10, 10])
    83.33333333333333
    >>> index([float("nan"), 10.0], [1, 1], [10, 10], [3.0, 1.0])
    100.0
    """
    means, low, high = (np.asarray(a, dtype=float) for a in (means, low, high))
    weights = np.ones(means.shape) if weights is None else np.asarray(weights, float)
    weights = np.where(np.isnan(means), 0.0, weights)
    span = weights @ (high - low)
    if not span > 0:
        return float("nan")
    return float(100 * (weights @ (np.nan_to_num(means) - low)) / span)


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


def _given(answers):
    answers = np.asarray(answers, dtype=float)
    return answers[~np.isnan(answers)]
