"""What a campaign has to bring before it pays, and whether it did.

Hughes (2012, Strategic Database Marketing): the break-even rate is what one contact
costs, divided by what one sale earns; the index says how far a response lies above it.
A response is no effect: who would have bought anyway responds as well.
"""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, slots=True)
class Return:
    """What came back of each unit of money spent, and its 95 % interval.

    :param value: 0 where the cost was just earned, -1 where nothing came back
    """

    value: float
    low: float
    high: float


def break_even(cost, profit):
    """Return the rate of response that earns the cost, NaN where a sale earns nothing.

    :param cost: of one contact
    :param profit: of one sale

    >>> round(break_even(0.55, 40), 5)
    0.01375
    """
    return cost / profit if profit > 0 else np.nan


def break_even_index(rate, least):
    """Return how far a rate of response lies above the least, in percent of it.

    >>> round(break_even_index(0.025, 0.01375), 2)
    81.82
    """
    return 100 * (rate - least) / least if least > 0 else np.nan


def roi(effect, n, cost, contact=0.0):
    """Return the Return of a campaign: what it brought less its cost, of its cost.

    :param effect: margin that it adds to one customer, with its interval (Effect)
    :param n: customers it was meant for
    :param cost: of the whole campaign
    :param contact: of each customer besides

    >>> from .lift import Effect
    >>> found = roi(Effect(6.0, 2.0, 2.0, 10.0), 500, 1000.0, 2.0)
    >>> found.value, found.low, found.high
    (0.5, -0.5, 1.5)
    """
    spent = cost + contact * n
    edges = (effect.value, effect.low, effect.high)
    return Return(*((edge * n / spent - 1 if spent > 0 else np.nan) for edge in edges))
