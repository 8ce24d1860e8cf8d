"""Which contacts of the past a cap or a budget would have left out."""

import numpy as np


def within_cap(customers, days, cap, period):
    """Return which contacts a cap would have let through, oldest first.

    A contact goes out where fewer than ``cap`` that went out are less than ``period``
    days old, as the policy counts.

    :param customers: whose, shape (n,); :param days: when, shape (n,)

    >>> within_cap(np.array([1, 1, 1, 2]), np.array([0, 5, 31, 5]), 1, 30).tolist()
    [True, False, True, True]
    >>> within_cap(np.array([1]), np.array([0]), 0, 30).tolist()
    [False]
    """
    sent = np.zeros(customers.size, bool)
    if not cap or not customers.size:
        return sent
    order = np.lexsort((days, customers))
    _who, first, size = np.unique(
        customers[order], return_index=True, return_counts=True
    )
    last = np.full((first.size, cap), -np.inf)  # days of the last contacts, oldest left
    for turn in range(int(size.max())):
        mine = np.flatnonzero(size > turn)
        rows = order[first[mine] + turn]
        free = last[mine, 0] <= days[rows] - period
        sent[rows] = free
        who = mine[free]
        last[who] = np.column_stack((last[who, 1:], days[rows[free]]))
    return sent


def within_budget(days, count):
    """Return which contacts a budget for so many would have paid, oldest first.

    >>> within_budget(np.array([7, 3, 5]), 2).tolist()
    [False, True, True]
    """
    sent = np.zeros(days.size, bool)
    sent[np.argsort(days, kind="stable")[:count]] = True
    return sent


def left_out(customers, sent):
    """Return (contacts left out, customers whom none reached).

    >>> left_out(np.array([1, 1, 2]), np.array([True, False, False]))
    (2, 1)
    """
    reached = np.unique(customers[sent]).size
    return int((~sent).sum()), int(np.unique(customers).size - reached)
