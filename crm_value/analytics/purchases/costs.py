"""Costs of purchase lines, and the margin figures that follow from them.

A cost is known per unit of measure of its own: of the order line behind an invoice
line, or of the product. Sizes of units convert it to the unit of the line, so that a
cost per dozen becomes one per piece; a unit nobody recorded converts 1 : 1.
"""

import numpy as np


def positions(keys, wanted):
    """Return where each wanted key is in ``keys``, −1 where it is not.

    :param keys: distinct integers in ascending order, shape (k,)
    :param wanted: integers, shape (n,)

    >>> positions(np.array([2, 5]), np.array([5, 3, 2])).tolist()
    [1, -1, 0]
    """
    if not keys.size:
        return np.full(wanted.shape, -1)
    position = np.searchsorted(keys, wanted).clip(max=keys.size - 1)
    return np.where(keys[position] == wanted, position, -1)


def per_line(known, keys, units, sizes):
    """Return the cost of one unit of each line, in the line's unit; NaN unknown.

    :param known: dict of arrays of shape (k,): ``key`` (ascending), ``unit``, ``cost``
    :param keys: key of each line, shape (n,)
    :param units: unit of each line, 0 not recorded, shape (n,)
    :param sizes: size of each unit by its number, NaN at 0

    >>> known = {"key": np.array([7]), "unit": np.array([2]), "cost": np.array([24.0])}
    >>> keys, units = np.array([7, 7, 9]), np.array([1, 0, 1])
    >>> per_line(known, keys, units, np.array([np.nan, 1.0, 12.0])).tolist()
    [2.0, 24.0, nan]
    """
    position = positions(known["key"], keys)
    found = np.flatnonzero(position >= 0)
    at = position[found]
    ratio = sizes[units[found]] / sizes[known["unit"][at]]
    result = np.full(keys.shape, np.nan)
    result[found] = known["cost"][at] * np.where(np.isnan(ratio), 1.0, ratio)
    return result


def line_figures(lines, unit_cost):
    """Return the money figures of purchase lines.

    :param lines: dict of arrays: ``amount``, ``quantity`` (returns negative),
        ``returned`` (1 or 0), ``percent`` (discount, below 100)
    :param unit_cost: cost of one unit, NaN unknown

    >>> two = {"amount": np.array([90.0, -10.0]), "quantity": np.array([3.0, -1.0]),
    ...     "returned": np.array([0, 1]), "percent": np.array([10.0, 50.0])}
    >>> figures = line_figures(two, np.array([20.0, np.nan]))
    >>> [column.tolist() for column in figures.values()]
    [[0.0, 10.0], [90.0, 0.0], [60.0, 0.0], [10.0, -10.0]]
    """
    amount, percent = lines["amount"], lines["percent"]
    known = ~np.isnan(unit_cost)
    return {
        "returned": np.where(lines["returned"], -amount, 0.0),
        "costed": np.where(known, amount, 0.0),
        "cost": np.where(known, unit_cost * lines["quantity"], 0.0),
        "discount": amount * percent / (100.0 - percent),
    }
