"""Track record of a forecast: what it said at past cutoffs against what came.

Forecasts of purchases and money stand beside naive rules; intervals are checked by the
randomised probability transform (Czado, Gneiting and Held 2009, Predictive model
assessment for count data, Biometrics 65(4)): who lies on the interval's end, as most do
who buy nothing, counts by the fraction that makes the level exact.
"""

from dataclasses import dataclass, fields

import numpy as np

from ..purchases import histories
from ..purchases.histories import WEEK, YEAR
from ..statistics import accuracy
from . import forecast, spend
from .calibration import TARGET
from .rows import Rows

LAST, SEASON = "last", "season"  # as in the last equally long period; a year ago
DOUBLINGS = np.arange(-3.0, 7.0)  # cells of the money's log score, in expected spend
LEAST = 1e-6  # a chance of less is taken as this one
SURE = 0.98  # more nobody can be sure of who reads a chance off a count


@dataclass(frozen=True, slots=True)
class Look:
    """Customers at one cutoff: said and seen, arrays of shape (n,).

    :param repeat: whether the customer had bought more than once
    :param alive: P(alive), NaN where the rule knows none
    :param none: probability of no purchase
    :param inside: fraction that counts as inside the interval
    :param surprise: minus the log of the probability of the money that came
    :param purchases, money: expected
    :param bought, paid: what came
    :param naive: (2, n) purchases by LAST and SEASON; :param naive_money: the same
    """

    repeat: np.ndarray
    alive: np.ndarray
    none: np.ndarray
    inside: np.ndarray
    surprise: np.ndarray
    purchases: np.ndarray
    money: np.ndarray
    bought: np.ndarray
    paid: np.ndarray
    naive: np.ndarray
    naive_money: np.ndarray


def look(learnt, occasions, day, length):
    """Return the Look at ``day`` of what ``learnt`` said of the ``length`` days after.

    :param learnt: forecast.Forecast, learnt from nothing after ``day``
    :param occasions: purchases.Occasions, with what came

    >>> from ..purchases.purchases import Occasions
    >>> few = forecast.Forecast("shrunken", 1, None, spend.Params(mean=5.0), 0.1, 9, 1)
    >>> day = np.array([0, 70, 130]); zero = np.zeros(3)
    >>> found = look(few, Occasions(zero.astype(int), day, zero + 5, 1), 70, 70)
    >>> [getattr(found, n).round(2).tolist() for n in ("purchases", "bought", "naive")]
    [[0.89], [1], [[1.0], [1.0]]]
    """
    history = histories.until(occasions, day, length)
    known = history.count > 0
    past = history.take(known)
    last = histories.following(occasions, day - length, day)[1][known]
    purchases, each, ahead = expected(learnt, past, length, last)
    bought, paid = (c[known] for c in histories.following(occasions, day, day + length))
    naive, naive_money = naive_rules(occasions, history, length)
    with np.errstate(invalid="ignore", divide="ignore"):
        units = np.where(each > 0, paid / each, paid)
    return Look(
        past.x > 0,
        alive(learnt, past),
        np.asarray(ahead.none),
        inside(ahead, units, TARGET),
        _surprise(ahead, units),
        purchases,
        purchases * each,
        bought,
        paid,
        naive[:, known],
        naive_money[:, known],
    )


def expected(learnt, past, length, last=None):
    """Return (purchases, spend of each, Outlook in units of it) of ``length`` days.

    :param past: histories.History of buyers
    :param last: their money of as many days before; None: nobody asks for money
    """
    weeks = length / WEEK
    rows = Rows.of(past)
    purchases = forecast.purchases_within(learnt, weeks, rows, weeks)
    each = spend.expected_spend(learnt.spending, *past.spending)
    if last is not None:
        each = forecast.amounts(learnt, weeks, rows, (purchases, each), (last, weeks))
    return purchases, each, forecast.outlook(learnt, weeks, rows, weeks)


def alive(learnt, past):
    """Return P(alive) of each, NaN where nobody is seen to leave."""
    if learnt.returning is None:
        return np.full(past.x.shape, np.nan)
    return learnt.returning.alive(past.x, past.t_x, past.T)


def naive_rules(occasions, history, length):
    """Return (purchases, money) by LAST and SEASON, shape (2, size) each.

    Who was no customer a year ago has no season yet: the last period stands for it.

    >>> from ..purchases.purchases import Occasions
    >>> when, zero = np.array([0, 10, 350, 390]), np.zeros(4, int)
    >>> bought = Occasions(zero, when, np.ones(4), 1)
    >>> [c.tolist() for c in naive_rules(bought, histories.until(bought, 370, 30), 30)]
    [[[1.0], [1.0]], [[1.0], [1.0]]]
    """
    day = history.day
    last = histories.following(occasions, day - length, day)
    season = histories.following(occasions, day - YEAR, day - YEAR + length)
    old = history.first <= day - YEAR
    return tuple(
        np.array([recent, np.where(old, ago, recent)], dtype=float)
        for recent, ago in zip(last, season, strict=True)
    )


def inside(ahead, money, level):
    """Return the fraction by which each lies inside the interval shown, shape (n,).

    The interval is a range of probability as wide as the level, from where the shortest
    one begins: at nothing, where no purchase is likely.

    >>> from ..statistics.interval import Outlook
    >>> ahead = Outlook(*(np.full(3, part) for part in (0.9, 10.0, 1.0)))
    >>> inside(ahead, np.array([0.0, 1.0, 900.0]), 0.8).round(2).tolist()
    [0.89, 0.0, 0.0]
    """
    none, low = np.asarray(ahead.none), ahead.shortest(level)[0]
    tail = np.where(low > 0, np.minimum(ahead.share_below(low), 1 - level), 0.0)
    at = ahead.share_below(money)
    held = (at >= tail) & (at <= tail + level)
    with np.errstate(invalid="ignore", divide="ignore"):
        part = np.clip(np.minimum(none, tail + level) - tail, 0, None) / none
    return np.where((money <= 0) & (none > 0), part, held)


def _surprise(ahead, money):
    """Return minus the log of the probability of the cell that the money lies in.

    Cells are nothing, and doublings of the expected spend.
    """
    edges = 2.0**DOUBLINGS
    cell = np.searchsorted(edges, money)
    lower = np.where(cell > 0, edges[np.maximum(cell, 1) - 1], 0.0)
    upper = edges[np.minimum(cell, edges.size - 1)]
    above = np.where(cell < edges.size, ahead.share_below(upper), 1.0)
    chance = np.where(money > 0, above - ahead.share_below(lower), ahead.none)
    return -np.log(np.clip(chance, LEAST, 1.0))


def pool(looks):
    """Return one Look of all the customers of several."""
    names = [field.name for field in fields(Look)]
    return Look(
        *(np.concatenate([getattr(o, n) for o in looks], axis=-1) for n in names)
    )


def better(look):
    """Return (purchases, money): which naive rule has the smaller squared error."""
    if not look.bought.size:
        return 0, 0
    return tuple(
        int(np.argmin(((rules - came) ** 2).mean(axis=1)))
        for rules, came in ((look.naive, look.bought), (look.naive_money, look.paid))
    )


def measures(look, naive=None):
    """Return how far the forecast was off, as plain numbers; None what nobody knows.

    :param naive: which naive rules to stand beside, as of :func:`better`
    """
    if not look.bought.size:
        return {}
    count, money = naive or better(look)
    usual, usual_money = look.naive[count], look.naive_money[money]
    silent = look.bought == 0
    guess = np.clip(np.exp(-usual), 1 - SURE, SURE)
    return {
        "coverage": _mean(look.inside),
        "coverage_one_time": _mean(look.inside[~look.repeat]),
        "coverage_repeat": _mean(look.inside[look.repeat]),
        "rmse_purchases": _rmse(look.purchases, look.bought),
        "rmse_purchases_naive": _rmse(usual, look.bought),
        "rmse_money": _rmse(look.money, look.paid),
        "rmse_money_naive": _rmse(usual_money, look.paid),
        "bias_purchases": _bias(look.purchases, look.bought),
        "bias_purchases_naive": _bias(usual, look.bought),
        "bias_money": _bias(look.money, look.paid),
        "bias_money_naive": _bias(usual_money, look.paid),
        "log_score": log_score(look.none, silent),
        "log_score_naive": log_score(guess, silent),
        "log_score_money": _mean(look.surprise),
    }


def by_tenth(look):
    """Return tenths of P(no purchase) and of P(alive), lowest first.

    Each of ``none`` has its mean predicted and actual share of who bought nothing, and
    ``inside``; of ``alive``, the mean P(alive) and the share of who came back.
    """
    order = np.argsort(look.none, kind="stable")
    none = accuracy.tenths(look.none, (look.bought == 0).astype(float))
    parts = [part for part in np.array_split(order, 10) if part.size]
    told = ~np.isnan(look.alive)
    return {
        "none": [
            {**tenth, "inside": _mean(look.inside[part])}
            for tenth, part in zip(none, parts, strict=True)
        ],
        "alive": accuracy.tenths(look.alive[told], (look.bought[told] > 0) * 1.0),
    }


def _mean(values):
    return float(np.mean(values)) if np.size(values) else None


def _rmse(said, came):
    return float(np.sqrt(np.mean((said - came) ** 2)))


def _bias(said, came):
    total = float(came.sum())
    return float(said.sum() / total - 1) if total else None


def log_score(chance, happened):
    """Return the mean of minus the log of the chance of what happened.

    >>> round(log_score(np.array([0.5, 0.9]), np.array([True, False])), 3)
    1.498
    """
    chance = np.clip(np.where(happened, chance, 1 - chance), LEAST, 1.0)
    return float(-np.log(chance).mean()) + 0.0  # and no negative zero
