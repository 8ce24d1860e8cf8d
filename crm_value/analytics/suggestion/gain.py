"""What suggesting adds: what was bought of what was shown, against what was not.

Who was shown what is drawn at random, so that the draw itself is the test (Fisher 1935,
The Design of Experiments; Ernst 2004, Permutation methods, Statistical Science 19(4)).
The money of few purchases is skewed, where the usual interval of two means claims an
effect too often; drawn anew, the same money says how far chance alone reaches.
"""

from dataclasses import dataclass

import numpy as np

DRAWS = 1999
FEWEST = 30  # held out, below which nothing is said
CONFIDENCE = 0.95
CELLS = 1 << 21  # random numbers at a time


@dataclass(frozen=True, slots=True)
class Gain:
    """The difference of two means, its interval, and the sizes of both groups."""

    shown: int
    held: int
    mean_shown: float
    mean_held: float
    low: float
    high: float

    @property
    def difference(self):
        """What one suggestion adds."""
        return self.mean_shown - self.mean_held


def gain(outcome, held_out, seed=19):
    """Return what showing adds to the mean outcome of one suggestion.

    :param outcome: of each suggestion, shape (n,)
    :param held_out: which of them were not shown
    :return: Gain; the interval is NaN with fewer than FEWEST held out

    >>> outcome = np.repeat([1.0, 0.0], (40, 60))
    >>> found = gain(outcome, np.arange(100) >= 70)
    >>> found.shown, found.held, round(found.difference, 3), found.low > 0
    (70, 30, 0.571, True)
    """
    held_out = np.asarray(held_out, bool)
    n, held = outcome.size, int(held_out.sum())
    means = [_mean(outcome[~held_out]), _mean(outcome[held_out])]
    low = high = np.nan
    if held >= FEWEST and n > held:
        chance = _by_chance(outcome, held, np.random.default_rng(seed))
        tail = (1 - CONFIDENCE) / 2
        below, above = np.quantile(chance, (tail, 1 - tail))
        low, high = means[0] - means[1] - above, means[0] - means[1] - below
    return Gain(n - held, held, *means, float(low), float(high))


def _mean(values):
    return float(values.mean()) if values.size else np.nan


def _by_chance(outcome, held, random):
    """Return differences of the means, were other suggestions held out.

    Only what is not zero matters: how many of those are held out, and which.
    """
    n, money = outcome.size, outcome[outcome != 0]
    count = random.hypergeometric(money.size, n - money.size, held, DRAWS)
    sums = np.empty(DRAWS)
    step = max(1, CELLS // max(money.size, 1))
    for at in range(0, DRAWS, step):
        some = count[at : at + step]
        place = random.random((some.size, money.size)).argsort(axis=1)
        sums[at : at + step] = (place < some[:, None]) @ money
    return (money.sum() - sums) / (n - held) - sums / held
