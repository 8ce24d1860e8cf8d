"""How unevenly the purchases of a customer come to differ, as some leave on the way.

The variance of a number of purchases N follows from E[N(N − 1)], the pairs of purchases
to expect. Who may leave soon has more of them for the same mean: some bring a whole
year, some a few weeks. With rate and chance to leave known, the pairs have a closed
form in both models of buying. Over the rate they are integrated exactly, over the
chance to leave by Gauss's rule of two points, which has the first three moments of its
distribution (of Beta and Gamma: within half a per cent of the integral).
"""

import numpy as np

LEAST = 1e-5  # expected leavings below which a limit is as exact as its formula


def pairs(params, t, x, T):
    """Return E[N(N − 1)] ÷ E[N]² within ``t`` of who is still a customer, shape (n,).

    1 + 1 ÷ (r + x) where nobody leaves.

    :param params: clv.Params
    :param t: length of the future; :param x, T: see :func:`clv.fit`

    >>> from .clv import Params
    >>> stays = Params("mbg", r=1.0, alpha=5.0, a=1e-6, b=9.0)
    >>> pairs(stays, 52.0, np.array([0.0, 9.0]), 40.0).round(2).tolist()
    [2.0, 1.1]
    >>> leaves = Params("mbg", r=1.0, alpha=5.0, a=1.0, b=9.0)
    >>> pairs(leaves, 52.0, np.array([0.0, 9.0]), 40.0).round(2).tolist()
    [1.85, 1.22]
    """
    x, T = np.broadcast_arrays(*(np.asarray(c, dtype=float) for c in (x, T)))
    if params.model == "pareto":
        return _leaving_any_time(params, t, x, T)
    return _leaving_after_one(params, t, x, T)


def _leaving_after_one(params, t, x, T):
    """Of BG/NBD and MBG/NBD: a chance p ~ Beta to leave after each purchase.

    With a rate λ ~ Gamma(n, α + T) and y = p t / (α + T): E[N] = (1 − (1 + y)^−n) / p,
    and the pairs are 2 (1 − p) (1 − (1 + y)^−n − n y (1 + y)^−(n + 1)) / p².
    """
    n, a, b = params.r + params.k * x, params.a, params.b + x + (params.model == "mbg")
    seen = params.k * (params.alpha + T)
    mean, spread = a / (a + b), np.sqrt(a * b / (a + b + 1)) / (a + b)
    skew = 2 * (b - a) * np.sqrt((a + b + 1) / (a * b)) / (a + b + 2)
    once = twice = 0.0
    for p, weight in two_points(mean, spread, skew):
        y = np.maximum(p * t / seen, LEAST)
        bought = -np.expm1(-n * np.log1p(y))
        last = n * y / (1 + y) * (1 - bought)
        once = once + weight * bought / y
        twice = twice + weight * 2 * (1 - p) * (bought - last) / y**2
    return twice / once**2


def _leaving_any_time(params, t, x, T):
    """Of Pareto/NBD: leaving is a matter of time, at a rate μ ~ Gamma(s, β + T).

    With y = μ t: E[N] goes with (1 − e^−y) / y, the pairs with
    2 (1 − e^−y − y e^−y) / y².
    """
    s, still = params.s, params.beta + T
    once = twice = 0.0
    for rate, weight in two_points(s / still, np.sqrt(s) / still, 2 / np.sqrt(s)):
        y = np.maximum(rate * t, LEAST)
        bought = -np.expm1(-y)
        once = once + weight * bought / y
        twice = twice + weight * 2 * (bought - y * (1 - bought)) / y**2
    return (1 + 1 / (params.r + x)) * twice / once**2


def two_points(mean, spread, skew):
    """Return the two (point, weight) of a distribution's first three moments.

    >>> np.array(two_points(3.0, 1.0, 0.0)).tolist()
    [[2.0, 0.5], [4.0, 0.5]]
    """
    middle, reach = skew / 2, np.sqrt(1 + (skew / 2) ** 2)
    share = (reach + middle) / (2 * reach)
    low, high = middle - reach, middle + reach
    return (mean + spread * low, share), (mean + spread * high, 1 - share)
