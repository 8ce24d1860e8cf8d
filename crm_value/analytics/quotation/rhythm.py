"""How often a customer buys a product, and whether it is time again.

The interval is the median of the days between two purchases; days are numbers. Two
intervals show a habit, one does not. What has not come for three intervals is not late
but given up.
"""

from dataclasses import dataclass
from statistics import median

FEWEST = 3  # purchases on days of their own, so that there are two intervals
GIVEN_UP = 3  # intervals


@dataclass(frozen=True, slots=True)
class Rhythm:
    """The usual days between two purchases, and the days since the last one."""

    interval: float
    since: int

    @property
    def is_due(self):
        return self.interval <= self.since < GIVEN_UP * self.interval

    @property
    def lateness(self):
        """How many intervals have passed."""
        return self.since / self.interval


def rhythm(days, today):
    """Return the Rhythm of purchases on some days, None where there is no habit.

    >>> monthly = rhythm([0, 30, 61, 90], 120)
    >>> monthly.interval, monthly.since, monthly.is_due
    (30, 30, True)
    >>> rhythm([0, 30, 61, 90], 119).is_due, rhythm([0, 30, 61, 90], 180).is_due
    (False, False)
    >>> rhythm([0, 30, 30], 60) is None
    True
    """
    days = sorted({day for day in days if day <= today})
    if len(days) < FEWEST:
        return None
    gaps = [after - before for before, after in zip(days, days[1:], strict=False)]
    return Rhythm(median(gaps), today - days[-1])
