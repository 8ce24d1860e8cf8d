"""Discounts as the customer gets them, whatever they are called on an order.

A line may be cheaper by its discount, by a price typed in or by its pricelist. Its
order may be cheaper by negative lines and by free products: these are taken off all
lines alike, each by the same share of what it costs.
"""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, slots=True)
class Lines:
    """What is sold, one row a line; all prices of a unit, without tax.

    :param order: position of the line's order
    :param quantity: 0 where the customer has not chosen the line yet
    :param price: what is asked, before what is taken off the order
    :param reference: price without any discount, NaN if not known
    :param cost: NaN if not known
    """

    order: np.ndarray
    quantity: np.ndarray
    price: np.ndarray
    reference: np.ndarray
    cost: np.ndarray


def discounts(lines, share):
    """Return the discount of each line in percent, NaN where nothing is known.

    :param share: what is left of the prices of each order, see quotation/share.py

    >>> two = Lines(
    ...     np.array([0, 0]),
    ...     np.array([1, 0]),
    ...     np.array([90.0, 50.0]),
    ...     np.array([100.0, np.nan]),
    ...     np.array([60.0, 20.0]),
    ... )
    >>> discounts(two, np.array([0.9])).round(6).tolist()
    [19.0, nan]
    """
    real = lines.price * share[lines.order.astype(int)]
    known = lines.reference > 0
    rate = np.divide(real, lines.reference, out=np.full(len(real), np.nan), where=known)
    return 100 * (1 - rate)


def margins(lines, share):
    """Return the margin of each order in percent of its price, NaN if not known.

    Lines of unknown cost are left out, on both sides.

    >>> two = Lines(
    ...     np.array([0, 0]),
    ...     np.array([2, 1]),
    ...     np.array([100.0, 50.0]),
    ...     np.array([100.0, 50.0]),
    ...     np.array([60.0, np.nan]),
    ... )
    >>> margins(two, np.array([0.8, 1.0])).tolist()
    [25.0, nan]
    """
    order, known = lines.order.astype(int), ~np.isnan(lines.cost)
    real = np.where(known, lines.price * share[order] * lines.quantity, 0.0)
    cost = np.where(known, lines.cost * lines.quantity, 0.0)
    price = np.bincount(order, real, len(share))
    left = price - np.bincount(order, cost, len(share))
    return 100 * np.divide(
        left, price, out=np.full(len(share), np.nan), where=price > 0
    )
