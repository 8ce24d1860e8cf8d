"""Back-test: accuracy of each prediction rule at past cutoffs.

The past is split at several cutoffs. Each rule learns from what came before one and
predicts what came after; nothing it is judged by was known to it. A model that does not
beat "goes on buying at the same rate" is not worth its parameters.
"""

from dataclasses import dataclass

import numpy as np
from scipy.stats import rankdata

from ..purchases import histories
from ..purchases.histories import WEEK
from ..statistics import accuracy
from . import clv, forecast, spend
from .forecast import Forecast, Rows

CANDIDATES = (*clv.MODELS, "seasonal", "naive")
FOLDS = 3
SHORTEST, LONGEST = 28, 182  # days held out
MIN_CUSTOMERS = 50
MAX_CUSTOMERS = 10_000  # more say nothing more about which rule is best
MAX_WEEKS = 26  # drawn before the cutoff


@dataclass(frozen=True, slots=True)
class Fold:
    """One temporal split of the past, at a cutoff day.

    :param day: last day that was known
    :param customers: their positions among all
    :param length: days held out
    :param rows: forecast.Rows at the cutoff
    :param spend: mean money of the repeat purchases until then
    :param purchases: purchases in the days held out
    :param money: money in the days held out
    :param forecasts: {rule: Forecast} as fitted at the cutoff
    :param predicted: {rule: purchases}
    """

    day: int
    length: int
    customers: np.ndarray
    rows: Rows
    spend: np.ndarray
    purchases: np.ndarray
    money: np.ndarray
    forecasts: dict
    predicted: dict


def folds(occasions, as_of, horizon_days):
    """Return the Folds that the past allows, the latest first; maybe none.

    :param occasions: purchases.Occasions
    :param as_of: last day known today
    :param horizon_days: no more is held out than is to be predicted

    >>> from ..purchases.purchases import Occasions
    >>> day = np.arange(0, 400, 4)
    >>> bought = Occasions(np.arange(100) % 60, day, np.ones(100), 60)
    >>> [(fold.day, fold.length) for fold in folds(bought, 400, 365)]
    [(300, 100), (200, 100)]
    """
    if not occasions.day.size:
        return []
    first = int(occasions.day.min())
    length = int(np.clip((as_of - first) // 4, SHORTEST, min(LONGEST, horizon_days)))
    days = [as_of - length * (fold + 1) for fold in range(FOLDS)]
    found = (split(occasions, day, length) for day in days if day - first >= length)
    return [fold for fold in found if fold]


def split(occasions, day, length):
    """Return one Fold at ``day``, None where fewer than MIN_CUSTOMERS had bought."""
    history = histories.until(occasions, day, length)
    known = np.flatnonzero(history.count > 0)
    if known.size < MIN_CUSTOMERS:
        return None
    known = known[:: -(-known.size // MAX_CUSTOMERS)]
    purchases, money = histories.following(occasions, day, day + length)
    past = history.take(known)
    rows = Rows(past.x, past.t_x, past.T, past.season)
    forecasts = {rule: _learn(rule, past, rows) for rule in CANDIDATES}
    weeks = length / WEEK
    predicted = {
        rule: forecast.purchases_within(learnt, weeks, rows, weeks)
        for rule, learnt in forecasts.items()
    }
    return Fold(
        day,
        length,
        known,
        rows,
        past.spend,
        purchases[known],
        money[known],
        forecasts,
        predicted,
    )


def _learn(rule, past, rows):
    """Return the Forecast of one rule from what was known."""
    buying = clv.fit(rows.x, rows.t_x, rows.T, rule) if rule in clv.MODELS else None
    spending = spend.fit(past.x, past.spend, prior=True, within=past.within)
    return Forecast(rule, forecast.LOW, buying, spending, 0.0, 1.0, 1.0)


def measures(fold, rule):
    """Return how far one rule was off, as plain numbers.

    ``bias`` is predicted against actual purchases in all, minus one; ``mae`` and
    ``rmse`` are per customer; ``correlation`` is Spearman's.
    """
    predicted, actual = fold.predicted[rule], fold.purchases
    error = predicted - actual
    total = float(actual.sum())
    return {
        "rule": rule,
        "predicted": float(predicted.sum()),
        "actual": total,
        "bias": float(predicted.sum() / total - 1) if total else None,
        "mae": float(np.abs(error).mean()),
        "rmse": float(np.sqrt((error**2).mean())),
        "correlation": rank_correlation(predicted, actual),
    }


def rank_correlation(one, other):
    """Return Spearman's correlation, None where one of the two does not vary.

    >>> rank_correlation(np.array([1.0, 2.0, 9.0]), np.array([3.0, 4.0, 5.0]))
    1.0
    """
    if one.size < 2 or np.ptp(one) == 0 or np.ptp(other) == 0:
        return None
    return float(np.corrcoef(rankdata(one), rankdata(other))[0, 1].round(12))


def winner(found, among=CANDIDATES):
    """Return the rule with the smallest squared error over all folds.

    The squared error asks for the mean, which is what value is made of; the absolute
    one would reward a rule that predicts nothing for everybody.
    """
    return min(among, key=lambda rule: _pooled(found, rule))


def _pooled(found, rule):
    errors = [fold.predicted[rule] - fold.purchases for fold in found]
    return float(np.mean(np.concatenate(errors) ** 2))


def weekly(occasions, fold, rules):
    """Return purchases by week around the cutoff: what came and what was predicted.

    :param rules: rules to draw
    :return: list of dicts: ``day`` the week begins on, ``actual``, and one entry per
        rule, None before the cutoff. Only customers known at the cutoff count.
    """
    mine = np.zeros(occasions.size, dtype=bool)
    mine[fold.customers] = True
    day = occasions.day[mine[occasions.customer]]
    ahead = np.arange(fold.length // 7 + 1)
    horizon = fold.length / WEEK
    curves = {
        rule: np.diff(
            [
                forecast.purchases_within(
                    fold.forecasts[rule], float(t), fold.rows, horizon
                ).sum()
                for t in ahead
            ]
        )
        for rule in rules
    }
    back = int(min(MAX_WEEKS, (fold.day - day.min()) // 7)) if day.size else 0
    begins = fold.day + 1 + 7 * np.arange(-back, ahead[-1])
    edges = np.append(begins, begins[-1:] + 7) - 0.5  # the last bin is closed, too
    actual = np.histogram(day, edges)[0]
    return [
        {
            "day": int(begin),
            "actual": int(count),
            **{
                r: float(c[at - back]) if at >= back else None
                for r, c in curves.items()
            },
        }
        for at, (begin, count) in enumerate(zip(begins, actual, strict=True))
    ]


def deciles(fold, rule):
    """Return predicted against actual purchases by tenth of the predictions.

    :return: list of dicts: ``customers``, mean ``predicted`` and mean ``actual``
    """
    return accuracy.tenths(fold.predicted[rule], fold.purchases)
