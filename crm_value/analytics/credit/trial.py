"""Try of the credit grade on the past: against what was paid next, and a naive rule.

At each of some past days the grade is found from what was known by then, and compared
with how the customer paid what fell due in the quarter after it. A rule that needs no
points is asked the same: who was late with the latest invoice is late again. Which of
the two tells better who pays late is the area under the curve; the difference is
paired (DeLong, DeLong and Clarke-Pearson 1988). Customers who stand at several days
count at each.
"""

import numpy as np

from ..equity.retention import wilson
from ..purchases.assortment import CENT
from ..purchases.costs import positions
from ..statistics.accuracy import auc, auc_gain
from . import credit

QUARTER = 91  # days that are looked at
DAYS = 8  # past days at most
FEWEST = 10  # customers of each kind, late and in time, below which nothing is tried
HALF = 0.5  # of the money that was late: the customer paid late
POINTS, LAST, UNTRIED = "points", "last", "untried"


def run(ledger, day):
    """Return the account of the try, as plain data.

    :return: dict of ``rule`` (which one is in force), ``typical`` (turnover of a usual
        customer), ``days`` (the past days), ``customers`` and ``late`` (how many stood
        there, and paid late), ``auc`` and ``naive`` (of grade and rule), ``gain`` and
        ``error``, ``grades`` and ``last`` (how many of each, how many late, between)

    >>> none = dict.fromkeys(("line", "issued", "day", "partner"), np.zeros(0))
    >>> run(credit.Ledger(none, none, none), 5)["rule"]
    'untried'
    """
    rows = _pooled(ledger, day)
    late, risk = rows["late"], rows["grade"]
    naive = (rows["last"] > credit.GRACE).astype(int)
    gain, error = auc_gain(risk, naive, late)
    return {
        "rule": _rule(late, gain),
        "typical": _typical(ledger, day),
        "days": rows["days"],
        "customers": int(late.size),
        "late": int(late.sum()),
        "auc": auc(risk, late),
        "naive": auc(naive, late),
        "gain": gain,
        "error": error,
        "grades": _shares(risk, late, len(credit.LIMITS) + 1),
        "last": _shares(naive, late, 2),
    }


def _rule(late, gain):
    """Return which rule is in force: the grade, unless the naive one was better."""
    if min(late.sum(), (~late).sum()) < FEWEST:
        return UNTRIED
    return POINTS if gain > 0 else LAST


def _typical(ledger, day):
    found = credit.standing(ledger, day)
    typical = credit.usual_turnover(found) if found else np.nan
    return None if np.isnan(typical) else typical


def _shares(kinds, late, count):
    """Return how many of each kind there were, how many late, and the share between."""
    of = np.bincount(kinds, minlength=count)
    events = np.bincount(kinds, late, minlength=count)
    low, high = wilson(events, of)
    return [
        {
            "customers": int(of[at]),
            "late": int(events[at]),
            "between": [float(low[at]), float(high[at])] if of[at] else None,
        }
        for at in range(count)
    ]


def _pooled(ledger, day):
    """Return the rows of all past days: ``grade``, ``last``, ``late`` and ``days``."""
    parts, days = [], []
    for at in range(DAYS):
        past = day - credit.GRACE - QUARTER * (at + 1)
        rows = _at(ledger, past, day)
        if rows["late"].size:
            parts.append(rows)
            days.append(int(past))
    none = [_nobody()]
    return {
        "days": days,
        **{name: np.concatenate([p[name] for p in parts or none]) for name in none[0]},
    }


def _nobody():
    return {"grade": np.zeros(0, int), "last": np.zeros(0), "late": np.zeros(0, bool)}


def _at(ledger, past, day):
    """Return the rows of one past day: who had a grade, and owed something next."""
    found = credit.standing(ledger, past)
    _parts, in_all = credit.rated(found, past, None)
    partners, share = paid_late(ledger, past, day)
    if not found or not partners.size:
        return _nobody()
    place = positions(found["partner"], partners)
    known = place >= 0
    place, share = place[known], share[known]
    rated = ~np.isnan(in_all[place])
    place = place[rated]
    return {
        "grade": credit.grade(in_all[place]),
        "last": found["last"][place],
        "late": share[rated] > HALF,
    }


def paid_late(ledger, past, day):
    """Return (customers, share of money paid late) of what fell due in the quarter.

    Late is what was not there GRACE days after it was due, and what was written off;
    what was credited since was never owed.

    >>> due = {"line": np.array([4, 9]), "partner": np.array([7, 7]),
    ...     "issued": np.array([0, 0]), "day": np.array([30, 40]),
    ...     "balance": np.array([100.0, 300.0])}
    >>> parts = {"line": np.array([4, 9]), "amount": np.array([100.0, 300.0]),
    ...     "day": np.array([44, 55]), "credited": np.zeros(2, int),
    ...     "lost": np.zeros(2)}
    >>> [found.tolist() for found in paid_late(credit.Ledger(due, parts, {}), 0, 200)]
    [[7], [0.75]]
    """
    due, parts = ledger.until(day)
    chosen = (due["day"] > past) & (due["day"] <= past + QUARTER)
    order = np.argsort(due["line"][chosen], kind="stable")
    due = {name: column[chosen][order] for name, column in due.items()}
    if not due["line"].size:
        return np.zeros(0, int), np.zeros(0)
    at = positions(due["line"], parts["line"])
    parts, at = {name: part[at >= 0] for name, part in parts.items()}, at[at >= 0]
    credited = parts["amount"] * (parts["credited"] > 0)
    in_time = (parts["day"] <= due["day"][at] + credit.GRACE) * (1 - parts["lost"])
    paid = (parts["amount"] - credited) * in_time
    size = due["line"].size
    owed = due["balance"] - np.bincount(at, credited, size)
    late = np.maximum(owed - np.bincount(at, paid, size), 0.0)
    partners, owner = np.unique(due["partner"], return_inverse=True)
    owed, late = (np.bincount(owner, money) for money in (owed, late))
    some = owed > CENT
    return partners[some], late[some] / owed[some]
