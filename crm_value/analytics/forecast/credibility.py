"""Which spend model predicts: by what the customers of the past spent next.

Heavy tails make moments useless (one order of a million among orders of twenty). So the
weight of everybody's mean comes from the logarithms of the amounts, that mean leaves
out what lies far beyond the rest, and whether the first purchase counts is tried.
"""

from dataclasses import replace

import numpy as np

from . import spend

FIRSTS = (1.0, 0.5, 0.1)  # what the first purchase may count for [D]
WEIGHT, WEIGHTS = 2.0, (0.5, 8.0)  # [D] of everybody's mean, in purchases; its bounds
PLAUSIBLE = 1.5  # times everybody's mean that the Gamma-Gamma model's may be, or less
FAR = 4.5  # standard deviations of the logarithm beyond which an amount is cut off
LEVELS = (0.8, 1.25)  # what expected money may be multiplied with [D]
PRIOR_CUSTOMERS = 200.0
PRIOR_YOUNG = 50.0  # customers of few purchases who kept to everybody's level [D]
HANDICAP = 1.05  # of the Gamma-Gamma model's error beside the others' [D]
FEW = 20  # customers who came back


def everybody(amount):
    """Return the mean of amounts, each cut off where it lies far beyond the others.

    >>> everybody(np.array([])), everybody(np.array([20.0, 20.0]))
    (nan, 20.0)
    """
    amount = amount[amount > 0]
    if not amount.size:
        return float("nan")
    logs = np.log(amount)
    middle = np.median(logs)
    # The middle half spans 1.35 standard deviations of a normal distribution.
    spread = np.subtract(*np.quantile(logs, (0.75, 0.25))) / 1.35
    return float(np.minimum(amount, np.exp(middle + FAR * max(spread, 0.5))).mean())


def weight(customer, amount):
    """Return the purchases that everybody's mean counts for.

    The variance within customers over that between them, as squared coefficients of
    variation that the logarithms imply where these are normal (Bühlmann, Straub 1970).

    >>> of_two = np.repeat(np.arange(40), 2)
    >>> weight(of_two, np.exp(np.tile([0.0, 0.1], 40) + of_two))
    0.5
    """
    logs = np.log(amount)
    count = np.bincount(customer)
    mean = np.bincount(customer, logs) / np.maximum(count, 1)
    freedom = int((count[count > 0] - 1).sum())
    if (count > 1).sum() < FEW:
        return WEIGHT
    within = ((logs - mean[customer]) ** 2).sum() / freedom
    spread = (count * (mean - logs.mean()) ** 2)[count > 0].sum()
    between = spread - ((count > 0).sum() - 1) * within
    between /= count.sum() - (count**2).sum() / count.sum()
    ratio = np.expm1(within) / np.expm1(between) if between > 0 else np.inf
    return float(np.clip(ratio, *WEIGHTS))


def plausible(params, mean):
    """Return whether a Gamma-Gamma model's mean is one that customers could have.

    Near q = 1 it is not: that mean is p v / (q − 1).

    >>> plausible(spend.Params(p=2.0, q=1.01, v=10.0, mean=2000.0), 50.0)
    False
    """
    return params.p is not None and mean / PLAUSIBLE <= params.mean <= mean * PLAUSIBLE


def candidates(params, mean, own):
    """Return the spend models that may predict, the likeliest first.

    :param params: spend.Params as fitted
    :param mean: everybody's mean
    :param own: purchases that it counts for
    """
    found = [params.by_credibility(mean, own, first) for first in FIRSTS]
    return [*found, *([params] if plausible(params, mean) else [])]


def choose(among, history, bought, money):
    """Return the model that would have predicted the money best, given the purchases.

    :param among: spend.Params
    :param history: histories.History of the customers as they were then
    :param bought: purchases that came; :param money: their money, shape (n,)
    """

    def loss(params):
        each = spend.expected_spend(params, *history.spending)
        return ((money - bought * each) ** 2).sum()

    # Gamma-Gamma takes a first purchase to tell nothing: only where it is surely so.
    return min(among, key=lambda one: loss(one) * (1 if one.p is None else HANDICAP))


def levelled(params, history, predicted, money):
    """Return the model with the level at which it would have met the money.

    By least squares through the origin, as if PRIOR_CUSTOMERS had met it exactly.

    :param predicted: purchases predicted then; :param money: what came, shape (n,)
    """
    said = predicted * spend.expected_spend(params, *history.spending)
    known = PRIOR_CUSTOMERS * (said**2).mean()
    if not known > 0:
        return params
    level = (said @ money + known) / (said @ said + known)
    return replace(params, level=float(np.clip(level, *LEVELS)))


def of_young(params, history, bought, money):
    """Return the model with the level of young customers of few purchases.

    Everybody's is told by those who spend most, and who came back soon goes on with
    less than that. Given what they bought, the sums decide, as if PRIOR_YOUNG more had
    kept to everybody's level.

    :param params: :func:`levelled`
    :param bought: purchases that came; :param money: their money, shape (n,)
    """
    share = spend.youth(history.x, history.T)
    said = share * bought * spend.expected_spend(params, *history.spending)
    if not said.sum() > 0:
        return params
    known = PRIOR_YOUNG * share[share > 0].mean() * said.sum() / share.sum()
    factor = (share @ money + known) / (said.sum() + known)
    level = np.clip(params.level * factor, *LEVELS)
    return replace(params, young=float(level / params.level))
