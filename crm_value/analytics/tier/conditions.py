"""Conditions of tiers: thresholds, the figures that count, and what is missing."""

import numpy as np

from ..statistics import months
from .tier import CENT, CONDITIONS


def of_days(days, as_of, window_months):
    """Return revenue, margin and purchases of the window, and the tenure.

    The window is (as_of − months, as_of].

    :param days: purchases.Days
    :param as_of: its last day
    :return: dict of arrays in the order of ``days.customers``

    >>> from ..purchases.purchases import Days
    >>> zero = np.zeros(3)
    >>> lines = {"partner": np.ones(3, int), "day": np.array([0, 40, 70]),
    ...     "product": zero, "amount": zero + 50, "returned": zero, "costed": zero,
    ...     "cost": zero, "discount": zero}
    >>> found = of_days(Days(lines, 91, 0.3), 91, 2)
    >>> {name: column.tolist() for name, column in found.items()}
    {'margin': [30.0], 'revenue': [100.0], 'purchases': [2.0], 'tenure_months': [3.0]}
    """
    begin = months.add(np.array([float(as_of)]), -window_months)[0]
    within = days.day > begin
    bought = days.occasions()
    counted = bought.customer[bought.day > begin]
    first = np.full(bought.size, np.nan)
    first[bought.customer[::-1]] = bought.day[::-1]
    return {
        "margin": days.total(days.margin, within),
        "revenue": days.total(days.amount, within),
        "purchases": np.bincount(counted, minlength=bought.size).astype(float),
        "tenure_months": months.between(first, as_of),
    }


def matrix(columns, size):
    """Return the figures in the order of the conditions, shape (n, conditions).

    >>> matrix({"revenue": np.array([5.0])}, 1)[0].tolist()
    [nan, nan, 5.0, nan, nan, nan]
    """
    unknown = np.full(size, np.nan)
    return np.column_stack([columns.get(name, unknown) for name in CONDITIONS])


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
