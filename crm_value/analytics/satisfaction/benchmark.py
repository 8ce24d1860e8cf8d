"""Priorities for improvement, and comparison of a figure with its own history.

The map of importance and performance: Martilla and James (1977), Importance-performance
analysis, Journal of Marketing 41(1), its lines at the means. With total effects of a
path model as importance: Ringle and Sarstedt (2016), Gain more insight from your
PLS-SEM results, Industrial Management & Data Systems 116(9).
"""

from dataclasses import dataclass

import numpy as np

BEST = 100.0  # of an index


@dataclass(frozen=True, slots=True)
class Priority:
    """What to improve first among causes.

    :param urgent: which are strong and below the others, shape (c,)
    :param mean_total: where strong begins, NaN if no cause is known
    :param mean_value: below which a cause is below the others
    :param first: place of the cause to begin with, None where there is no choice
    """

    urgent: np.ndarray
    mean_total: float
    mean_value: float
    first: int | None


def priority(totals, values):
    """Return the Priority of causes.

    First is the urgent cause with most to gain, total · (100 − value); without an
    urgent one the one of all with most to gain; of equals the one before.

    :param totals: total effects on what the index tells, NaN not known, shape (c,)
    :param values: indices of 0–100, shape (c,)

    >>> found = priority([0.5, 0.4, 0.1], [80.0, 60.0, 50.0])
    >>> found.first, found.urgent.tolist()
    (1, [False, True, False])
    """
    totals, values = np.asarray(totals, dtype=float), np.asarray(values, dtype=float)
    known = np.isfinite(totals) & np.isfinite(values)
    if not known.any():
        return Priority(known, np.nan, np.nan, None)
    mean_total, mean_value = totals[known].mean(), values[known].mean()
    urgent = known & (totals >= mean_total) & (values < mean_value)
    eligible = urgent if urgent.any() else known
    gain = np.where(eligible, totals * (BEST - values), -np.inf)
    first = int(gain.argmax()) if known.sum() > 1 else None
    return Priority(urgent, float(mean_total), float(mean_value), first)


@dataclass(frozen=True, slots=True)
class Past:
    """Earlier figures: their mean, and the places of the best and the worst."""

    mean: float
    best: int
    worst: int


def past(values, at_least=1):
    """Return the Past of figures, None if there are fewer than at_least.

    :param values: figures, all known, oldest first, shape (t,); of equals the oldest

    >>> past([50.0, 70.0, 60.0])
    Past(mean=60.0, best=1, worst=0)
    """
    values = np.asarray(values, dtype=float)
    if values.size < max(at_least, 1):
        return None
    return Past(float(values.mean()), int(values.argmax()), int(values.argmin()))
