"""Bootstrap: the sampling error of a figure.

Efron (1979), Bootstrap methods, The Annals of Statistics 7(1): the figure is estimated
again on samples drawn from the people who answered, with replacement.
"""

import numpy as np

FEWEST = 0.8  # of the samples must be estimable


def interval(samples, confidence=0.95):
    """Return (low, high) percentiles over samples of a figure, NaN where too few.

    :param samples: shape (times, …); NaN where a sample could not be estimated

    >>> low, high = interval(np.arange(101.0), 0.5)
    >>> float(low), float(high)
    (25.0, 75.0)
    """
    samples = np.asarray(samples, dtype=float)
    known = ~np.isnan(samples)
    enough = known.mean(axis=0) >= FEWEST
    tail = (1 - confidence) / 2
    filled = np.where(enough, samples, 0.0)  # a column without any would warn
    low, high = np.nanquantile(filled, (tail, 1 - tail), axis=0)
    return np.where(enough, low, np.nan), np.where(enough, high, np.nan)
