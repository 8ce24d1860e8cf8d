"""What a campaign costs and returns, and whether the draw was left alone.

Hughes (2012), Strategic Database Marketing: break-even; Fabijan et al. (2019),
Diagnosing sample ratio mismatch in online controlled experiments: the sizes of both
groups tell whether somebody was taken out of one of them.
"""

import numpy as np
from scipy import stats


def sample_ratio(n_treated, n_held, share):
    """Return how often chance alone gives sizes as far from the share (χ², 1 df).

    >>> sample_ratio(80, 20, 0.2)
    1.0
    >>> sample_ratio(900, 100, 0.2) < 0.001
    True
    """
    n = n_treated + n_held
    if not n:
        return np.nan
    expected = n * share
    square = (n_held - expected) ** 2 * (1 / expected + 1 / (n - expected))
    return float(stats.chi2.sf(square, 1))


def break_even(cost, sale):
    """Return the share of customers who must buy because of it, NaN if unknown.

    :param cost: per customer
    :param sale: margin of a customer who buys

    >>> round(break_even(0.55, 40), 6)
    0.01375
    """
    return cost / sale if sale > 0 else np.nan


def roi(lifts, treated, cost):
    """Return what each lift of one customer returns per unit of cost, less the cost.

    >>> [float(one) for one in roi((10.0, 0.0), 100, 500.0)]
    [1.0, -1.0]
    """
    gains = np.asarray(lifts, float) * treated
    return (gains - cost) / cost if cost > 0 else np.full(gains.shape, np.nan)
