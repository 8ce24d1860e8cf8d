"""How much customers lack of the limits of a tier."""

import numpy as np

from .tier import CENT, CONDITIONS


def missing(figures, limits):
    """Return how much each customer lacks of each limit, shape (n, conditions).

    Zero where a limit is met or not asked for, NaN where the figure is not known.

    :param limits: of one tier, shape (conditions,), or of one tier per customer

    >>> missing(np.array([[3.0, 8.0, np.nan]]), np.array([5.0, np.nan, 2.0])).tolist()
    [[2.0, 0.0, nan]]
    """
    asked = ~np.isnan(np.broadcast_to(limits, figures.shape))
    short = np.maximum(limits - figures, 0.0)
    short[short <= CENT] = 0.0
    return np.where(asked, short, 0.0)


def as_revenue(margin, figures):
    """Return the revenue that brings a margin at the customer's own rate, NaN unknown.

    :param margin: shape (n,); :param figures: shape (n, conditions)

    >>> own = np.array([[np.nan, 25.0, 100.0, 0, 0, 0], [np.nan, 0.0, 0.0, 0, 0, 0]])
    >>> as_revenue(np.array([10.0, 10.0]), own).tolist()
    [40.0, nan]
    """
    own, revenue = (figures[:, CONDITIONS.index(n)] for n in ("margin", "revenue"))
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where((own > 0) & (revenue > 0), margin * revenue / own, np.nan)
