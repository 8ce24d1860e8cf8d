"""From document lines to the purchase behaviour of each customer.

The lines of all sources come as one table. Lines of one customer and one day are one
purchase occasion; an occasion whose net is zero or less is none, but its money still
counts, so that sums reconcile with the ledger. What is bought is not what is billed:
a down payment is money and no purchase, and what a rate of another day adds is neither.
"""

from copy import copy
from dataclasses import dataclass

import numpy as np

from . import assortment, histories

CENT = 0.005
DECIMALS = 6
MONEY = ("day", "amount", "bought", "costed", "margin", "waived")
FEW_GAPS = 3  # a standard deviation of fewer says nothing


class _Taken(dict):
    """Columns of which each can be asked for once, and then is held no longer."""

    @classmethod
    def of(cls, columns):
        """Return the columns of a dict, which has them no longer."""
        taken = cls(columns)
        columns.clear()
        return taken

    def __getitem__(self, name):
        return self.pop(name)


class Days:
    """The lines up to a day, summed by customer and day, ordered by both.

    :param lines: dict of equally long arrays: ``partner`` (id), ``day`` (days since
        any epoch), ``product`` (id, 0 unknown), ``amount`` (net money of the ledger,
        returns negative), ``returned`` (the part that came back, positive), ``costed``
        (the part of amount whose cost is known), ``cost`` (its cost), ``discount``
        (money waived), and maybe ``bought`` (the part of amount that is a purchase, all
        of it if not given), ``deducted`` (the part of costed that is no goods, none if
        not given) and ``category`` (id, 0 unknown)
    :param as_of: day in the same epoch, the last day that counts
    :param default_margin_rate: margin on what is not costed

    ``crowds`` are the Days of contacts that stand for many people, None without any.
    ``customers`` has the ids; ``customer`` (position in it), ``day``, ``amount``,
    ``bought``, ``costed``, ``margin`` and ``waived`` have one row per customer and day.
    """

    crowds = None

    def __init__(self, lines, as_of, default_margin_rate):
        partner, day = lines["partner"], lines["day"]
        order = np.argsort((partner.astype(np.int64) << 32) + day)
        order = order[day[order] <= as_of]

        def of(name):  # one after the other: of millions of lines all would be much
            return lines[name][order]

        partner, day = partner[order], day[order]
        new_customer = _changes(partner)
        starts = np.flatnonzero(new_customer | _changes(day))
        self.customers = partner[new_customer]
        size = len(self.customers)
        owner = np.cumsum(new_customer) - 1
        self.customer, self.day = owner[starts], day[starts]
        amount = of("amount")
        bought = of("bought") if "bought" in lines else amount
        self.amount = exact(_sums(amount, starts))
        self.bought = exact(_sums(bought, starts))
        self.costed = _sums(of("costed"), starts)
        uncosted = self.amount - self.costed
        self.margin = (
            self.costed - _sums(of("cost"), starts) + uncosted * default_margin_rate
        )
        # A negative line is no return by itself: maybe a discount or a down payment.
        self.refund = exact(np.bincount(owner, of("returned"), size))
        self.gross = np.bincount(owner, bought, size) + self.refund
        deducted = of("deducted") if "deducted" in lines else np.zeros(owner.size)
        self.deducted = np.bincount(owner, deducted, size)
        discount = of("discount")
        self.discount = np.bincount(owner, discount, size)
        self.waived = _sums(discount, starts)
        self.product_count = _distinct(owner, of("product"), size)
        category = of("category") if "category" in lines else np.zeros(owner.size, int)
        self.shopping = (owner, category, day, bought)

    @classmethod
    def of(cls, persons, crowds, *basis):
        """Return the Days of some lines, with those of crowds, None without any.

        Both are emptied: lines are let go column by column, as they are summed.
        """
        days = cls(_Taken.of(persons), *basis)
        days.crowds = crowds and cls(_Taken.of(crowds), *basis)
        return days

    def total(self, values, where=None):
        """Sum ``values`` by customer, over the days ``where`` holds."""
        weights = values if where is None else np.where(where, values, 0.0)
        return exact(np.bincount(self.customer, weights, len(self.customers)))

    def take(self, step):
        """Return the money by day of every ``step``-th customer."""
        some = copy(self)
        some.customers = self.customers[::step]
        rows = self.customer % step == 0
        some.customer = self.customer[rows] // step
        for name in MONEY:
            setattr(some, name, getattr(self, name)[rows])
        owner, *columns = self.shopping
        rows = owner % step == 0
        some.shopping = (owner[rows] // step, *(column[rows] for column in columns))
        return some

    def between(self, start, stop):
        """Return the money by day of the customers at ``start`` … ``stop`` − 1."""
        some = copy(self)
        some.customers = self.customers[start:stop]
        rows = slice(*np.searchsorted(self.customer, (start, stop)))
        some.customer = self.customer[rows] - start
        for name in MONEY:
            setattr(some, name, getattr(self, name)[rows])
        some.shopping = None
        return some

    def baskets(self):
        """Return the days on which each category was bought."""
        return assortment.baskets(*self.shopping)

    def occasions(self):
        """Return the days with a positive net: the purchase occasions."""
        bought = self.bought > CENT
        return Occasions(
            self.customer[bought],
            self.day[bought],
            self.bought[bought],
            len(self.customers),
        )

    def discounted(self):
        """Return which of the occasions came with a discount."""
        return self.waived[self.bought > CENT] > CENT


@dataclass(frozen=True, slots=True)
class Occasions:
    """Purchase occasions, ordered by customer and day.

    :param customer: position of the customer, 0 … size − 1
    :param day: days since any epoch
    :param amount: net money, > 0
    :param size: number of customers, with or without an occasion
    """

    customer: np.ndarray
    day: np.ndarray
    amount: np.ndarray
    size: int


def summarise(days, as_of, rules):
    """Return one row per customer of its purchases up to ``as_of``.

    :param days: Days
    :param as_of: day the windows end on
    :param rules: windows and horizon
    :return: dict of arrays of equal length, ordered by ``partner``

    >>> from ..policy.rules import Rules
    >>> rules = Rules(365, 365, 0.3, "revenue", ())
    >>> zero = np.zeros(3)
    >>> days = Days({"partner": np.array([7, 7, 7]), "day": np.array([1, 11, 11]),
    ...     "product": np.array([1, 1, 2]), "amount": np.array([10.0, 20.0, -5.0]),
    ...     "returned": np.array([0.0, 0.0, 5.0]), "costed": zero, "cost": zero,
    ...     "discount": zero}, 21, 0.3)
    >>> facts = summarise(days, 21, rules)
    >>> facts["purchase_count"].tolist(), facts["revenue"].tolist()
    ([2], [25.0])
    >>> facts["median_gap_days"].tolist(), facts["recency_days"].tolist()
    ([10.0], [10.0])
    >>> facts["repeat_spend"].tolist()
    [15.0]
    """
    if not days.customers.size:
        return {}
    sums = money(days, as_of, rules)
    return {"partner": days.customers, **sums, **_occasions(days, as_of, rules)}


def _sums(values, starts):
    return np.add.reduceat(values, starts) if starts.size else np.zeros(0)


def exact(sums):
    """Return sums of decimal money without the dust of binary addition.

    So they depend neither on the order of the rows nor on who else is summed, and a
    sum that meets a limit exactly stays on its side.

    >>> exact(np.array([0.1 + 0.2])).tolist()
    [0.3]
    """
    return np.round(sums, DECIMALS) + 0.0  # and no negative zero


def _changes(column):
    return np.concatenate((np.ones(min(column.size, 1), bool), np.diff(column) != 0))


def money(days, as_of, rules):
    """Return the money facts of Days; windows are (as_of − length, as_of].

    >>> from ..policy.rules import Rules
    >>> names = "day product amount returned costed cost discount".split()
    >>> one = {name: np.ones(1, int) for name in ("partner", *names)}
    >>> rules = Rules(365, 365, 0.3, "revenue", ())
    >>> money(Days(one, 9, 0.3), 9, rules)["revenue"].tolist()
    [1.0]
    """
    now = days.day > as_of - rules.window_days
    before = ~now & (days.day > as_of - 2 * rules.window_days)
    rfm = days.day > as_of - rules.rfm_window_days
    revenue = days.total(days.amount, now)
    previous = days.total(days.amount, before)
    rfm_money = days.margin if rules.rfm_money == "margin" else days.amount
    return {
        "revenue": revenue,
        "revenue_previous": previous,
        "revenue_total": days.total(days.amount),
        "margin": days.total(days.margin, now),
        "margin_total": days.total(days.margin),
        "refund_total": days.refund,
        "return_rate": share(days.refund, days.gross),
        "discount_rate": share(days.discount, days.gross + days.discount),
        "cost_known_share": _cost_known(days),
        "growth": ratio(revenue, previous) - 1,
        "rfm_money": days.total(rfm_money, rfm),
        "product_count": days.product_count,
    }


def ratio(part, whole):
    """Return part / whole, unknown (NaN) where the whole is not positive.

    >>> ratio(np.array([1.0, 1.0]), np.array([4.0, 0.0])).tolist()
    [0.25, nan]
    """
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(whole > CENT, part / whole, np.nan)


def share(part, whole):
    """Return part / whole between 0 and 1, unknown (NaN) as in :func:`ratio`.

    >>> share(np.array([3.0, 1.0]), np.array([2.0, 4.0])).tolist()
    [1.0, 0.25]
    """
    return ratio(part, whole).clip(0, 1)


def margin_rate(margin, revenue):
    """Return margin / revenue, between −1 and 1; unknown (NaN) without revenue.

    Little revenue is left of much that came back: no rate says anything then.

    >>> margin_rate(np.array([4.0, -90.0, 1.0]), np.array([10.0, 3.0, 0.0])).tolist()
    [0.4, -1.0, nan]
    """
    return ratio(margin, revenue).clip(-1, 1)


def _cost_known(days):
    """Return the share of the money for goods whose cost is known."""
    costed = days.total(days.costed)
    known = np.maximum(exact(costed - days.deducted), 0.0)
    unknown = np.maximum(exact(days.total(days.amount) - costed), 0.0)
    return share(known, known + unknown)


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
    """Return counts, dates and purchase cycle of the days with a positive net."""
    bought = days.occasions()
    customer, day, size = bought.customer, bought.day, bought.size
    recent = day > as_of - rules.rfm_window_days
    window = day > as_of - rules.window_days
    history = histories.until(bought, as_of, rules.horizon_days)
    gap = histories.median_gaps(customer, day, size)
    in_window = np.bincount(customer[window], minlength=size)
    cheaper = window & days.discounted()
    began_in_window = history.first > as_of - rules.window_days
    return {
        "purchase_count": history.count,
        "rfm_frequency": np.bincount(customer[recent], minlength=size),
        "repeat_count": in_window - (began_in_window & (in_window > 0)),
        "first_purchase_date": history.first,
        "last_purchase_date": history.last,
        "window_count": in_window,
        "discounted_count": np.bincount(customer[cheaper], minlength=size),
        "median_gap_days": gap,
        "gap_variation": _gap_variation(customer, day, size),
        "next_purchase_date": history.last + np.round(gap),
        "recency_days": as_of - history.last,
        "first_spend": history.opening,
        "repeat_spend": history.spend,
        "recent_count": history.recent,
        "season_count": history.season,
    }


def _gap_variation(customer, day, size):
    """Return standard deviation over mean of the gaps, NaN for fewer than three.

    >>> _gap_variation(np.zeros(4, int), np.array([0, 10, 30, 60]), 2).tolist()
    [0.5, nan]
    """
    owner, gap = histories.gaps(customer, day)
    count = np.bincount(owner, minlength=size)
    known = count >= FEW_GAPS
    count = np.where(known, count, np.nan)
    mean = np.bincount(owner, gap, size) / count
    squares = np.bincount(owner, (gap - mean[owner]) ** 2, size)
    return np.sqrt(squares / (count - 1)) / mean
