"""Payment behaviour: average delay, and share of receivables overdue.

Days late are weighted by money: what was paid by the day it was matched, what is still
open by the days up to now. A part settled by a credit note was never owed: it lowers
what is open and counts neither as paid nor as late.
"""

import numpy as np

from .costs import positions
from .purchases import exact, ratio


def summarise(due, parts, as_of):
    """Return how each customer pays.

    :param due: dict of arrays, one entry a due amount: ``line`` (its id), ``partner``,
        ``balance`` (positive), ``day`` (it falls due)
    :param parts: dict of arrays, one entry a settlement: ``line`` (the due amount),
        ``amount``, ``day`` (of the match), ``credited`` (1: by a credit note)
    :param as_of: the last day that counts
    :return: dict of arrays, ordered by ``partner``: ``days_late`` and
        ``overdue_share``, NaN unknown

    >>> due = {"line": np.array([4, 9]), "partner": np.array([7, 7]),
    ...     "balance": np.array([100.0, 100.0]), "day": np.array([10, 20])}
    >>> parts = {"line": np.array([4, 9]), "amount": np.array([100.0, 50.0]),
    ...     "day": np.array([16, 18]), "credited": np.array([0, 1])}
    >>> answers = summarise(due, parts, 22)
    >>> answers["days_late"].round(2).tolist(), answers["overdue_share"].tolist()
    ([4.67], [1.0])
    """
    if not due["line"].size:
        return {}
    order = np.argsort(due["line"])
    due = {name: column[order] for name, column in due.items()}
    of_due = positions(due["line"], parts["line"])
    settled, paid, late = _settled(due, parts, of_due)
    still_open = np.maximum(exact(due["balance"] - settled), 0.0)
    age = np.maximum(as_of - due["day"], 0)
    partners, customer = np.unique(due["partner"], return_inverse=True)

    def by_customer(values):
        return exact(np.bincount(customer, values, partners.size))

    overdue = by_customer(np.where(age > 0, still_open, 0.0))
    return {
        "partner": partners,
        "days_late": ratio(
            by_customer(late + still_open * age), by_customer(paid) + overdue
        ),
        "overdue_share": ratio(overdue, by_customer(still_open)),
    }


def _settled(due, parts, of_due):
    """Return (settled, paid, paid × days late) of each due amount."""
    known = of_due >= 0
    at, amount, day = of_due[known], parts["amount"][known], parts["day"][known]
    paid = np.where(parts["credited"][known], 0.0, amount)
    late = paid * np.maximum(day - due["day"][at], 0)
    size = due["line"].size
    return tuple(np.bincount(at, part, size) for part in (amount, paid, late))
