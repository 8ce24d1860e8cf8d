"""From document lines to the purchase behaviour of each customer.

The lines of all sources come as one table. Lines of one customer and one day are one
purchase occasion; an occasion whose net is zero or less is none, but its money still
counts, so that sums reconcile with the ledger.
"""

import numpy as np

CENT = 0.005
DECIMALS = 6


def summarise(lines, as_of, rules):
    """Return one row per customer of its purchases up to ``as_of``.

    :param lines: dict of equally long arrays: ``partner`` (id), ``day`` (days since
        any epoch), ``product`` (id, 0 unknown), ``amount`` (net money, returns
        negative), ``returned`` (the part that came back, positive), ``costed`` (the
        part of amount whose cost is known), ``cost`` (its cost), ``discount`` (money
        waived)
    :param as_of: day in the same epoch, the last day that counts
    :param rules: windows and default margin rate
    :return: dict of arrays of equal length, ordered by ``partner``

    >>> from .rules import Rules
    >>> rules = Rules(365, 365, 0.3, "revenue", ())
    >>> zero = np.zeros(3)
    >>> facts = summarise({"partner": np.array([7, 7, 7]), "day": np.array([1, 11, 11]),
    ...     "product": np.array([1, 1, 2]), "amount": np.array([10.0, 20.0, -5.0]),
    ...     "returned": np.array([0.0, 0.0, 5.0]), "costed": zero, "cost": zero,
    ...     "discount": zero}, 21, rules)
    >>> facts["purchase_count"].tolist(), facts["revenue"].tolist()
    ([2], [25.0])
    >>> facts["median_gap_days"].tolist(), facts["recency_days"].tolist()
    ([10.0], [10.0])
    """
    order = np.argsort((lines["partner"].astype(np.int64) << 32) + lines["day"])
    order = order[lines["day"][order] <= as_of]
    lines = {name: column[order] for name, column in lines.items()}
    if not order.size:
        return {}
    days = _Days(lines, rules.default_margin_rate)
    money = _money(days, lines, as_of, rules)
    occasions = _occasions(days, as_of, rules)
    return {"partner": days.customers, **money, **occasions}


class _Days:
    """The lines summed by customer and day, and the borders of each customer."""

    def __init__(self, lines, default_margin_rate):
        new_customer = _changes(lines["partner"])
        starts = np.flatnonzero(new_customer | _changes(lines["day"]))
        self.customers = lines["partner"][new_customer]
        self.line_customer = np.cumsum(new_customer) - 1
        self.customer = self.line_customer[starts]
        self.day = lines["day"][starts]
        self.amount = exact(np.add.reduceat(lines["amount"], starts))
        costed = np.add.reduceat(lines["costed"], starts)
        cost = np.add.reduceat(lines["cost"], starts)
        self.costed = costed
        self.margin = costed - cost + (self.amount - costed) * default_margin_rate

    def total(self, values, where=None):
        """Sum ``values`` by customer, over the days ``where`` holds."""
        weights = values if where is None else np.where(where, values, 0.0)
        return exact(np.bincount(self.customer, weights, len(self.customers)))


def exact(sums):
    """Return sums of decimal money without the dust of binary addition.

    So they depend neither on the order of the rows nor on who else is summed, and a
    sum that meets a limit exactly stays on its side.

    >>> exact(np.array([0.1 + 0.2])).tolist()
    [0.3]
    """
    return np.round(sums, DECIMALS) + 0.0  # and no negative zero


def _changes(column):
    return np.concatenate(([True], column[1:] != column[:-1]))


def _money(days, lines, as_of, rules):
    """Return the money facts; windows are (as_of − length, as_of]."""
    now = days.day > as_of - rules.window_days
    before = ~now & (days.day > as_of - 2 * rules.window_days)
    rfm = days.day > as_of - rules.rfm_window_days
    amount, customers = lines["amount"], len(days.customers)

    def by_line(values):
        return np.bincount(days.line_customer, values, customers)

    # A negative line is no return by itself: it may be a discount or a down payment.
    refund = by_line(lines["returned"])
    gross = by_line(amount) + refund
    discount = by_line(lines["discount"])
    revenue = days.total(days.amount, now)
    previous = days.total(days.amount, before)
    rfm_money = days.margin if rules.rfm_money == "margin" else days.amount
    return {
        "revenue": revenue,
        "revenue_previous": previous,
        "revenue_total": days.total(days.amount),
        "margin": days.total(days.margin, now),
        "margin_total": days.total(days.margin),
        "refund_total": refund,
        "return_rate": ratio(refund, gross),
        "discount_rate": ratio(discount, gross + discount),
        "cost_known_share": ratio(days.total(days.costed), days.total(days.amount)),
        "growth": ratio(revenue, previous) - 1,
        "rfm_money": days.total(rfm_money, rfm),
        "product_count": _distinct(days.line_customer, lines["product"], customers),
    }


def ratio(part, whole):
    """Return part / whole, unknown (NaN) where the whole is not positive.

    >>> ratio(np.array([1.0, 1.0]), np.array([4.0, 0.0])).tolist()
    [0.25, nan]
    """
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(whole > CENT, part / whole, np.nan)


def _distinct(customer, product, customers):
    """Return the number of distinct known products of each customer.

    A product known by name only has a negative number.

    >>> _distinct(np.array([0, 0, 1]), np.array([-7, -7, 5]), 2).tolist()
    [1, 1]
    """
    known = product != 0
    codes = product[known].astype(np.int64) & 0xFFFFFFFF
    # Sorted by hand: np.unique hashes, which takes ten times as long for millions.
    pairs = np.sort((customer[known].astype(np.int64) << 32) | codes)
    first = np.diff(pairs, prepend=-1) != 0
    return np.bincount(pairs[first] >> 32, minlength=customers)


def _occasions(days, as_of, rules):
    """Return counts, dates and rhythm of the days with a positive net."""
    bought = days.amount > CENT
    customer, day = days.customer[bought], days.day[bought]
    size = len(days.customers)
    count = np.bincount(customer, minlength=size)
    recent = day > as_of - rules.rfm_window_days
    window = day > as_of - rules.window_days
    first, last = np.full(size, np.nan), np.full(size, np.nan)
    first[customer[::-1]] = day[::-1]
    last[customer] = day
    gap = _median_gap(customer, day, size)
    in_window = np.bincount(customer[window], minlength=size)
    began_in_window = first > as_of - rules.window_days
    return {
        "purchase_count": count,
        "rfm_frequency": np.bincount(customer[recent], minlength=size),
        "repeat_count": in_window - (began_in_window & (in_window > 0)),
        "first_purchase_date": first,
        "last_purchase_date": last,
        "median_gap_days": gap,
        "next_purchase_date": last + np.round(gap),
        "recency_days": as_of - last,
    }


def _median_gap(customer, day, size):
    """Return the median days between occasions, NaN for fewer than two."""
    same = customer[1:] == customer[:-1]
    owner, gap = customer[1:][same], np.diff(day)[same].astype(float)
    medians = np.full(size, np.nan)
    if not gap.size:
        return medians
    order = np.lexsort((gap, owner))
    owner, gap = owner[order], gap[order]
    counts = np.bincount(owner, minlength=size)
    ends = np.cumsum(counts)
    has = counts > 0
    low = (ends - counts + (counts - 1) // 2)[has]
    high = (ends - counts + counts // 2)[has]
    medians[has] = (gap[low] + gap[high]) / 2
    return medians
