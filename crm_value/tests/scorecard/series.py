"""Pairs of series for arrows: unrelated ones of ten kinds, and truly driven ones.

Numpy alone: ``benchmarks/arrows.py`` draws the same ones, many more times.
"""

import numpy as np


def remembering(random, n, memory=0.7):
    """Return a series that keeps so much of the month before."""
    steps = random.normal(size=n + 40)
    for at in range(1, n + 40):
        steps[at] += memory * steps[at - 1]
    return steps[40:]


def seasonal(random, n):
    """Return noise on months of the year that differ much."""
    return np.resize(random.normal(0, 3, 12), n) + random.normal(size=n)


def rising(random, n):
    """Return noise on a line that goes somewhere."""
    return random.normal(0, 0.3) * np.arange(n) + random.normal(size=n)


def stepping(random, n):
    """Return noise that is three times its spread higher from some month on."""
    return 3.0 * (np.arange(n) >= random.integers(6, n - 6)) + random.normal(size=n)


def sliding(months):
    """Return what makes sums of so many months that end with each."""
    return lambda random, n: np.convolve(
        random.normal(size=n + months - 1), np.ones(months), "valid"
    )


KINDS = {
    "white": lambda random, n: random.normal(size=n),
    "AR .7": remembering,
    "random walk": lambda random, n: random.normal(size=n).cumsum(),
    "season": seasonal,
    "trend": rising,
    "heavy tails": lambda random, n: random.standard_t(2.5, size=n),
    "skewed AR .7": lambda random, n: np.exp(remembering(random, n)),
    "sliding quarter": sliding(3),
    "sliding year": sliding(12),
    "one step": stepping,
}


def twice(kind):
    """Return what makes two unrelated series of a kind."""
    return lambda random, n: (kind(random, n), kind(random, n))


def driven(lag):
    """Return what makes a pair with a true effect after so many months."""

    def pair(random, n):
        cause, noise = random.normal(size=(2, n))
        return cause, 0.5 * np.roll(cause, lag) + np.sqrt(0.75) * noise

    return pair
