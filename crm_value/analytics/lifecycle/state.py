"""What the rules of the lifecycle look at, on any day of a customer's history."""

from dataclasses import dataclass

import numpy as np

from ..purchases.histories import YEAR, group_medians

CHECK = 30  # days, counted from the epoch: the same for every run
FEW = 3  # purchases from which on a customer's own rhythm counts


@dataclass(slots=True)
class Look:
    """What the rules see of each customer on one day, arrays of shape (n,).

    :param count: purchases
    :param age: days since the first, NaN before it
    :param silence: days since the last
    :param gap: days between two purchases: the own median, everybody's below FEW
    :param window: revenue of the window at the last check
    :param compared: what it is compared with, NaN without anything
    :param growth: revenue against the time before at the last check, NaN unknown
    """

    count: np.ndarray
    age: np.ndarray
    silence: np.ndarray
    gap: np.ndarray
    window: np.ndarray
    compared: np.ndarray
    growth: np.ndarray

    @property
    def overdue(self):
        """Days since the last purchase in units of the rhythm."""
        return self.silence / np.maximum(self.gap, 1.0)


class Book:
    """The purchases in the order of time, read on from check to check.

    :param days: purchases.Days
    :param window_days: length of the window that is compared
    :param gaps: everybody's rhythm by day if it is known already, None: find it

    >>> from ..purchases.purchases import Days
    >>> zero = np.zeros(3)
    >>> lines = {"partner": np.ones(3, int), "day": np.array([0, 30, 70]),
    ...     "product": zero, "amount": zero + 50, "returned": zero, "costed": zero,
    ...     "cost": zero, "discount": zero}
    >>> look = Book(Days(lines, 100, 0.3), 90, None).look(100, None)
    >>> look.gap.tolist(), look.silence.tolist(), look.window.tolist()
    ([35.0], [30.0], [100.0])
    """

    def __init__(self, days, window_days, gaps):
        self.window_days, self.size = window_days, len(days.customers)
        order = np.argsort(days.day, kind="stable")
        self.day, self.customer = days.day[order], days.customer[order]
        self.amount = days.amount[order]
        occasions = days.occasions()
        order = np.argsort(occasions.day, kind="stable")
        self.bought, self.buyer = occasions.day[order], occasions.customer[order]
        self.count = np.zeros(self.size, int)
        self.first, self.last = np.full(self.size, np.nan), np.full(self.size, np.nan)
        self.read = 0
        self.given, self.gaps = gaps, {}
        self._sort_gaps(occasions)

    def _sort_gaps(self, occasions):
        """Sort the gaps by customer and length, so that any part of them is sorted."""
        same = occasions.customer[1:] == occasions.customer[:-1]
        owner = occasions.customer[1:][same]
        gap = np.diff(occasions.day)[same]
        order = np.lexsort((gap, owner))
        self.gap_owner, self.gap = owner[order], gap[order].astype(float)
        self.gap_day = occasions.day[1:][same][order]

    def look(self, day, before):
        """Return the Look of ``day``; windows are looked at on the grid only."""
        self._read_on(day)
        if before is None or day % CHECK == 0:
            window, compared, growth = self._windows(day)
        else:
            window, compared, growth = before.window, before.compared, before.growth
        silence, age = day - self.last, day - self.first
        gap = self._rhythm(day)
        return Look(self.count, age, silence, gap, window, compared, growth)

    def _read_on(self, day):
        until = np.searchsorted(self.bought, day, side="right")
        fresh = slice(self.read, until)
        buyer, bought = self.buyer[fresh], self.bought[fresh]
        self.count = self.count + np.bincount(buyer, minlength=self.size)
        self.last[buyer] = bought
        new = np.isnan(self.first[buyer])
        self.first[buyer[new][::-1]] = bought[new][::-1]
        self.read = until

    def _money(self, begin, end):
        """Return the net revenue of each customer after ``begin`` until ``end``."""
        rows = slice(*np.searchsorted(self.day, (begin, end), side="right"))
        return np.bincount(self.customer[rows], self.amount[rows], self.size)

    def _windows(self, day):
        """Return (window, what it is compared with, growth)."""
        length = self.window_days
        window = self._money(day - length, day)
        year_ago = self._money(day - YEAR - length, day - YEAR)
        previous = self._money(day - 2 * length, day - length)
        compared = np.where(year_ago > 0, year_ago, previous)
        # A full year against the one before; younger customers: half against half.
        young = ~(day - self.first >= 2 * YEAR)
        now = np.where(
            young, self._money(day - YEAR // 2, day), self._money(day - YEAR, day)
        )
        before = np.where(
            young,
            self._money(day - YEAR, day - YEAR // 2),
            self._money(day - 2 * YEAR, day - YEAR),
        )
        with np.errstate(invalid="ignore", divide="ignore"):
            growth = np.where(before > 0, now / before - 1, np.nan)
        return window, np.where(compared > 0, compared, np.nan), growth

    def _rhythm(self, day):
        """Return each customer's median gap so far, everybody's below FEW purchases."""
        known = self.gap_day <= day
        owner, gap = self.gap_owner[known], self.gap[known]
        counts = np.bincount(owner, minlength=self.size)
        everybody = self._everybody(day, gap)
        rhythm = np.full(self.size, everybody)
        own = counts >= FEW - 1
        rhythm[own] = group_medians(gap, counts)[own]
        return rhythm

    def _everybody(self, day, gap):
        """Return everybody's median gap; a year where nobody has come back yet."""
        if self.given is not None:
            known = [at for at in self.given if at <= day]
            found = self.given[max(known)] if known else float(YEAR)
        else:
            found = float(np.median(gap)) if gap.size else float(YEAR)
        self.gaps[day] = found
        return found
