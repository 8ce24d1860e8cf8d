"""Was a lead worth what was expected of it? Past won leads tell.

Each is judged by what was known at the beginning of the month in which it came: by the
customers whose first year was over then. Beside it stands what a plain rule would have
said, the mean of all of them.
"""

from dataclasses import dataclass

import numpy as np

from ..statistics import bootstrap
from . import likeness

FEWEST = 20  # won leads that tell anything [D]
TIMES = 1000  # samples of the bootstrap


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of past won leads, money on average of them; NaN without any.

    :param count: leads judged
    :param actual: what they brought in their first year
    :param expected: what was expected; :param naive: the mean of all customers then
    :param error: root of the mean squared error of what was expected
    :param naive_error: the same of the plain rule
    :param low, high: 95 % interval of 1 − error² / naive_error², NaN for too few
    """

    count: int
    actual: float
    expected: float
    naive: float
    error: float
    naive_error: float
    low: float
    high: float


def judge(actual, expected, naive):
    """Return the Trial of some leads, by arrays of shape (n,).

    >>> tens = np.arange(1.0, 41.0)
    >>> trial = judge(tens, tens, np.full(40, 20.5))
    >>> trial.count, trial.error, round(trial.naive_error, 2), trial.low
    (40, 0.0, 11.54, 1.0)
    >>> judge(np.zeros(0), np.zeros(0), np.zeros(0)).count
    0
    """
    if not actual.size:
        return Trial(0, *[np.nan] * 7)
    loss, plain = (actual - expected) ** 2, (actual - naive) ** 2
    means = [float(column.mean()) for column in (actual, expected, naive)]
    errors = [float(column.mean() ** 0.5) for column in (loss, plain)]
    return Trial(actual.size, *means, *errors, *_gain(loss, plain))


def _gain(loss, plain):
    """Return the interval of how much less the error is than that of the plain rule."""
    if loss.size < FEWEST or not plain.sum() > 0:
        return np.nan, np.nan
    random = np.random.default_rng(0)
    drawn = random.integers(0, loss.size, (TIMES, loss.size))
    below = plain[drawn].sum(axis=1)
    gain = 1 - loss[drawn].sum(axis=1) / np.where(below > 0, below, np.nan)
    low, high = bootstrap.interval(gain)
    return float(low), float(high)


def look_back(newcomers, kinds, values, leads):
    """Return (expected, naive) of past leads, NaN where too little was known then.

    :param newcomers: newcomers.Newcomers; :param values: what each of them brought
    :param kinds: likeness.Kinds of the newcomers
    :param leads: (traits, shape (m, d), and day before which each is judged, (m,))

    >>> from .newcomers import Newcomers
    >>> five = np.full(5, 2.0)
    >>> known = Newcomers(np.arange(5), np.zeros(5), five, five)
    >>> kinds = likeness.Kinds.of(np.full((5, 1), 3))
    >>> of_leads = np.full((2, 1), 3), np.array([364, 365])
    >>> [told.tolist() for told in look_back(known, kinds, five, of_leads)]
    [[nan, 2.0], [nan, 2.0]]
    """
    of_leads, days = leads
    expected, naive = np.full((2, days.size), np.nan)
    for day in np.unique(days):
        rows = np.flatnonzero(days == day)
        known = newcomers.over <= day
        if known.sum() < likeness.FEWEST:
            continue
        groups = likeness.fit_kinds(kinds.take(known), likeness.tame(values[known]))
        for row in rows:
            keys = likeness.chain(groups, tuple(of_leads[row].tolist()))
            expected[row] = groups[keys[-1]].estimate
        naive[rows] = values[known].mean()
    return expected, naive
