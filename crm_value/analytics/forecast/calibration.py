"""Calibration of prediction intervals: the nominal level that held in the past.

A distribution is never quite the right one. So the level at which intervals are drawn
is not the one they are meant to hold, but the one that held it in the past.
"""

import numpy as np

from ..purchases.histories import WEEK
from ..statistics import interval
from . import forecast, spend

LEVELS = np.array([0.4, 0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 0.99])
TARGET = 0.8


def calibrate(found, rule):
    """Return (nominal level, share of held-out customers inside, fold by fold).

    A fold needs the level at which its intervals hold TARGET of the customers. The
    future may be as unlike the past as the worst of the folds was (a season, a trend),
    so the largest level counts. Each share is found as it would have been found then:
    at the level that the earlier folds needed; the earliest fold is tuned on every
    second customer and checked on the others.
    """
    looks = [_placed(fold, rule) for fold in found]
    needed = [_needed(look) for look in looks]
    checked = [
        _covered(look, max(needed[at + 1 :])).mean()
        for at, look in enumerate(looks[:-1])
    ]
    tuned, left = (_every_second(looks[-1], half) for half in (0, 1))
    checked.append(_covered(left, _needed(tuned)).mean())
    return max(needed), [float(share) for share in checked]


def _placed(fold, rule):
    """Return (Outlook, money in units of expected spend) of the customers held out."""
    learnt, weeks = fold.forecasts[rule], fold.length / WEEK
    each = spend.expected_spend(learnt.spending, fold.rows.x, fold.spend)
    ahead = forecast.outlook(learnt, weeks, fold.rows, weeks)
    with np.errstate(invalid="ignore", divide="ignore"):
        return ahead, np.where(each > 0, fold.money / each, fold.money)


def _every_second(look, half):
    ahead, money = look
    rows = slice(half, None, 2)
    parts = (ahead.none[rows], ahead.mean[rows], ahead.shape[rows])
    return interval.Outlook(*parts), money[rows]


def _needed(look):
    """Return the level at which the intervals hold TARGET of the customers.

    Where buying nothing is itself likelier than TARGET, any interval holds too many;
    those customers do not count.
    """
    ahead, money = look
    rows = ahead.none < TARGET
    if not rows.any():
        return TARGET
    ahead = interval.Outlook(ahead.none[rows], ahead.mean[rows], ahead.shape[rows])
    inside = [_covered((ahead, money[rows]), level).mean() for level in LEVELS]
    return float(np.interp(TARGET, np.maximum.accumulate(inside), LEVELS))


def _covered(look, level):
    """Return whether each customer's money lies inside the interval, shape (n,).

    >>> ahead = interval.Outlook(*(np.full(3, part) for part in (0.5, 10.0, 1.0)))
    >>> _covered((ahead, np.array([0.0, 18.0, 19.0])), 0.8).tolist()
    [True, True, False]
    """
    ahead, money = look
    low, high = ahead.shortest(level)
    return (money >= low - 1e-9) & (money <= high + 1e-9)
