"""Back-test: accuracy of each prediction rule at past cutoffs.

The past is split at several cutoffs. Each rule learns from what came before one and
predicts what came after; nothing it is judged by was known to it. The rule in force
stays unless another was surely better, so that figures do not move because of a tie.
"""

from dataclasses import dataclass, replace

import numpy as np
from scipy.stats import rankdata

from ..purchases import histories
from ..purchases.histories import WEEK
from ..statistics import accuracy
from . import forecast, past, spend
from .rows import Rows

FIRST = "stacked"  # the rule before any has been in force
NAIVE = "naive"  # as many as in the last equally long period
FOLDS = 3
SHORTEST, LONGEST = 28, 182  # days held out
MAX_WEEKS = 26  # drawn before the cutoff
MARGIN = 0.05  # share by which a challenger's error must be smaller [D]
UNTOLD = {"confidence": 1, "rate": 0.0, "weeks": 1.0, "margin_rate": 1.0}
BEYOND_CHANCE = 2.0  # standard errors, paired over customers [D]


@dataclass(frozen=True, slots=True)
class Fold:
    """One temporal split of the past, at a cutoff day.

    :param day: last day that was known
    :param length: days held out
    :param customers: their positions among all
    :param rows: rows.Rows at the cutoff
    :param history: histories.History at the cutoff
    :param models: {name: clv.Params} as fitted at the cutoff
    :param purchases: purchases in the days held out
    :param money: money in the days held out
    :param previous: money of the equally long period before
    :param forecasts: {rule: Forecast} as learnt at the cutoff
    :param predicted: {rule: purchases}, the naive rule's too
    :param lately: {rule: lately.Lately or None} beside each rule
    :param going_on: whether these tell the money, where there are any
    """

    day: int
    length: int
    customers: np.ndarray
    rows: Rows
    history: histories.History
    models: dict
    purchases: np.ndarray
    money: np.ndarray
    previous: np.ndarray
    forecasts: dict
    predicted: dict
    lately: dict
    going_on: bool = False

    @property
    def rules(self):
        """The rules that may predict."""
        return tuple(self.forecasts)

    def each(self, rule):
        """Return the money expected of a purchase, shape (n,)."""
        learnt, known = self.forecasts[rule], self.history
        each = spend.expected_spend(learnt.spending, *known.spending)
        if self.going_on:
            learnt = replace(learnt, lately=self.lately[rule])
        weeks = self.length / WEEK
        said, last = (self.predicted[rule], each), (self.previous, weeks)
        return forecast.amounts(learnt, weeks, self.rows, said, last)

    def revenue(self, rule):
        """Return the money predicted, shape (n,)."""
        if rule == NAIVE:
            return self.previous
        return self.predicted[rule] * self.each(rule)


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
    """Return one Fold at ``day``, None where too few customers had bought."""
    known = past.known(occasions, day, length, past.MAX_CUSTOMERS)
    if known is None:
        return None
    before, after = (
        histories.following(occasions, start, start + length)
        for start in (day - length, day)
    )
    forecasts = {rule: known.learn(rule, UNTOLD) for rule in known.rules()}
    weeks = length / WEEK
    predicted = {
        rule: forecast.purchases_within(learnt, weeks, known.rows, weeks)
        for rule, learnt in forecasts.items()
    }
    mine = known.customers
    return Fold(
        day,
        length,
        mine,
        known.rows,
        known.history,
        known.models,
        after[0][mine],
        after[1][mine],
        before[1][mine],
        forecasts,
        {**predicted, NAIVE: before[0][mine].astype(float)},
        {rule: known.lately(learnt) for rule, learnt in forecasts.items()},
    )


def candidates(found):
    """Return the rules that could predict at every cutoff."""
    return [rule for rule in found[0].rules if all(rule in f.rules for f in found)]


def measures(fold, rule):
    """Return how far one rule was off, as plain numbers.

    ``bias`` is predicted against actual purchases in all, minus one; ``mae`` and
    ``rmse`` are per customer; ``correlation`` is Spearman's; ``money_bias`` and
    ``money_rmse`` are those of the money.
    """
    predicted, actual = fold.predicted[rule], fold.purchases
    error, missed = predicted - actual, fold.revenue(rule) - fold.money
    total = float(actual.sum())
    return {
        "rule": rule,
        "predicted": float(predicted.sum()),
        "actual": total,
        "bias": _bias(predicted, actual),
        "mae": float(np.abs(error).mean()),
        "rmse": float(np.sqrt((error**2).mean())),
        "correlation": rank_correlation(predicted, actual),
        "money_bias": _bias(fold.revenue(rule), fold.money),
        "money_rmse": float(np.sqrt((missed**2).mean())),
    }


def _bias(predicted, actual):
    total = float(actual.sum())
    return float(predicted.sum() / total - 1) if total else None


def rank_correlation(one, other):
    """Return Spearman's correlation, None where one of the two does not vary.

    >>> rank_correlation(np.array([1.0, 2.0, 9.0]), np.array([3.0, 4.0, 5.0]))
    1.0
    """
    if one.size < 2 or np.ptp(one) == 0 or np.ptp(other) == 0:
        return None
    return float(np.corrcoef(rankdata(one), rankdata(other))[0, 1].round(12))


def winner(found, incumbent=None):
    """Return the rule that predicts from now on.

    It is the one in force unless the best challenger's error, in purchases and money
    alike, is smaller by MARGIN and beyond chance, and its purchases in all are no
    farther off: where few bring huge orders, who foretells too little loses least
    money. The squared error asks for the mean, which is what value is made of; the
    absolute one would reward a rule that predicts nothing for everybody.

    :param incumbent: the rule in force; FIRST if it could not predict
    """
    among = candidates(found)
    incumbent = incumbent if incumbent in among else FIRST
    losses = {rule: _losses(found, rule) for rule in among}
    best = min(among, key=lambda rule: losses[rule].mean())
    surely = _surely_less(losses[best], losses[incumbent])
    nearer = _off(found, best) <= _off(found, incumbent)
    return best if surely and nearer else incumbent


def _off(found, rule):
    """Return how far the purchases in all were off, as a logarithm."""
    said = sum(fold.predicted[rule].sum() for fold in found)
    came = sum(fold.purchases.sum() for fold in found)
    return abs(float(np.log((said + 1) / (came + 1))))


def goes_on(found, rule, incumbent=False):
    """Return whether the last period's revenue tells the money of a rule's purchases.

    As with the rules: what is in force stays unless the other is surely better.

    :param incumbent: whether it does so far
    """
    if not any(fold.lately[rule] for fold in found):
        return False
    ways = [[replace(fold, going_on=way) for fold in found] for way in (False, True)]
    losses = [
        np.concatenate([_squared(f.revenue(rule), f.money) for f in folds])
        for folds in ways
    ]
    return incumbent != _surely_less(losses[not incumbent], losses[incumbent])


def _surely_less(challenger, incumbent):
    """Return whether errors are smaller by MARGIN and beyond chance."""
    gain = incumbent - challenger
    chance = BEYOND_CHANCE * gain.std() / np.sqrt(gain.size)
    return bool(gain.mean() > max(MARGIN * incumbent.mean(), chance))


def _losses(found, rule):
    """Return the squared error of each customer at each cutoff, over its mean square.

    Purchases and money count the same.
    """
    return np.concatenate(
        [
            _squared(fold.predicted[rule], fold.purchases)
            + _squared(fold.revenue(rule), fold.money)
            for fold in found
        ]
    )


def _squared(predicted, actual):
    return (predicted - actual) ** 2 / (np.mean(actual**2.0) or 1.0)


def total_error(found, rule):
    """Return how far the sum over all customers was off, as one standard deviation.

    Customers are not independent: a season moves them together. So the sum is as
    uncertain as it was wrong at past cutoffs.

    :return: dict of ``purchases`` and ``money``, shares of the sum
    """
    sums = {
        "purchases": [(fold.predicted[rule], fold.purchases) for fold in found],
        "money": [(fold.revenue(rule), fold.money) for fold in found],
    }
    return {name: _deviation(pairs) for name, pairs in sums.items()}


def _deviation(pairs):
    wrong = [
        np.log(actual.sum() / predicted.sum())
        for predicted, actual in pairs
        if predicted.sum() > 0 and actual.sum() > 0
    ]
    return float(np.sqrt(np.mean(np.square(wrong)))) if wrong else None


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
    curves = {
        rule: np.diff([_until(fold, rule, float(t)) for t in ahead]) for rule in rules
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


def _until(fold, rule, weeks):
    """Return the purchases that a rule predicted until ``weeks`` after the cutoff."""
    horizon = fold.length / WEEK
    if rule == NAIVE:
        return fold.predicted[NAIVE].sum() * weeks / horizon
    learnt = fold.forecasts[rule]
    return forecast.purchases_within(learnt, weeks, fold.rows, horizon).sum()


def deciles(fold, rule):
    """Return predicted against actual purchases by tenth of the predictions.

    :return: list of dicts: ``customers``, mean ``predicted`` and mean ``actual``
    """
    return accuracy.tenths(fold.predicted[rule], fold.purchases)
