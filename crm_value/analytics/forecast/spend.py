"""Spend models: what a customer's next purchase amounts to.

Gamma-Gamma (Fader and Hardie 2013, The Gamma-Gamma model of monetary value): spend
varies around each customer's own mean, the means vary between customers, neither
depends on how often a customer buys. Or credibility (Bühlmann and Straub 1970,
Glaubwürdigkeit für Schadensätze): the customer's own mean, drawn towards everybody's
like so many purchases. Few purchases say little in both.
"""

from dataclasses import dataclass, replace

import numpy as np
from scipy.special import digamma, gammaln

from ..statistics import likelihood
from ..statistics.grouping import BLOCK, blocks

MIN_CUSTOMERS = 20  # repeat buyers for three parameters
MOST = 1 << 13  # customers among whom the search for the maximum begins
PRIOR_SD = 3.0
ONCE = 1 / 80  # what a single purchase counts for beside the Gamma-Gamma mean [D]
NEWS = 0.4  # share of what the last period says in the level that is used [D]
YOUNG = 26.0  # weeks of age at which nothing is left of the young ones' level [D]
FEW = 3  # repeat purchases, the most of who has bought but a few times [D]


@dataclass(frozen=True, slots=True)
class Params:
    """Fitted parameters p, q, v; None where everybody's mean is all that is known.

    ``mean`` is the spend of a customer not known, ``correlation`` that of x and m over
    ``n`` customers: the model takes it to be zero. ``within`` and ``between`` are the
    squared coefficients of variation of a purchase around its customer's mean and of
    these means, used where the model is not. By credibility everybody's mean counts for
    ``weight`` purchases (None: as many as these two say), the first purchase for
    ``first`` of one. ``level`` is what past money asks all of it to be multiplied with,
    ``young`` what it asks of young customers of few purchases beside that.
    """

    p: float | None = None
    q: float | None = None
    v: float | None = None
    mean: float = float("nan")
    correlation: float = float("nan")
    log_likelihood: float = float("nan")
    n: int = 0
    within: float = 1.0
    between: float = 1.0 / 3.0
    weight: float | None = None
    first: float = 0.0
    level: float = 1.0
    young: float = 1.0

    @property
    def own_weight(self):
        """Purchases that everybody's mean counts for (Bühlmann's credibility).

        >>> Params(within=1.0, between=0.5).own_weight
        2.0
        """
        return self.within / self.between if self.weight is None else self.weight

    def following(self, before):
        """Return the same, its levels drawn towards those in force until now.

        >>> round(Params(level=1.25).following(Params()).level, 3)
        1.093
        """
        pairs = ((before.level, self.level), (before.young, self.young))
        level, young = (old ** (1 - NEWS) * new**NEWS for old, new in pairs)
        return replace(self, level=float(level), young=float(young))

    def by_credibility(self, mean, weight, first):
        """Return the same without the Gamma-Gamma model: everybody's mean, weighed.

        >>> Params(p=6.0, q=3.0, v=9.0, mean=27.0).by_credibility(30.0, 2.0, 1.0).p
        """
        none = {"p": None, "q": None, "v": None, "log_likelihood": float("nan")}
        return replace(self, **none, mean=mean, weight=weight, first=first)


def fit(x, m, prior=False, within=None):
    """Fit the spend per purchase of those who bought again.

    Equation 1a of Fader and Hardie (2013). Where the mean of all means does not exist
    (q ≤ 1) or too few bought again, the parameters stay None and
    :func:`expected_spend` weighs a customer's own mean against everybody's.

    :param x: repeat purchases, shape (n,)
    :param m: mean value of these; rows with x = 0 or m ≤ 0 are left out
    :param bool prior: add ln θ ~ N(0, 3²), for spend scaled to a mean of 1
    :param within: squared coefficient of variation of a purchase around its customer's
        mean, None or NaN: not known
    :return: Params

    >>> params = fit(np.array([1, 2, 0]), np.array([30.0, 60.0, 0.0]))
    >>> params.p, params.mean, params.n
    (None, 50.0, 2)
    """
    x, m = (np.asarray(column, dtype=float) for column in (x, m))
    known = (x > 0) & (m > 0) & np.isfinite(m)
    x, m = x[known], m[known]
    if not x.size:
        return Params()
    mean = float(x @ m / x.sum())
    common = {"correlation": _correlation(x, m), "n": int(x.size)}
    common.update(_variation(x, m / mean, within))
    if x.size < MIN_CUSTOMERS or m.min() == m.max():
        return Params(mean=mean, **common)
    data = _data(x, m / mean)
    found = _maximum(data, prior)
    p, q, v = np.exp(found.x)
    if not found.success or q <= 1:
        return Params(mean=mean, **common)
    loss, _gradient = _loss(found.x, data, prior=False)
    return Params(
        p=float(p),
        q=float(q),
        v=float(v * mean),
        mean=float(p * v * mean / (q - 1)),
        # Back in the money's unit, a density per unit of money.
        log_likelihood=float(-(loss + np.log(mean)) * x.size),
        **common,
    )


def _data(x, m):
    return x, m, np.unique(x, return_counts=True)


def _maximum(data, prior):
    x, m, _frequencies = data
    if x.size <= 2 * MOST:
        return likelihood.fit(_loss, 3, data, prior)
    step = slice(None, None, x.size // MOST)
    some = _data(x[step], m[step])
    return likelihood.fit_many(_loss, 3, (some, prior), (data, prior))


def log_likelihood(theta, x, m):
    """Return ln f(m | x) of each customer and its gradient by (p, q, v).

    >>> value, _slope = log_likelihood((1.0, 1.0, 1.0), np.ones(1), np.ones(1))
    >>> round(float(np.exp(value)[0]), 6)
    0.25
    """
    value, slope = _frequency_part(theta, x)
    of_money, slopes = _money_part(theta, x, m)
    return value + of_money, slope + np.stack(slopes)


def _frequency_part(theta, x):
    """Return the terms that x alone decides; there are few different x."""
    p, q, v = theta
    value = gammaln(p * x + q) - gammaln(p * x) - gammaln(q) + q * np.log(v)
    shared = digamma(p * x + q)
    slope = (
        x * (shared - digamma(p * x)),
        shared - digamma(q) + np.log(v),
        np.full(x.shape, q / v),
    )
    return value, np.stack(slope)


def _money_part(theta, x, m):
    p, q, v = theta
    both = v + x * m
    log_both = np.log(both)
    log_share = np.log(x * m / both)
    value = p * x * log_share - np.log(m) - q * log_both
    return value, (x * log_share, -log_both, -(p * x + q) / both)


def _loss(log_theta, data, prior):
    theta = np.exp(log_theta)
    x, m, (xs, counts) = data
    value, slope = _frequency_part(theta, xs)
    loss, gradient = -(counts @ value) / x.size, -(slope @ counts) * theta / x.size
    for rows in blocks(x.size):
        value, slope = _money_part(theta, x[rows], m[rows])
        loss -= value.sum() / x.size
        gradient -= np.array([row.sum() for row in slope]) * theta / x.size
    if prior:
        loss += log_theta @ log_theta / (2 * PRIOR_SD**2 * x.size)
        gradient += log_theta / (PRIOR_SD**2 * x.size)
    return loss, gradient


def _variation(x, m, within):
    """Return ``within`` and ``between`` by moments; m scaled to a mean of 1.

    Bühlmann (1967), Experience rating and credibility: the variance of the means seen
    is that between customers plus what single purchases leave in a mean of x.
    """
    if x.size < MIN_CUSTOMERS:
        return {}
    within = 1.0 if within is None or not np.isfinite(within) else max(within, 0.01)
    between = float(np.var(m) - within * np.mean(1 / x))
    return {"within": float(within), "between": max(between, 0.05 * within, 0.01)}


def _correlation(x, m):
    """Return the correlation of frequency and money, NaN where one of them is equal."""
    if x.size < 3 or x.min() == x.max() or m.min() == m.max():
        return float("nan")
    return float(np.corrcoef(x, m)[0, 1])


def youth(x, T):
    """Return how far a customer is young and of few purchases, 0–1, shape of ``x``.

    Less each day, so that nobody's value jumps on a birthday. Who bought but once has
    said nothing yet of how often, and is none of them.

    :param x: repeat purchases; :param T: age in weeks

    >>> youth(np.array([0, 1, 3, 4, 1]), np.array([0.0, 0.0, 13.0, 0.0, 99.0])).tolist()
    [0.0, 1.0, 0.5, 0.0, 0.0]
    """
    return np.where((x > 0) & (x <= FEW), np.clip(1 - T / YOUNG, 0.0, 1.0), 0.0)


def level(params, x, T):
    """Return what past money asks amounts to be multiplied with, shape of ``x``.

    >>> level(Params(level=0.8, young=1.5), np.array([3, 9]), np.array([0.0, 99.0]))
    array([1.2, 0.8])
    """
    if params.young == 1.0:
        return np.full(np.shape(x), params.level)
    return params.level * params.young ** youth(x, T)


def expected_spend(params, x, m, opening=np.nan, T=np.inf):
    """Return the mean spend per future purchase, shape of ``x``.

    E[M] = p (v + x m) / (p x + q − 1), equation 5 of Fader and Hardie (2013), or by
    credibility, in which the first purchase may count, too.

    :param params: Params
    :param x: repeat purchases; :param m: their mean value, not read where x is 0
    :param opening: money of the first purchase, NaN unknown
    :param T: age in weeks

    >>> params = Params(p=6.25, q=3.74, v=15.44, mean=35.2)
    >>> found = expected_spend(params, np.array([0, 2]), np.array([0.0, 60.0]))
    >>> found.round(2).tolist()
    [35.22, 55.54]
    >>> both = params.by_credibility(30.0, 1.0, 1.0)
    >>> expected_spend(both, np.array([0, 2]), np.array([0.0, 60.0]), 50.0).tolist()
    [40.0, 50.0]
    """
    columns = (np.asarray(column, dtype=float) for column in (x, m, opening, T))
    columns = np.broadcast_arrays(*columns)
    size = columns[0].size
    if columns[0].ndim == 1 and size > BLOCK:
        parts = ([column[rows] for column in columns] for rows in blocks(size))
        return np.concatenate([expected_spend(params, *part) for part in parts])
    x, m, opening, T = columns
    asked = level(params, x, T)
    known = (x > 0) & (m > 0)
    x, m = np.where(known, x, 0.0), np.where(known, m, 0.0)
    if params.p is not None:
        found = params.p * (params.v + x * m) / (params.p * x + params.q - 1)
        # Whoever has bought but once has nothing else to tell by.
        once = (x == 0) & (opening > 0)
        single = (found + ONCE * np.where(once, opening, 0.0)) / (1 + ONCE)
        return asked * np.where(once, single, found)
    first = np.where(opening > 0, params.first, 0.0)
    own = x * m + first * np.where(opening > 0, opening, 0.0)
    weight = params.own_weight
    return asked * (weight * params.mean + own) / (weight + first + x)


def spread(params, x):
    """Return how uncertain spend is: (within a customer, of the customer's mean).

    Both as squared coefficients of variation: 1/p for one purchase of a customer whose
    mean is known, 1/(p x + q − 2) for the mean itself, at most 4 where the latter has
    no variance.

    >>> within, between = spread(Params(p=5.0, q=4.0, v=15.0), np.array([0, 1]))
    >>> within, between.round(3).tolist()
    (0.2, [0.5, 0.143])
    """
    x = np.asarray(x, dtype=float)
    if params.p is None:
        weight = params.own_weight
        return params.within, params.between * weight / (weight + params.first + x)
    return 1.0 / params.p, 1.0 / np.maximum(params.p * x + params.q - 2, 0.25)
