"""Costs of purchase lines.

A cost is known per unit of measure of its own: of the order line behind an invoice
line, or of the product. Sizes of units convert it to the unit of the line, so that a
cost per dozen becomes one per piece; a unit nobody recorded converts 1 : 1.
"""

import numpy as np

from ..statistics.grouping import in_parts


def positions(keys, wanted):
    """Return where each wanted key is in ``keys``, −1 where it is not.

    :param keys: distinct integers in ascending order, shape (k,)
    :param wanted: integers, shape (n,)

    >>> positions(np.array([2, 5]), np.array([5, 3, 2])).tolist()
    [1, -1, 0]
    """
    if not keys.size:
        return np.full(wanted.shape, -1)

    def find(rows):
        some = wanted[rows]
        position = np.searchsorted(keys, some).clip(max=keys.size - 1)
        return {"at": np.where(keys[position] == some, position, -1)}

    return in_parts(find, wanted.size)["at"]


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
