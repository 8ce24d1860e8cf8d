"""State of each customer on any day of its history: recency, cycle and revenue."""

from dataclasses import dataclass

import numpy as np

from ..purchases.histories import YEAR, group_medians

CHECK = 30  # days, counted from the epoch: the same for every run
FEW = 3  # purchases from which on a customer's own purchase cycle counts


@dataclass(slots=True)
class CustomerState:
    """What the lifecycle rules know of each customer on one day, arrays of shape (n,).

    :param count: purchases
    :param age: days since the first, NaN before it
    :param recency: days since the last
    :param cycle: purchase cycle, the median inter-purchase time in days; that of all
        customers below FEW purchases
    :param window: revenue of the window that ends on the day
    :param compared: what it is compared with, NaN without anything
    :param growth: revenue against the time before, NaN unknown
    :param earlier: purchases before the window
    :param paid: revenue before the window
    :param squares: sum of the squared money of the purchases before the window
    :param year_ago: revenue of the same window a year before
    """

    count: np.ndarray
    age: np.ndarray
    recency: np.ndarray
    cycle: np.ndarray
    window: np.ndarray
    compared: np.ndarray
    growth: np.ndarray
    earlier: np.ndarray
    paid: np.ndarray
    squares: np.ndarray
    year_ago: np.ndarray

    @property
    def overdue(self):
        """Overdue ratio: recency ÷ purchase cycle."""
        return self.recency / np.maximum(self.cycle, 1.0)


class Replay:
    """The purchases in order of time, replayed from one check to the next.

    :param days: purchases.Days
    :param window_days: length of the window that is compared
    :param cycles: purchase cycle of all customers by day, see :func:`common_cycles`;
        None: find it

    >>> from ..purchases.purchases import Days
    >>> zero = np.zeros(3)
    >>> lines = {"partner": np.ones(3, int), "day": np.array([0, 30, 70]),
    ...     "product": zero, "amount": zero + 50, "returned": zero, "costed": zero,
    ...     "cost": zero, "discount": zero}
    >>> state = Replay(Days(lines, 100, 0.3), 90, None).state(100)
    >>> state.cycle.tolist(), state.recency.tolist(), state.window.tolist()
    ([35.0], [30.0], [100.0])
    """

    def __init__(self, days, window_days, cycles):
        self.window_days, self.size = window_days, len(days.customers)
        order = np.argsort(days.day, kind="stable")
        self.day, self.customer = days.day[order], days.customer[order]
        self.amount = days.amount[order]
        occasions = days.occasions()
        order = np.argsort(occasions.day, kind="stable")
        self.bought, self.buyer = occasions.day[order], occasions.customer[order]
        self.spent = occasions.amount[order]
        self.count = np.zeros(self.size, int)
        self.paid, self.squares = np.zeros(self.size), np.zeros(self.size)
        self.first, self.last = np.full(self.size, np.nan), np.full(self.size, np.nan)
        self.read, self.day_read = 0, -np.inf
        self.given, self.cycles = cycles, {}
        self._sort_intervals(occasions)

    def _sort_intervals(self, occasions):
        """Sort the inter-purchase times by customer and length; any part stays so."""
        same = occasions.customer[1:] == occasions.customer[:-1]
        owner = occasions.customer[1:][same]
        interval = np.diff(occasions.day)[same]
        order = np.lexsort((interval, owner))
        self.interval_owner = owner[order]
        self.interval = interval[order].astype(float)
        self.interval_day = occasions.day[1:][same][order]

    def state(self, day, cycle=True):
        """Return the CustomerState of ``day``, not before the days asked for so far.

        :param cycle: whether the purchase cycle is needed, the dearest part of it
        """
        self._read_on(day)
        length = self.window_days
        window, year_ago = self._money(day - length, day), self._year_ago(day)
        previous = self._money(day - 2 * length, day - length)
        compared = np.where(year_ago > 0, year_ago, previous)
        recent = slice(*np.searchsorted(self.bought, (day - length, day), side="right"))
        buyer, spent = self.buyer[recent], self.spent[recent]
        return CustomerState(
            self.count,
            day - self.first,
            day - self.last,
            self._cycle(day) if cycle else np.full(self.size, np.nan),
            window,
            np.where(compared > 0, compared, np.nan),
            self._growth(day),
            self.count - np.bincount(buyer, minlength=self.size),
            self.paid - window,
            self.squares - np.bincount(buyer, spent**2, self.size),
            year_ago,
        )

    def _read_on(self, day):
        until = np.searchsorted(self.bought, day, side="right")
        fresh = slice(self.read, until)
        buyer, bought = self.buyer[fresh], self.bought[fresh]
        self.count = self.count + np.bincount(buyer, minlength=self.size)
        self.squares += np.bincount(buyer, self.spent[fresh] ** 2, self.size)
        self.paid += self._money(self.day_read, day)
        self.last[buyer] = bought
        new = np.isnan(self.first[buyer])
        self.first[buyer[new][::-1]] = bought[new][::-1]
        self.read, self.day_read = until, day

    def _money(self, begin, end):
        """Return the net revenue of each customer after ``begin`` until ``end``."""
        rows = slice(*np.searchsorted(self.day, (begin, end), side="right"))
        return np.bincount(self.customer[rows], self.amount[rows], self.size)

    def _year_ago(self, day):
        return self._money(day - YEAR - self.window_days, day - YEAR)

    def _growth(self, day):
        """Return a full year against the one before; younger ones half against half."""
        half, year, two = day - YEAR // 2, day - YEAR, day - 2 * YEAR
        young = ~(day - self.first >= 2 * YEAR)
        now = np.where(young, self._money(half, day), self._money(year, day))
        before = np.where(young, self._money(year, half), self._money(two, year))
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.where(before > 0, now / before - 1, np.nan)

    def _cycle(self, day):
        """Return each customer's purchase cycle so far, that of all below FEW."""
        known = self.interval_day <= day
        owner, interval = self.interval_owner[known], self.interval[known]
        counts = np.bincount(owner, minlength=self.size)
        cycle = np.full(self.size, self._common_cycle(day, interval))
        own = counts >= FEW - 1
        cycle[own] = group_medians(interval, counts)[own]
        return cycle

    def _common_cycle(self, day, interval):
        """Return the purchase cycle of all; a year where nobody has come back yet."""
        if self.given is None:
            found = _typical(interval)
        else:
            known = [at for at in self.given if at <= day]
            found = self.given[max(known)] if known else float(YEAR)
        self.cycles[day] = found
        return found


def common_cycles(occasions, days):
    """Return the purchase cycle of all customers on some days, in a dict.

    :param occasions: purchases.Occasions

    >>> from ..purchases.purchases import Occasions
    >>> two = Occasions(np.array([0, 0, 0, 1]), np.array([0, 10, 40, 5]), None, 2)
    >>> common_cycles(two, [5, 10, 60])
    {5: 365.0, 10: 10.0, 60: 20.0}
    """
    same = occasions.customer[1:] == occasions.customer[:-1]
    interval = np.diff(occasions.day)[same].astype(float)
    seen = occasions.day[1:][same]
    return {day: _typical(interval[seen <= day]) for day in days}


def _typical(interval):
    return float(np.median(interval)) if interval.size else float(YEAR)
