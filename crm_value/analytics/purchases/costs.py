"""Costs of purchase lines.

A cost is known per unit of measure of its own: of the order line behind an invoice
line, or of the product. Sizes of units convert it to the unit of the line, so that a
cost per dozen becomes one per piece; a unit nobody recorded converts 1 : 1.
"""

import numpy as np

from ..statistics.grouping import SPARSE


def positions(keys, wanted):
    """Return where each wanted key is in ``keys``, −1 where it is not.

    Ids of one table lie close together: a look at the place of each is faster than a
    search for it, unless few are wanted of many.

    :param keys: distinct integers in ascending order, shape (k,)
    :param wanted: integers, shape (n,)

    >>> positions(np.array([2, 5]), np.array([5, 3, 2])).tolist()
    [1, -1, 0]
    >>> positions(np.array([2, 10**9]), np.array([10**9, -3, 2, 7])).tolist()
    [1, -1, 0, -1]
    """
    if not keys.size:
        return np.full(wanted.shape, -1)
    size = int(keys[-1]) + 1
    if keys[0] < 0 or size > SPARSE * wanted.size:
        position = np.searchsorted(keys, wanted).clip(max=keys.size - 1)
        return np.where(keys[position] == wanted, position, -1)
    place = np.full(size + 1, -1, np.int32)  # the last one stands for all that is not
    place[keys] = np.arange(keys.size)
    return place[np.where((wanted >= 0) & (wanted < size), wanted, size)]


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
