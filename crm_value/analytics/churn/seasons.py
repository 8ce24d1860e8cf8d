"""Seasonal adjustment of recency, by how much all customers bought a year before.

Time without a purchase says little in weeks when nobody buys. So days are measured by
what everybody bought on them a year before: a day of an average season counts as one, a
quiet one as less, a busy one as more.
"""

from dataclasses import dataclass

import numpy as np

from ..purchases.histories import YEAR

HALF = YEAR // 2  # days looked back; a longer time has seen all seasons
ENOUGH = 200  # repeat purchases of a year, below which a season is chance


@dataclass(frozen=True, slots=True)
class Season:
    """Weight of each day of one past year, around this season a year before.

    :param begin: the day before the first
    :param weights: shape (YEAR,), 1 on average
    """

    begin: int
    weights: np.ndarray

    def to_json(self):
        """Return plain data, for storage."""
        return {"begin": self.begin, "weights": self.weights.tolist()}

    @classmethod
    def from_json(cls, data):
        """Rebuild a season from :meth:`to_json`."""
        return cls(data["begin"], np.array(data["weights"]))


def learn(occasions, day, lost_days):
    """Return the Season around ``day`` a year before, None if it cannot be known.

    A day's weight is the repeat purchases for each customer who was one, against the
    mean of the year: so neither growth nor who left is taken for a season.

    :param occasions: purchases.Occasions; later days in it are left out
    :param lost_days: so long after the last purchase somebody counts as a customer

    >>> from ..purchases.purchases import Occasions
    >>> owner, at = np.repeat(np.arange(10), 100), np.tile(np.arange(0, 1000, 10), 10)
    >>> season = learn(Occasions(owner, at, np.ones(1000), 10), 999, 365)
    >>> seasonal_recency(season, np.array([909.0]), 999).round(1).tolist()
    [91.3]
    """
    return _season(occasions, day, day - YEAR - HALF, lost_days)


def ahead(occasions, day, length, lost_days):
    """Return how busy the ``length`` days after ``day`` were a year before.

    1 is an average day of that year; also where the year is not known.

    :param occasions, lost_days: see :func:`learn`

    >>> from ..purchases.purchases import Occasions
    >>> owner, at = np.repeat(np.arange(10), 100), np.tile(np.arange(0, 1000, 10), 10)
    >>> ahead(Occasions(owner, at, np.ones(1000), 10), 500, 90, 365).round(2).item()
    0.99
    """
    season = _season(occasions, day, day - YEAR, lost_days)
    return 1.0 if season is None else season.weights[:length].mean()


def _season(occasions, day, begin, lost_days):
    """Return the Season of the year after ``begin``, by what is known on ``day``."""
    known = occasions.day <= day
    customer, when = occasions.customer[known], occasions.day[known]
    if not when.size or when.min() > begin:
        return None
    first = np.ones(customer.size, bool)
    first[1:] = customer[1:] != customer[:-1]
    last = np.append(first[1:], True)
    again = ~first & (when > begin) & (when <= begin + YEAR)
    if again.sum() < ENOUGH:
        return None
    bought = np.bincount(when[again] - begin - 1, minlength=YEAR)
    present = _present(when[first], when[last] + lost_days, begin)
    rate = bought / np.maximum(present, 1)
    return Season(int(begin), np.round(rate / rate.mean(), 6))


def _present(first, end, begin):
    """Return how many were customers on each day of the year after ``begin``."""
    change = np.zeros(YEAR + 1)
    np.add.at(change, np.clip(first - begin, 0, YEAR), 1)
    np.add.at(change, np.clip(end - begin, 0, YEAR), -1)
    return np.cumsum(change)[:YEAR]


def seasonal_recency(season, last, day):
    """Return the days since ``last``, each by what it counted a year before.

    :param season: Season, None: not known
    :param last: day of the last purchase, shape (n,), NaN without one

    >>> seasonal_recency(None, np.array([1.0]), 9).tolist()
    [nan]
    """
    last = np.asarray(last, dtype=float)
    found = np.full(last.shape, np.nan)
    if season is None:
        return found
    bought = ~np.isnan(last)
    days = np.maximum(day - last[bought], 0.0)
    recent = np.minimum(days, HALF)
    counted = np.concatenate(([0.0], np.cumsum(season.weights)))
    at = day - YEAR - season.begin
    end, start = (np.clip(at - back, 0, YEAR).astype(int) for back in (0, recent))
    found[bought] = counted[end] - counted[start] + days - recent
    return found


def overdue(index, counted, days):
    """Return an overdue ratio by the days as they counted, shape (n,).

    :param index: overdue ratio, recency ÷ purchase cycle
    :param counted: :func:`seasonal_recency`; :param days: recency in plain days

    >>> overdue(np.array([3.0]), np.array([20.0]), np.array([60.0])).tolist()
    [1.0]
    """
    return index * (counted / np.maximum(days, 1.0))
