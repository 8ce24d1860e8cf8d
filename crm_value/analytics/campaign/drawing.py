"""Who is held out of a campaign: a draw that can be made again.

Fisher (1935, The Design of Experiments): only a draw makes both groups alike in what
nobody has measured. Drawn within strata they are alike in what was measured as well.
The draw is a hash of seed and customer, so that it depends on no order and no clock,
and whoever draws again finds the same.
"""

import numpy as np
from scipy.stats import chisquare

STEP = np.uint64(0x9E3779B97F4A7C15)
MIXES = (
    (np.uint64(30), np.uint64(0xBF58476D1CE4E5B9)),
    (np.uint64(27), np.uint64(0x94D049BB133111EB)),
)
LAST, UNUSED = np.uint64(31), np.uint64(11)
UNIT = 2.0**-53


def draw(strata, share, seed, keys):
    """Return who is held out, shape (n,): so many in all, and of each stratum, to one.

    Of a stratum with seven and a share of a fifth, one or two are held out, which is
    drawn as well: on average it is a fifth of each.

    :param strata: whole number of each customer's stratum, shape (n,)
    :param share: held out, between 0 and 1
    :param seed: whole number of the campaign
    :param keys: whole number of each customer, none twice, shape (n,)

    >>> keys = np.arange(20)
    >>> held = draw(keys % 2, 0.2, 7, keys)
    >>> keys[held].tolist()
    [5, 9, 12, 18]
    """
    strata, keys = np.asarray(strata), np.asarray(keys)
    chance = uniform(seed, keys)
    order = np.lexsort((keys, chance, strata))
    _names, begin, size = np.unique(
        strata[order], return_index=True, return_counts=True
    )
    reach = np.floor(share * np.append(0, size.cumsum()) + uniform(seed, [-1]))
    place = np.arange(keys.size) - np.repeat(begin, size)
    held = np.empty(keys.size, bool)
    held[order] = place < np.repeat(np.diff(reach), size)
    return held


def uniform(seed, keys):
    """Return a number between 0 and 1 of each key, as good as drawn.

    Steele, Lea and Flood (2014), Fast splittable pseudorandom number generators,
    OOPSLA: their SplitMix64.

    >>> uniform(1, [1, 2, 3]).round(3).tolist()
    [0.944, 0.045, 0.777]
    """
    state = np.asarray(keys, np.int64).astype(np.uint64)
    first = _mixed(np.asarray([seed], np.int64).astype(np.uint64))
    return (_mixed(state * STEP + first) >> UNUSED) * UNIT


def _mixed(state):
    state = state + STEP
    for shift, factor in MIXES:
        state = (state ^ (state >> shift)) * factor
    return state ^ (state >> LAST)


def sample_ratio(n_treated, n_held, share):
    """Return the chance of groups as far from the declared share as these, chi-square.

    Below .001 something took customers out of one group: nothing can be said then.
    Fabijan et al. (2019), Diagnosing sample ratio mismatch in online controlled
    experiments, KDD.

    >>> round(sample_ratio(800, 200, 0.2), 3), round(sample_ratio(800, 140, 0.2), 5)
    (1.0, 9e-05)
    """
    n = n_treated + n_held
    if not n or not 0 < share < 1:
        return np.nan
    expected = [n * (1 - share), n * share]
    return float(chisquare([n_treated, n_held], expected).pvalue)
