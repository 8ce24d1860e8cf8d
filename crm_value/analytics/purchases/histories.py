"""Purchase histories as the models read them: frequency, recency, age.

Everything is counted from the first purchase: ``x`` repeat purchases, ``t_x`` the time
of the last, ``T`` the age, in weeks. The same occasions give the history at any past
day and what came after it, which is what a back-test needs.
"""

from dataclasses import dataclass

import numpy as np

WEEK = 7.0
YEAR = 365
RECENT = 91  # days: the last period, whose purchases a rule may go on from
PAIRED = 30  # customers with three purchases that tell how regular these are
REGULAR = 6  # more regular than this makes little difference [D]


@dataclass(frozen=True, slots=True)
class History:
    """Purchase history of each customer up to one day, arrays of shape (n,).

    :param day: the last day that counts
    :param count: purchase occasions
    :param first: day of the first, NaN without any
    :param last: day of the last, NaN without any
    :param opening: money of the first, NaN without any
    :param spend: mean money of the repeat purchases, NaN without one
    :param scatter: (x − 1) times the squared coefficient of variation of these, NaN
        for fewer than two
    :param recent: purchases of the last RECENT days
    :param season: purchases in the same season a year ago, NaN where the customer has
        not been one for a year
    """

    day: int
    count: np.ndarray
    first: np.ndarray
    last: np.ndarray
    opening: np.ndarray
    spend: np.ndarray
    scatter: np.ndarray
    recent: np.ndarray
    season: np.ndarray

    @property
    def x(self):
        """Repeat purchases."""
        return np.maximum(self.count - 1.0, 0.0)

    @property
    def t_x(self):
        """Weeks from the first to the last purchase."""
        return (self.last - self.first) / WEEK

    @property
    def T(self):
        """Weeks since the first purchase."""
        return (self.day - self.first) / WEEK

    @property
    def spending(self):
        """What tells the money of a next purchase; see ``spend.expected_spend``."""
        return self.x, self.spend, self.opening, self.T

    def take(self, rows):
        """Return the history of some customers, by mask or position."""
        columns = (self.count, self.first, self.last, self.opening)
        columns += (self.spend, self.scatter, self.recent, self.season)
        return History(self.day, *(column[rows] for column in columns))

    @property
    def within(self):
        """Squared coefficient of variation of single purchases, NaN if unknown."""
        known = ~np.isnan(self.scatter)
        freedom = (self.count[known] - 2).sum()
        return float(self.scatter[known].sum() / freedom) if freedom else np.nan


def until(occasions, day, ahead):
    """Return the History at the end of ``day``.

    :param occasions: purchases.Occasions
    :param ahead: days that a forecast looks ahead; the season is that long, a year ago

    >>> from .purchases import Occasions
    >>> bought = Occasions(np.zeros(3, int), np.array([0, 10, 400]), np.ones(3) * 5, 1)
    >>> history = until(bought, 370, 30)
    >>> history.x.tolist(), history.spend.tolist(), history.season.tolist()
    ([1.0], [5.0], [1.0])
    """
    known = occasions.day <= day
    customer, when = occasions.customer[known], occasions.day[known]
    amount, size = occasions.amount[known], occasions.size
    first, last, opening = (np.full(size, np.nan) for _column in range(3))
    first[customer[::-1]] = when[::-1]
    opening[customer[::-1]] = amount[::-1]
    last[customer] = when
    count = np.bincount(customer, minlength=size)
    later = np.bincount(customer, amount, size) - opening
    squares = np.bincount(customer, amount**2, size) - opening**2
    with np.errstate(invalid="ignore", divide="ignore"):
        spend = np.where(count > 1, later / (count - 1), np.nan)
        scatter = np.where(count > 2, squares / spend**2 - (count - 1), np.nan)
    season = _season(customer, when, size, day, ahead)
    season[~(first <= day - YEAR)] = np.nan
    recent = np.bincount(customer[when > day - RECENT], minlength=size).astype(float)
    scatter = np.maximum(scatter, 0)
    return History(day, count, first, last, opening, spend, scatter, recent, season)


def _season(customer, when, size, day, ahead):
    """Count a year ago what the next ``ahead`` days would be, in full years at most."""
    length = min(ahead, YEAR)
    begin = day - YEAR
    inside = (when > begin) & (when <= begin + length)
    count = np.bincount(customer[inside], minlength=size)
    return count * (ahead / length) if length else count * 0.0


def following(occasions, day, end):
    """Return (purchases, money) of each customer after ``day`` until ``end``.

    >>> from .purchases import Occasions
    >>> bought = Occasions(np.zeros(3, int), np.array([0, 10, 400]), np.ones(3) * 5, 1)
    >>> [column.tolist() for column in following(bought, 0, 399)]
    [[1], [5.0]]
    """
    inside = (occasions.day > day) & (occasions.day <= end)
    customer = occasions.customer[inside]
    money = np.bincount(customer, occasions.amount[inside], occasions.size)
    return np.bincount(customer, minlength=occasions.size), money


def regularity(occasions, day):
    """Return k ≥ 1: purchases up to ``day`` are as regular as each k-th random event.

    Rounded down, so that purchases count as random unless they clearly are not.

    >>> from .purchases import Occasions
    >>> at = np.arange(0, 300, 30)
    >>> bought = Occasions(np.repeat(np.arange(40), 10), np.tile(at, 40), None, 40)
    >>> regularity(bought, 400), regularity(bought, 50)
    (6, 1)
    """
    return int(np.clip(erlang(occasions, day), 1, REGULAR))


def erlang(occasions, day):
    """Return the k of the times between purchases up to ``day``, 1.0 of too few.

    Of two gaps in a row the first has some share. Where gaps are Erlang-k it varies by
    1 / (4 (2k + 1)) around a half, at whatever rate a customer buys (Wheat and Morrison
    1990, Estimating purchase regularity with two interpurchase times, J. of Marketing
    Research 27(1)). Each customer counts the same.

    >>> from .purchases import Occasions
    >>> at = np.cumsum(np.tile([20, 30, 40, 30], 5))
    >>> bought = Occasions(np.repeat(np.arange(40), 20), np.tile(at, 40), None, 40)
    >>> round(erlang(bought, 700), 1), erlang(bought, 30)
    (16.7, 1.0)
    """
    known = occasions.day <= day
    owner, between = gaps(occasions.customer[known], occasions.day[known])
    pair = owner[1:] == owner[:-1]
    first, second, owner = between[:-1][pair], between[1:][pair], owner[1:][pair]
    counts = np.bincount(owner)
    counts = counts[counts > 0]
    if counts.size < PAIRED:
        return 1.0
    share = first / (first + second) - 0.5
    spread = np.bincount(owner, share**2)
    each = spread[np.bincount(owner, minlength=spread.size) > 0] / counts
    variance = max(float(each.mean()), 1e-9)
    return (1 - 4 * variance) / (8 * variance)


def gaps(owner, day):
    """Return (owner, days) of each time between two purchases of the same owner.

    :param owner: sorted; a customer, or one category of a customer
    :param day: of the purchase, in order for each owner
    """
    same = owner[1:] == owner[:-1]
    return owner[1:][same], np.diff(day)[same].astype(float)


def median_gaps(owner, day, size):
    """Return the median days between purchases of each owner, NaN for fewer than two.

    >>> median_gaps(np.array([0, 0, 0, 1]), np.array([0, 10, 40, 7]), 2).tolist()
    [20.0, nan]
    """
    owner, gap = gaps(owner, day)
    counts = np.bincount(owner, minlength=size)
    # Numbers are sorted far faster than pairs.
    pairs = np.sort((owner.astype(np.int64) << 32) | gap.astype(np.int64))
    return group_medians((pairs & 0xFFFFFFFF).astype(float), counts)


def group_medians(values, counts):
    """Return the median of each group, NaN for an empty one.

    :param values: sorted by group, and within one by size
    :param counts: size of each group

    >>> group_medians(np.array([1.0, 3.0, 2.0]), np.array([2, 0, 1])).tolist()
    [2.0, nan, 2.0]
    """
    medians = np.full(counts.size, np.nan)
    has, ends = counts > 0, np.cumsum(counts)
    low = (ends - counts + (counts - 1) // 2)[has]
    high = (ends - counts + counts // 2)[has]
    medians[has] = (values[low] + values[high]) / 2
    return medians
