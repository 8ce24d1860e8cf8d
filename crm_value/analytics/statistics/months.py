"""Months of the calendar, counted on days since 2000-01-01."""

import numpy as np

EPOCH = np.datetime64("2000-01-01")


def add(days, months):
    """Return each day so many months later; at most the last day of that month.

    :param days: array of days since the epoch, NaN unknown
    :param months: whole number, or an array of them; may be negative

    >>> add(np.array([0.0, 30.0, np.nan]), 1).tolist()
    [31.0, 59.0, nan]
    """
    known = ~np.isnan(days)
    found = np.full(np.shape(days), np.nan)
    date = EPOCH + days[known].astype(int)
    month = date.astype("datetime64[M]")
    moved = month + np.broadcast_to(months, np.shape(days))[known].astype(int)
    within = np.minimum(date - month.astype(date.dtype), _last(moved) - _first(moved))
    found[known] = (_first(moved) + within - EPOCH).astype(int)
    return found


def end(day):
    """Return the first end of a month that is not before a day.

    >>> end(0), end(30), end(31)
    (30, 30, 59)
    """
    month = (EPOCH + int(day)).astype("datetime64[M]")
    return int((_last(month) - EPOCH).astype(int))


def between(since, day):
    """Return the whole months from each of some days until one day, NaN unknown.

    >>> between(np.array([0.0, 1.0, 30.0, np.nan]), 60).tolist()
    [2.0, 1.0, 1.0, nan]
    """
    known = ~np.isnan(since)
    found = np.full(np.shape(since), np.nan)
    month = (EPOCH + int(day)).astype("datetime64[M]")
    begun = (EPOCH + since[known].astype(int)).astype("datetime64[M]")
    months = (month - begun).astype(int)
    found[known] = months - (add(since[known], months) > day)
    return found


def _first(month):
    return month.astype("datetime64[D]")


def _last(month):
    return _first(month + 1) - 1
