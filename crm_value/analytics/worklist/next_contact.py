"""The next best date to contact a customer, on a working day."""

from dataclasses import dataclass

import numpy as np

from ..lifecycle.lifecycle import PROSPECT
from .worklist import NONE, RETAIN

EPOCH = np.datetime64("2000-01-01")
AHEAD = 7  # days before the purchase that is expected
BEFORE_END = 3  # days before a quotation or a lead ends


@dataclass(frozen=True, slots=True)
class Workdays:
    """When the company works.

    :param week: seven times 1 or 0, from Monday on; a week without a working day
        counts as Monday to Friday
    :param holidays: days that are none although their weekday is
    """

    week: str = "1111100"
    holidays: tuple = ()

    def roll(self, days, direction):
        """Return each day or the nearest working day, "forward" or "backward".

        >>> Workdays().roll(np.array([0.0, 3.0, np.nan]), "forward").tolist()
        [2.0, 3.0, nan]
        """
        known = ~np.isnan(days)
        found = np.full(days.shape, np.nan)
        moved = np.busday_offset(
            EPOCH + days[known].astype(int),
            0,
            roll=direction,
            weekmask=self.week if "1" in self.week else "1111100",
            holidays=[EPOCH + day for day in self.holidays],
        )
        found[known] = (moved - EPOCH).astype(int)
        return found

    def after(self, day, steps):
        """Return the working day so many steps after ``day``, itself for none.

        >>> Workdays().after(0, 0), Workdays().after(0, 1), Workdays().after(2, 5)
        (2, 3, 9)
        """
        moved = np.busday_offset(
            EPOCH + int(day),
            int(steps),
            roll="forward",
            weekmask=self.week if "1" in self.week else "1111100",
            holidays=[EPOCH + day for day in self.holidays],
        )
        return int((moved - EPOCH).astype(int))


def next_day(figures, as_of, cycle, workdays):
    """Return the day to contact each customer, NaN who is on no list.

    A follow-up that is planned settles it. Else who is to be retained is due at once;
    a prospect some days before the first of its quotations and leads ends; everybody
    else some days before the next purchase, by the own purchase cycle or, after the
    first purchase, by that of all. What is not known, or past, is due at once.

    :param figures: dict of arrays ``worklist``, ``stage``; days ``planned_date``,
        ``open_until``, ``next_purchase_date``, ``last_purchase_date``; NaN unknown
    :param as_of: day; a Friday here
    :param cycle: purchase cycle of all customers, in days

    >>> nan = np.nan
    >>> figures = {"worklist": np.array([1, 2, 0, 0, 1, -1]),
    ...     "stage": np.array([4, 3, 0, 1, 4, 3]),
    ...     "planned_date": np.array([nan, nan, nan, nan, 30, nan]),
    ...     "open_until": np.array([nan, nan, 26, nan, nan, nan]),
    ...     "next_purchase_date": np.array([9, 31, nan, nan, 9, 31.0]),
    ...     "last_purchase_date": np.array([1, 1, nan, 13, 1, 1.0])}
    >>> next_day(figures, 13, 30.0, Workdays()).tolist()
    [13.0, 24.0, 23.0, 34.0, 30.0, nan]
    """
    expected = figures["next_purchase_date"]
    first = figures["last_purchase_date"] + np.round(cycle)
    due = np.where(np.isnan(expected), first, expected) - AHEAD
    waiting = figures["stage"] == PROSPECT
    due = np.where(waiting, figures["open_until"] - BEFORE_END, due)
    due = np.where(figures["worklist"] == RETAIN, as_of, due)
    due = np.fmax(workdays.roll(due, "backward"), as_of)  # the unknown is due
    planned = figures["planned_date"]
    due = np.where(np.isnan(planned), due, np.maximum(planned, as_of))
    due = np.where(figures["worklist"] == NONE, np.nan, due)
    return workdays.roll(due, "forward")
