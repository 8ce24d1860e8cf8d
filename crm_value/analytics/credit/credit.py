"""Credit grade: how surely a customer pays in time, by points that can be explained.

A scorecard in the manner of trade credit (Mays and Lynas, Credit Scoring for Risk
Managers): each part gives points, what is not known about a customer gives none and
takes none. Points say who is the surer payer, not how likely a loss is; whether they do
is tried on the past (trial.py).
"""

from dataclasses import dataclass

import numpy as np

from ..purchases import payments
from ..purchases.assortment import CENT
from ..purchases.purchases import exact, ratio
from ..statistics.grouping import numbered

YEAR = 365
GRACE = 14  # days: a payment that comes later than that is late
# The most points of each part [D]; they are a hundred.
MOST = {
    "late": 50.0,
    "overdue": 20.0,
    "trend": 10.0,
    "disputes": 10.0,
    "turnover": 5.0,
    "age": 5.0,
}
# Where a part has no points left [D].
LATE_DAYS, TREND_DAYS, OVERDUE_DAYS = 45.0, 30.0, 30.0
DISPUTED, COMPLAINTS = 0.2, 2.0
OLD = 3 * YEAR  # a customer of so many days is no newcomer any more
LIMITS = np.array([85.0, 70.0, 55.0, 40.0])  # from where on it is an A, a B, a C, a D
A, B, C, D, E = range(5)
# Days of trade that a limit takes in beyond the term, and how often, by grade [D].
SLACK = 30
TIMES = (1.5, 1.25, 1.0, 0.5)


@dataclass(frozen=True, slots=True)
class Ledger:
    """What customers had to pay, what settled it, and what they complained about.

    :param due: dict of arrays as in payments.amounts, and ``issued``, the day of the
        invoice
    :param parts: its settlements, as there
    :param complaints: dict of arrays: ``partner``, ``opened``, and ``closed``, NaN
        while it is not
    """

    due: dict
    parts: dict
    complaints: dict

    def until(self, day):
        """Return (due, parts) as they were known at the end of ``day``."""
        return (
            _rows(self.due, self.due["issued"] <= day),
            _rows(self.parts, self.parts["day"] <= day),
        )


def _rows(columns, chosen):
    if chosen.all():  # mostly so: of millions of amounts a copy is much
        return columns
    return {name: column[chosen] for name, column in columns.items()}


def standing(ledger, day):
    """Return what is known at the end of ``day`` of how each customer pays.

    :return: dict of arrays ordered by ``partner``: ``late`` (days late, by money, of
        what was due within the year; else of all), ``before`` (of earlier amounts),
        ``last`` (of the latest one that is paid or late), ``overdue`` (share of what
        is open), ``overdue_count``, ``overdue_since``, ``disputed`` (share credited of
        a year's invoices), ``complaints`` (open ones), ``turnover`` (a year's
        invoices) and ``age`` (days since the first invoice); NaN unknown

    >>> due = {"line": np.array([4, 9]), "partner": np.array([7, 7]),
    ...     "issued": np.array([0, 90]), "day": np.array([30, 120]),
    ...     "balance": np.array([100.0, 300.0])}
    >>> parts = {"line": np.array([4]), "amount": np.array([100.0]),
    ...     "day": np.array([45]), "credited": np.array([0]), "lost": np.array([0.0])}
    >>> none = dict.fromkeys(("partner", "opened", "closed"), np.zeros(0))
    >>> found = standing(Ledger(due, parts, none), 140)
    >>> found["late"].tolist(), found["overdue"].tolist(), found["last"].tolist()
    ([18.75], [1.0], [20.0])
    """
    due, parts = ledger.until(day)
    if not due["line"].size:
        return {}
    return standing_of(payments.amounts(due, parts, day), ledger.complaints, day)


def standing_of(each, complaints, day):
    """Return :func:`standing` from what ``payments.amounts`` returned of that day."""
    if not each["line"].size:
        return {}
    partners, owner = numbered(each["partner"])
    each = {**each, "owner": owner}
    return {
        "partner": partners,
        **_lateness(each, partners.size, day),
        **_owing(each, partners.size, day),
        "complaints": _open_complaints(complaints, partners, day),
    }


def _lateness(each, size, day):
    """Return how late each customer paid: lately, before, and the last time."""

    def mean(chosen):
        late, counted = (each[name] * chosen for name in ("late", "counted"))
        return ratio(_total(each, late, size), _total(each, counted, size))

    lately = each["day"] > day - YEAR
    late = mean(lately)
    return {
        "late": np.where(np.isnan(late), mean(1), late),
        "before": mean(~lately),
        "last": _last(each, size, day),
    }


def _owing(each, size, day):
    """Return what each customer owes, bought within the year, and disputed of it."""

    def total(values):
        return _total(each, values, size)

    of_year, overdue = each["issued"] > day - YEAR, each["overdue"] > CENT
    credited = each["balance"] - each["owed"]
    return {
        "overdue": ratio(total(each["overdue"]), total(each["open"])),
        "overdue_count": total(overdue),
        "overdue_since": _first(each, "day", overdue, size),
        "disputed": ratio(total(credited * of_year), total(each["balance"] * of_year)),
        "turnover": total(each["owed"] * of_year),
        "age": day - _first(each, "issued", each["balance"] > 0, size),
    }


def _total(each, values, size):
    return exact(np.bincount(each["owner"], values, size))


def _first(each, name, chosen, size):
    """Return the earliest of the chosen days of each customer, NaN without one."""
    found = np.full(size, np.inf)
    np.minimum.at(found, each["owner"][chosen], each[name][chosen])
    return np.where(np.isinf(found), np.nan, found)


def _last(each, size, day):
    """Return how late the latest amount was, of those that are paid or late by now.

    Of one that has been due for a few days nobody knows yet whether it is late.
    """
    known = (each["open"] <= CENT) | (day - each["day"] > GRACE)
    rows = np.flatnonzero((each["counted"] > CENT) & known)
    order = rows[np.lexsort((each["line"][rows], each["day"][rows]))]
    found = np.full(size, np.nan)
    # The last one stays.
    found[each["owner"][order]] = each["late"][order] / each["counted"][order]
    return found


def _open_complaints(complaints, partners, day):
    """Return how many complaints of each customer are open at the end of ``day``."""
    asked = (complaints["opened"] <= day) & ~(complaints["closed"] <= day)
    asked &= np.isin(complaints["partner"], partners)
    place = np.searchsorted(partners, complaints["partner"][asked])
    return np.bincount(place, minlength=partners.size).astype(float)


def points(found, typical):
    """Return {part: points of each customer}, NaN where nothing is known of it.

    :param found: what :func:`standing` returned
    :param typical: a usual turnover of a year, NaN unknown

    >>> who = {"late": 15, "before": 0, "overdue": np.nan, "overdue_days": np.nan,
    ...     "disputed": 0, "complaints": 0, "turnover": 50, "age": 365}
    >>> who = {name: np.array([float(value)]) for name, value in who.items()}
    >>> [part.round(2).item() for part in points(who, 100.0).values()]
    [33.33, 20.0, 5.0, 10.0, 2.5, 1.67]
    """
    overdue = found["overdue"] * np.minimum(found["overdue_days"] / OVERDUE_DAYS, 1)
    lost = {
        "late": found["late"] / LATE_DAYS,
        "overdue": np.nan_to_num(overdue),  # where nothing is open, nothing is overdue
        "trend": (found["late"] - found["before"]) / TREND_DAYS,
        "disputes": _disputes(found),
        "turnover": 1 - found["turnover"] / typical,
        "age": 1 - found["age"] / OLD,
    }
    return {name: MOST[name] * (1 - part.clip(0, 1)) for name, part in lost.items()}


def _disputes(found):
    """Return how much of the points disputes take, NaN where none could be."""
    nothing = np.isnan(found["disputed"]) & (found["complaints"] == 0)
    taken = np.nan_to_num(found["disputed"]) / DISPUTED
    return np.where(nothing, np.nan, taken + found["complaints"] / COMPLAINTS)


def total(parts):
    """Return the points of a hundred: of what is known, out of what that could give.

    >>> total({"late": np.array([20.0]), "age": np.array([np.nan])}).tolist()
    [40.0]
    """
    given = np.array(list(parts.values()))
    most = np.array([[MOST[name]] for name in parts]) * ~np.isnan(given)
    return 100 * ratio(np.nansum(given, axis=0), most.sum(axis=0))


def rated(found, day, typical):
    """Return (points of each part, points in all) of a standing at the end of ``day``.

    Who never had anything to pay has none. A usual turnover is the median of who
    bought within the year, where ``typical`` is None.

    >>> rated({}, 5, None)
    ({}, array([], dtype=float64))
    """
    if not found:
        return {}, np.zeros(0)
    usual = usual_turnover(found) if typical is None else typical
    days = {"overdue_days": day - found["overdue_since"]}
    parts = points({**found, **days}, usual)
    unknown = np.isnan(found["late"])
    return parts, np.where(unknown, np.nan, np.round(total(parts), 9))


def usual_turnover(found):
    """Return the median turnover of who bought within the year, NaN of nobody.

    >>> usual_turnover({"turnover": np.array([0.0, 10.0, 30.0])})
    20.0
    """
    bought = found["turnover"][found["turnover"] > CENT]
    return float(np.median(bought)) if bought.size else np.nan


def grade(in_all):
    """Return the grade of points, A to E, −1 where they are unknown.

    >>> grade(np.array([100, 85, 84.9, 55, 40, 12, np.nan])).tolist()
    [0, 0, 1, 2, 3, 4, -1]
    """
    below = (np.asarray(in_all, float)[:, None] < LIMITS).sum(axis=1)
    return np.where(np.isnan(in_all), -1, below)


def limit(turnover, term_days, late, of_grade):
    """Return the credit limit that a year's turnover suggests, None for none.

    What is sold in the days until it is paid, and SLACK days more, times what the grade
    allows; in two digits. Nothing is suggested for an E, who pays in advance, or where
    nothing was sold.

    >>> limit(36500.0, 30, 10.0, B), limit(36500.0, 30, 10.0, E), limit(0.0, 30, 0, A)
    (8800.0, None, None)
    """
    if of_grade == E or not turnover > CENT:
        return None
    days = term_days + max(late, 0.0) + SLACK
    money = turnover / YEAR * days * TIMES[of_grade]
    step = 10.0 ** (np.floor(np.log10(money)) - 1)
    return float(np.round(np.ceil(np.round(money / step, 9)) * step, 2))
