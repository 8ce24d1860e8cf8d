"""What the tiers ask for, as figures of the qualifying window."""

import numpy as np

from ..statistics import months
from .tier import CONDITIONS


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
