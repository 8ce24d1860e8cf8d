"""Lines of purchases summed by month, customer and what else they are looked at by.

A row is one month × customer × category × salesperson × channel. Money adds up over
any rows. A purchase is one day of one customer, as everywhere; it counts in the row
with most of it, so that purchases add up, too. Customers do not: one who bought in two
channels is in the rows of both, and different customers are counted by their ids.
"""

from dataclasses import dataclass

import numpy as np

from ..purchases.purchases import CENT, exact

KEYS = ("month", "partner", "category", "user", "channel")
MONEY = ("amount", "returned", "discount", "costed")
MONTHS = 12  # of a customer's first year
YOUNG, OLD = 1, 2  # in the first year, older; 0 has not bought yet


@dataclass(frozen=True, slots=True)
class Known:
    """What month ends say of the customers, and who is no single customer.

    :param many: ids of contacts that stand for many, no customers
    :param ends: months whose end is known
    :param lost: (partners, months): who was lost at the end of which month
    """

    many: np.ndarray
    ends: np.ndarray
    lost: tuple

    def is_lost(self, partners, months):
        """Return who was lost at the end of these months."""
        return np.isin(_pair(partners, months), _pair(*self.lost))

    def is_known(self, months):
        return np.isin(months, self.ends)


def months_of(days):
    """Return the months (since 1970) of days since 2000.

    >>> months_of(np.array([0, 30, 31, 366])) - 360
    array([ 0,  0,  1, 12])
    """
    return (np.datetime64("2000-01-01", "D") + days).astype("M8[M]").astype(int)


def first_days(months):
    """Return the first days (since 2000) of months since 1970.

    >>> first_days(np.array([360, 361])).tolist()
    [0, 31]
    """
    first = np.asarray(months).astype("M8[M]").astype("M8[D]")
    return (first - np.datetime64("2000-01-01", "D")).astype(int)


def monthly(lines, known):
    """Return the rows, ordered by month and customer, as a dict of arrays.

    :param lines: dict of arrays: partner, day, category, user, channel, amount, bought,
        returned, costed, cost, deducted, discount and quantity (NaN: not known)
    :param known: Known

    >>> lines = {name: np.zeros(3) for name in
    ...     "category user channel returned costed cost deducted discount".split()}
    >>> lines["partner"], lines["day"] = np.array([7, 7, 7]), np.array([0, 0, 40])
    >>> lines["category"] = np.array([1, 2, 1])
    >>> lines["amount"] = lines["bought"] = np.array([5.0, 10.0, 10.0])
    >>> lines["quantity"] = np.array([1, np.nan, 2])
    >>> nobody = np.zeros(0, int)
    >>> rows = monthly(lines, Known(nobody, np.array([360]), (nobody, nobody)))
    >>> rows["amount"].tolist(), rows["purchases"].tolist()
    ([5.0, 10.0, 10.0], [0, 1, 1])
    >>> rows["new"].tolist(), rows["kept"].tolist(), rows["margin"].tolist()
    ([7, 7, 0], [0, 0, 7], [nan, nan, nan])
    >>> rows["followed"].tolist(), rows["ended"].tolist()  # 0: nobody can know who
    ([0, 0, 1], [0, 0, 0])
    """
    lines = {**lines, "month": months_of(lines["day"])}
    order = np.lexsort([lines[name] for name in reversed(KEYS)])
    lines = {name: column[order] for name, column in lines.items()}
    new = _changes([lines[name] for name in KEYS])
    starts, group = np.flatnonzero(new), np.cumsum(new) - 1
    rows = {name: lines[name][starts].astype(int) for name in KEYS}
    rows.update({name: exact(_sums(lines[name], starts)) for name in MONEY})
    rows["margin"] = _margin(lines, starts)
    rows["quantity"] = _known_sum(lines["quantity"], starts)
    person = ~np.isin(lines["partner"], known.many)
    occasions = _occasions(lines, group, person)
    size = starts.size
    rows["purchases"] = np.bincount(group[occasions], minlength=size).astype(int)
    bought = _sums(np.where(person, lines["bought"], 0.0), starts)
    return _with_customers(rows, bought, known)


def _margin(lines, starts):
    """Return what is left of the money whose cost is known, NaN where none is."""
    told = (lines["costed"] != 0) | (lines["cost"] != 0) | (lines["deducted"] != 0)
    margin = exact(_sums(lines["costed"] - lines["cost"], starts))
    return np.where(_sums(told.astype(int), starts) > 0, margin, np.nan)


def _known_sum(values, starts):
    """Return sums of what is known, NaN where nothing is."""
    known = ~np.isnan(values)
    sums = exact(_sums(np.where(known, values, 0.0), starts))
    return np.where(_sums(known.astype(int), starts) > 0, sums, np.nan)


def _occasions(lines, group, person):
    """Return one line of each purchase: a line of the row with most of it.

    :param group: number of each line's row, ascending
    :param person: which lines are of single customers
    """
    order = np.lexsort((group, lines["day"], lines["partner"]))
    partner, day, row = (x[order] for x in (lines["partner"], lines["day"], group))
    parts = np.flatnonzero(_changes([partner, day, row]))
    part = exact(_sums(lines["bought"][order], parts))
    new_day = _changes([partner[parts], day[parts]])
    days, owner = np.flatnonzero(new_day), np.cumsum(new_day) - 1
    most = np.lexsort((-part, owner))[days]  # parts of a day stay where the day is
    is_bought = (exact(_sums(part, days)) > CENT) & person[order][parts[days]]
    return order[parts[most[is_bought]]]


def _with_customers(rows, bought, known):
    """Complete the rows by who is new, kept, back and lost; add who only is lost."""
    partner, month = rows["partner"], rows["month"]
    customers = np.unique(partner)
    first = np.full(customers.size, np.iinfo(np.int32).max)
    place = np.searchsorted(customers, partner)
    buying = rows["purchases"] > 0
    np.minimum.at(first, place[buying], month[buying])
    rows = _append_lost(rows, bought, customers, first, known)
    partner, month = rows["partner"], rows["month"]
    pairs = _pair(partner, month)
    begun = first[np.searchsorted(customers, partner)]
    buyer = np.isin(pairs, pairs[rows["purchases"] > 0])
    before = buyer & (month > begun) & known.is_known(month - 1)
    was_lost = known.is_lost(partner, month - 1)
    flags = {
        "buyer": buyer,
        "new": buyer & (month == begun),
        "kept": before & ~was_lost,
        "back": before & was_lost,
        "gone": np.isin(pairs, _pair(*_losses(customers, first, known))),
    }
    rows.update({name: np.where(flag, partner, 0) for name, flag in flags.items()})
    rows["followed"] = known.is_known(month - 1).astype(int)
    rows["ended"] = rows["followed"] * known.is_known(month)
    age = np.where(month - begun < MONTHS, YOUNG, OLD)
    rows["age"] = np.where(month < begun, 0, age)
    new = _changes([month, partner])
    starts = np.flatnonzero(new)
    rows["number"] = np.arange(month.size) - starts[np.cumsum(new) - 1]
    return rows


def _losses(customers, first, known):
    """Return (partners, months): who was lost in which month, and not before."""
    partner, month = known.lost
    if not customers.size:
        return partner[:0], month[:0]
    place = np.searchsorted(customers, partner).clip(0, customers.size - 1)
    ours = (customers[place] == partner) & (first[place] <= month)
    fresh = known.is_known(month - 1) & ~known.is_lost(partner, month - 1)
    single = ~np.isin(partner, known.many)
    return partner[ours & fresh & single], month[ours & fresh & single]


def _append_lost(rows, bought, customers, first, known):
    """Add a row without money for who is lost in a month without documents.

    It stands where the customer last bought most.
    """
    partner, month = _losses(customers, first, known)
    there = np.isin(_pair(partner, month), _pair(rows["partner"], rows["month"]))
    partner, month = partner[~there], month[~there]
    if not partner.size:
        return rows
    # The largest row of each customer and month comes last.
    order = np.lexsort((bought, rows["month"], rows["partner"]))
    sorted_pairs = _pair(rows["partner"][order], rows["month"][order])
    last = order[np.searchsorted(sorted_pairs, _pair(partner, month), "right") - 1]
    more = {name: np.zeros(last.size, column.dtype) for name, column in rows.items()}
    more.update({name: rows[name][last] for name in ("category", "user", "channel")})
    more.update(partner=partner, month=month)
    more["margin"], more["quantity"] = np.full((2, last.size), np.nan)
    rows = {name: np.concatenate([rows[name], more[name]]) for name in rows}
    order = np.lexsort([rows[name] for name in reversed(KEYS)])
    return {name: column[order] for name, column in rows.items()}


def _pair(partners, months):
    return (np.asarray(partners).astype(np.int64) << 20) + months


def _sums(values, starts):
    return np.add.reduceat(values, starts) if starts.size else np.zeros(0)


def _changes(columns):
    """Return which rows differ from the one before in any of the columns."""
    changed = np.ones(columns[0].size, bool)
    if changed.size:
        changed[1:] = np.logical_or.reduce([np.diff(column) != 0 for column in columns])
    return changed
