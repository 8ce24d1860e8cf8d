"""Calibration of predictions: what is said to happen to eight in ten happens to eight.

A distribution is never quite the right one. So it is bent by where the money of past
customers came to lie in what had been predicted of them, one-time and repeat buyers
apart. Purchases are counted and mostly none: who buys nothing lies anywhere below the
probability of nothing, evenly (the randomised probability transform of Smith 1985,
Diagnostic checks of non-standard time series models, J. of Forecasting 4).
"""

import numpy as np

from ..purchases.histories import WEEK
from ..statistics import interval
from . import forecast

TARGET = 0.8
GRID = np.linspace(0, 1, 201)
SHORTEST = 42  # days held out; less says little of how a season spreads [D]
PRIOR_CUSTOMERS = 20.0  # that lie where they should
RELUCTANT = 0.25  # power of how alike past days are, to narrow by them [D]
STRAIGHT = tuple(interval.TENTHS.tolist())


def bends(found, rule, ahead):
    """Return the knots of interval.Bent, of one-time and of repeat buyers.

    :param found: backtest.Folds; each counts the same, but not those of a few weeks
    :param ahead: days that are to be told
    """
    return _bends(found, lambda fold: placed(fold, rule), ahead)


def count_bends(found, rule, ahead):
    """Return the same as :func:`bends` of numbers of purchases."""
    return _bends(found, lambda fold: counted(fold, rule), ahead)


def _bends(found, look, ahead):
    found = [fold for fold in found if fold.length >= SHORTEST]
    if not found:
        return (STRAIGHT, STRAIGHT)
    looks, alike = [look(fold) for fold in found], found[0].length / ahead
    return tuple(reluctant(_knots(looks, repeat), alike) for repeat in (False, True))


def reluctant(knots, alike):
    """Return the knots with a part of what narrows the interval, all of what widens it.

    Within a quarter nearly all regular buyers buy as often as was said. Within a year
    some leave, and all move together: that a quarter was sure tells less of a year.

    :param alike: days that the knots were learnt of ÷ days that are to be told

    >>> sure = (0.0, 0.3, 0.4, 0.45, 0.5, 0.5, 0.55, 0.6, 0.65, 0.7, 1.0)
    >>> reluctant(sure, 1.0) == sure
    True
    >>> np.round(reluctant(sure, 1 / 16), 2)[[1, 5, 9]].tolist()
    [0.2, 0.5, 0.8]
    >>> unsure = (0.0, 0.05, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.95, 1.0)
    >>> reluctant(unsure, 1 / 16) == unsure
    True
    """
    if alike >= 1 or knots[-2] - knots[1] >= TARGET:
        return knots
    kept = alike**RELUCTANT
    pairs = zip(knots, STRAIGHT, strict=True)
    return tuple(kept * knot + (1 - kept) * straight for knot, straight in pairs)


def counted(fold, rule):
    """Return where each one's number of purchases lies in what was predicted.

    A number reaches from half below it to half above, one from nothing on.

    :return: as of :func:`placed`
    """
    weeks = fold.length / WEEK
    ahead = forecast.outlooks(fold.forecasts[rule], weeks, fold.rows, weeks)[1]
    return (*reach(ahead, fold.purchases), fold.rows.x > 0)


def reach(ahead, bought):
    """Return the probabilities of less than ``bought`` purchases and of at most these.

    >>> ahead = interval.Outlook(*(np.full(2, part) for part in (0.5, 1.0, 2.0)))
    >>> [end.round(2).tolist() for end in reach(ahead, np.array([0, 1]))]
    [[0.0, 0.5], [0.5, 0.72]]
    """
    none = np.asarray(ahead.none)
    least = np.where(bought > 1, ahead.share_below(bought - 0.5), none)
    most = np.where(bought > 0, ahead.share_below(bought + 0.5), none)
    return np.where(bought > 0, least, 0.0), most


def placed(fold, rule, bent=None):
    """Return where the money of each customer held out lies in what was predicted.

    :param bent: bends as known then, None: as predicted
    :return: (lower and upper probability, shape (n,); who is a repeat buyer). The two
        differ for who bought nothing.
    """
    learnt, weeks = fold.forecasts[rule], fold.length / WEEK
    each = fold.each(rule)
    ahead = forecast.outlook(learnt, weeks, fold.rows, weeks)
    repeat = fold.rows.x > 0
    if bent:
        ahead = interval.Bent(ahead, repeat.astype(int), np.array(bent))
    with np.errstate(invalid="ignore", divide="ignore"):
        money = np.where(each > 0, fold.money / each, fold.money)
    upper = ahead.share_below(np.maximum(money, 0.0))
    return np.where(fold.purchases > 0, upper, 0.0), upper, repeat


def inside(look, level=TARGET):
    """Return the share of each customer that lies in the middle ``level``, (n,).

    >>> look = np.array([0.0, 0.5]), np.array([0.2, 0.5]), np.array([False, True])
    >>> inside(look).round(2).tolist()
    [0.5, 1.0]
    """
    lower, upper, _repeat = look
    return _below(lower, upper, (1 + level) / 2) - _below(lower, upper, (1 - level) / 2)


def checked(found, rule):
    """Return the share of customers inside, fold by fold, as it would have been then.

    Each fold is bent by the earlier ones; the earliest one is as predicted.
    """
    return [
        float(
            inside(placed(fold, rule, bends(found[at + 1 :], rule, fold.length))).mean()
        )
        for at, fold in enumerate(found)
    ]


def _knots(looks, repeat):
    """Return the probabilities below which a tenth, two tenths, … of outcomes lay."""
    shares = []
    for lower, upper, kind in looks:
        rows = kind == repeat
        known = [_below(lower[rows], upper[rows], at).sum() for at in GRID]
        shares.append(
            (np.array(known) + PRIOR_CUSTOMERS * GRID) / (rows.sum() + PRIOR_CUSTOMERS)
        )
    reached = np.maximum.accumulate(np.mean(shares, axis=0))
    inner = np.interp(interval.TENTHS[1:-1], reached, GRID)
    return (0.0, *inner.tolist(), 1.0)


def _below(lower, upper, share):
    """Return which part of [lower, upper] lies below ``share``, shape (n,)."""
    width = upper - lower
    within = np.divide(share - lower, width, out=np.zeros_like(width), where=width > 0)
    return np.where(width > 0, np.clip(within, 0, 1), lower <= share)
