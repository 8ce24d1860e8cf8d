"""Lapsed product categories of customers that go on buying other things."""

from dataclasses import dataclass

import numpy as np

from .histories import median_gaps

CENT = 0.005
REGULAR = 3  # purchases from which on a category has a purchase cycle of its own


@dataclass(frozen=True, slots=True)
class Baskets:
    """Days on which a customer bought of a category, ordered by all three.

    :param customer: position of the customer; :param category: id, above 0
    :param day: days since any epoch
    :param amount: net money, > 0
    """

    customer: np.ndarray
    category: np.ndarray
    day: np.ndarray
    amount: np.ndarray

    def take(self, rows):
        """Return some of the rows, by mask or position in order."""
        columns = (self.customer, self.category, self.day, self.amount)
        return Baskets(*(column[rows] for column in columns))


def baskets(customer, category, day, amount):
    """Return the Baskets of purchase lines; lines of category 0 are of none.

    >>> found = baskets(*np.array([[0, 0, 0], [7, 7, 0], [3, 3, 3], [5, 6, 9]]))
    >>> found.category.tolist(), found.amount.tolist()
    ([7], [11])
    """
    known = category > 0
    customer, category, day, amount = (
        column[known] for column in (customer, category, day, amount)
    )
    if not customer.size:
        return Baskets(customer, category, day, amount)
    # One sortable number: customer, category and day, each in digits of its own.
    kinds, span = int(category.max()) + 1, int(np.ptp(day)) + 1
    key = (customer.astype(np.int64) * kinds + category) * span + (day - day.min())
    order = np.argsort(key)
    key = key[order]
    starts = np.flatnonzero(np.append(True, key[1:] != key[:-1]))
    money = np.add.reduceat(amount[order], starts)
    kept, rows = money > CENT, order[starts]
    return Baskets(customer[rows], category[rows], day[rows], money).take(kept)


def overdue(bought, day, size):
    """Return (index, category, share) of what weighs most among what has stopped.

    Only categories with REGULAR purchases count. The index is the days since the last
    purchase of the category in units of the median gap between two; the category is
    the one whose index times its share of the customer's money is largest.

    :param bought: Baskets; later days in it are left out
    :return: arrays of shape (size,); NaN, 0 and NaN without a regular category

    >>> day = np.array([0, 10, 20, 50, 60]); one = np.ones(5, int)
    >>> found = overdue(Baskets(one * 0, one * 7, day, one * 5.0), 70, 2)
    >>> [column.tolist() for column in found]
    [[1.0, nan], [7, 0], [1.0, nan]]
    """
    index, category, share = np.full(size, np.nan), np.zeros(size, int), None
    share = index.copy()
    bought = bought.take(bought.day <= day)
    if not bought.day.size:
        return index, category, share
    customer, kind, last, money, gap = _regular(bought)
    late = (day - last) / np.maximum(gap, 1.0)
    weight = money / np.bincount(bought.customer, bought.amount, size)[customer]
    order = np.lexsort((kind, -(late * weight).round(9), customer))
    worst = order[_starts(customer[order])]
    owner = customer[worst]
    index[owner], category[owner], share[owner] = (
        late[worst],
        kind[worst],
        weight[worst],
    )
    return index, category, share


def _regular(bought):
    """Return customer, category, last day, money and gap of each regular category."""
    new = _changes(bought.customer) | _changes(bought.category)
    starts = np.flatnonzero(new)
    counts = np.diff(np.append(starts, new.size))
    money = np.add.reduceat(bought.amount, starts)
    last = bought.day[starts + counts - 1]
    regular = counts >= REGULAR
    within = np.repeat(regular, counts)
    owner = np.repeat(np.cumsum(regular) - 1, counts)  # its place among the regular
    gaps = median_gaps(owner[within], bought.day[within], int(regular.sum()))
    rows = starts[regular]
    return (
        bought.customer[rows],
        bought.category[rows],
        last[regular],
        money[regular],
        gaps,
    )


def _changes(column):
    return np.append(True, column[1:] != column[:-1])


def _starts(column):
    return np.flatnonzero(_changes(column)) if column.size else np.zeros(0, int)
