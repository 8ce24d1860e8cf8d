"""Payment behaviour: average delay, and share of receivables overdue.

Days late are weighted by money: what was paid by the day it was matched, what is still
open by the days up to now. A part settled by a credit note was never owed: it lowers
what is open and counts neither as paid nor as late. A part that was written off is not
open any more, but was never paid: it counts as late up to now.
"""

import numpy as np

from ..statistics.grouping import numbered
from .costs import positions
from .purchases import exact, ratio


def summarise(each):
    """Return how each customer pays.

    :param each: what :func:`amounts` returned
    :return: dict of arrays, ordered by ``partner``: ``days_late``,
        ``overdue_share`` and ``written_off_share``, NaN unknown; empty without any

    >>> due = {"line": np.array([4, 9]), "partner": np.array([7, 7]),
    ...     "balance": np.array([100.0, 100.0]), "day": np.array([10, 20])}
    >>> parts = {"line": np.array([4, 9]), "amount": np.array([100.0, 50.0]),
    ...     "day": np.array([16, 18]), "credited": np.array([0, 1]),
    ...     "lost": np.array([0.0, 0.0])}
    >>> answers = summarise(amounts(due, parts, 22))
    >>> answers["days_late"].round(2).tolist(), answers["overdue_share"].tolist()
    ([4.67], [1.0])
    """
    if not each["line"].size:
        return {}
    partners, customer = numbered(each["partner"])

    def by_customer(name):
        return exact(np.bincount(customer, each[name], partners.size))

    return {
        "partner": partners,
        "days_late": ratio(by_customer("late"), by_customer("counted")),
        "overdue_share": ratio(by_customer("overdue"), by_customer("open")),
        "written_off_share": ratio(by_customer("lost"), by_customer("owed")),
    }


def amounts(due, parts, as_of):
    """Return what each due amount adds to how its customer pays.

    :param due: dict of arrays, one entry a due amount: ``line`` (its id), ``partner``,
        ``balance`` (positive), ``day`` (it falls due)
    :param parts: dict of arrays, one entry a settlement: ``line`` (the due amount),
        ``amount``, ``day`` (of the match), ``credited`` (1: by a credit note), ``lost``
        (the share of it that was written off)
    :param as_of: the last day that counts
    :return: the columns of ``due`` ordered by ``line``, and money: ``owed`` (not
        credited), ``open``, ``overdue``, ``lost``, ``counted`` (paid, or due and
        unpaid), and ``late`` (what is counted × days)

    >>> due = {"line": np.array([4]), "partner": np.array([7]),
    ...     "balance": np.array([100.0]), "day": np.array([10])}
    >>> parts = {"line": np.array([4, 4]), "amount": np.array([20.0, 50.0]),
    ...     "day": np.array([16, 18]), "credited": np.array([1, 0]),
    ...     "lost": np.array([0.0, 0.4])}
    >>> each = amounts(due, parts, 20)
    >>> [each[name].item() for name in ("owed", "open", "lost", "counted", "late")]
    [80.0, 30.0, 20.0, 80.0, 740.0]
    """
    due = in_order(due)
    of_due = positions(due["line"], parts["line"])
    settled, paid, late, credited, lost = _settled(due, parts, of_due)
    still_open = np.maximum(exact(due["balance"] - settled), 0.0)
    age = np.maximum(as_of - due["day"], 0)
    unpaid = np.where(age > 0, still_open + lost, 0.0)
    return {
        **due,
        "owed": due["balance"] - credited,
        "open": still_open,
        "overdue": np.where(age > 0, still_open, 0.0),
        "lost": lost,
        "counted": paid + unpaid,
        "late": late + unpaid * age,
    }


def in_order(due):
    """Return the due amounts ordered by ``line``, themselves where they are so.

    >>> due = in_order({"line": np.array([9, 4]), "day": np.array([1, 2])})
    >>> due["day"].tolist(), in_order(due) is due
    ([2, 1], True)
    """
    if (np.diff(due["line"]) >= 0).all():
        return due
    order = np.argsort(due["line"], kind="stable")
    return {name: column[order] for name, column in due.items()}


def _settled(due, parts, of_due):
    """Return (settled, paid, paid × days late, credited, lost) of each due amount."""
    known = of_due >= 0
    at, size = of_due[known], due["line"].size

    def total(values):
        return np.bincount(at, values, size)

    amount = parts["amount"][known]
    settled = total(amount)
    credited = np.where(parts["credited"][known], amount, 0.0)
    amount -= credited
    lost = amount * parts["lost"][known]
    amount -= lost  # what is left was paid
    late = np.maximum(parts["day"][known] - due["day"][at], 0) * amount
    return settled, total(amount), total(late), total(credited), total(lost)
