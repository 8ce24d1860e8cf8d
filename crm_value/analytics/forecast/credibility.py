"""Which spend model predicts: by what the customers of the past spent next.

Heavy tails make moments useless (one order of a million among orders of twenty), so the
weight of everybody's mean is found by trial, and that mean leaves out what lies far
beyond the rest.
"""

import numpy as np

from . import spend

WEIGHTS = (0.5, 1.0, 2.0, 4.0, 8.0)  # purchases that everybody's mean may count for
FIRSTS = (0.0, 0.5, 1.0)  # what the first purchase may count for
DEFAULT = (2.0, 1.0)  # [D] where the past is too short to try
PLAUSIBLE = 1.5  # times everybody's mean that the Gamma-Gamma model's may be, or less
FAR = 3.5  # standard deviations of the logarithm beyond which an amount is cut off


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


def plausible(params, mean):
    """Return whether a Gamma-Gamma model's mean is one that customers could have.

    Near q = 1 it is not: that mean is p v / (q − 1).

    >>> plausible(spend.Params(p=2.0, q=1.01, v=10.0, mean=2000.0), 50.0)
    False
    """
    return params.p is not None and mean / PLAUSIBLE <= params.mean <= mean * PLAUSIBLE


def candidates(params, mean):
    """Return the spend models that may predict, the likeliest first.

    :param params: spend.Params as fitted
    :param mean: everybody's mean
    """
    default = params.by_credibility(mean, *DEFAULT)
    others = [
        params.by_credibility(mean, weight, first)
        for first in FIRSTS
        for weight in WEIGHTS
    ]
    return [default, *others, *([params] if plausible(params, mean) else [])]


def choose(among, history, bought, money):
    """Return the model that would have predicted the money best, given the purchases.

    The squared error asks for the mean; each customer counts no more than a hundredth
    of all, so that no single one decides.

    :param among: spend.Params
    :param history: histories.History of the customers as they were then
    :param bought: purchases that came; :param money: their money, shape (n,)
    """
    if not (bought > 0).any():
        return among[0]
    losses = [
        _loss(money - bought * _each(params, history), bought > 0) for params in among
    ]
    return among[int(np.argmin(losses))]


def _each(params, history):
    return spend.expected_spend(params, history.x, history.spend, history.opening)


def _loss(error, buyers):
    squares = error[buyers] ** 2
    return np.minimum(squares, squares.sum() / 100 + np.median(squares)).sum()
