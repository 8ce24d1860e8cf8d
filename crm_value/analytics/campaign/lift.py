"""What a campaign brought: everybody it was meant for, against who was held out.

Intention to treat: who was drawn counts as drawn, reached or not, as those who could be
reached differ from the others. The customer's own money before is held equal, which
makes the difference surer where it tells of the money after (analysis of covariance;
Deng, Xu, Kohavi and Walker 2013, Improving the sensitivity of online controlled
experiments, WSDM); so are the strata of the draw. The draw itself is the test (Fisher
1935, The Design of Experiments): the same money with other customers held out says how
far chance reaches.
"""

from dataclasses import dataclass

import numpy as np
from scipy.stats import norm

from ..statistics.regression import basis, left_over, slope

DRAWS = 1999
FEWEST = 30  # held out, below which there is a range and no verdict
TOP = 0.99  # of the money of all: more counts as this much, where capped
REACH = norm.isf(0.025) + norm.isf(0.2)  # standard errors seen in four cases of five
CELLS = 1 << 21  # random numbers at a time
CLOSE = 1e-9


@dataclass(frozen=True, slots=True)
class Effect:
    """The difference that the campaign makes to one customer.

    :param value: mean difference, NaN where there is nobody to compare with
    :param error: its standard error, HC2
    :param low, high: 95 % interval
    :param p: by drawing anew within strata, NaN with fewer than FEWEST held out
    """

    value: float
    error: float
    low: float
    high: float
    p: float = np.nan


@dataclass(frozen=True, slots=True)
class Lift:
    """Both groups, and what lies between them.

    :param treated, held: how many
    :param mean_treated, mean_held: of the outcome as it is
    :param raw: Effect on the outcome as it is
    :param capped: Effect where what is above the 99th percentile counts as that: surer,
        and blind to what the campaign did to the largest
    """

    treated: int
    held: int
    mean_treated: float
    mean_held: float
    raw: Effect
    capped: Effect


def lift(outcome, before, treated, strata, seed=19):
    """Return the Lift of a campaign.

    :param outcome: money of each customer in the campaign's window, shape (n,)
    :param before: the same in the window before
    :param treated: whether it was drawn for the campaign, not whether it was reached
    :param strata: of the draw, whole numbers

    >>> random = np.random.default_rng(3)
    >>> before, noise = random.gamma(2, 50, 400), random.normal(0, 9, 400)
    >>> treated = np.arange(400) % 4 > 0
    >>> found = lift(before + noise + 8 * treated, before, treated, np.zeros(400, int))
    >>> found.treated, found.held, round(found.raw.value, 1), found.raw.p < 0.01
    (300, 100, 8.8, True)
    """
    outcome, before = np.asarray(outcome, float), np.asarray(before, float)
    treated = np.asarray(treated, bool)
    groups = np.unique(strata, return_inverse=True)[1]
    return Lift(
        int(treated.sum()),
        int((~treated).sum()),
        _mean(outcome[treated]),
        _mean(outcome[~treated]),
        _effect(outcome, before, treated, groups, seed),
        _effect(cap(outcome), cap(before), treated, groups, seed),
    )


def cap(money):
    """Return money where what is above the 99th percentile counts as that.

    >>> cap(np.arange(101.0)).max()
    np.float64(99.0)
    """
    return np.minimum(money, np.quantile(money, TOP)) if money.size else money


def detectable(before, after, share):
    """Return which change of the mean would be seen in four cases of five, as a share.

    As the capped effect of ``lift`` sees it, from two windows of the same customers
    that are over.

    :param before, after: money of each customer in both windows, shape (n,)
    :param share: that would be held out

    >>> random = np.random.default_rng(3)
    >>> before = random.gamma(2, 50, 400)
    >>> round(detectable(before, before + random.normal(0, 50, 400), 0.2), 3)
    0.159
    """
    spread, mean = unexplained(before, after)
    return reach(spread, np.size(after), share) / mean if mean > 0 else np.nan


def unexplained(before, after):
    """Return the deviation of money that the window before does not tell, and the mean.

    :param before, after: money of each customer in both windows, shape (n,)

    >>> [round(one, 3) for one in unexplained([1.0, 2.0, 3.0], [2.0, 4.0, 6.0])]
    [0.0, 3.987]
    """
    before, after = cap(np.asarray(before, float)), cap(np.asarray(after, float))
    n = after.size
    space = basis(np.column_stack([np.ones(n), before])) if n else np.empty((0, 2))
    freedom = n - space.shape[1]
    if freedom < 1:
        return np.nan, _mean(after)
    spread = np.sqrt((left_over(space, after) ** 2).sum() / freedom)
    return float(spread), _mean(after)


def reach(spread, n, share):
    """Return which difference of means would be seen in four cases of five.

    It is 2.8 standard errors.

    :param spread: deviation of one customer's money
    :param n: customers, of whom ``share`` is held out

    >>> round(reach(50.0, 400, 0.2), 2)
    17.51
    """
    held = n * share
    if not 0 < held < n:
        return np.nan
    return float(REACH * spread * np.sqrt(1 / held + 1 / (n - held)))


def pool(lifts, errors):
    """Return the Effect of several campaigns of one kind: the surer counts for more.

    Inverse variances (Cochran 1954, The combination of estimates from different
    experiments, Biometrics 10(1)), as if the effect of all were the same.

    >>> found = pool([10.0, 4.0], [2.0, 1.0])
    >>> round(found.value, 2), round(found.error, 3), found.low > 0, round(found.p, 5)
    (5.2, 0.894, True, 0.0)
    """
    lifts, errors = np.asarray(lifts, float), np.asarray(errors, float)
    known = ~np.isnan(lifts) & (errors > 0)
    weight = errors[known] ** -2
    if not weight.size:
        return Effect(np.nan, np.nan, np.nan, np.nan)
    value, error = weight @ lifts[known] / weight.sum(), weight.sum() ** -0.5
    reach = norm.isf(0.025) * error
    p = 2 * norm.sf(abs(value) / error)
    return Effect(*map(float, (value, error, value - reach, value + reach, p)))


def _mean(values):
    return float(values.mean()) if values.size else np.nan


def _effect(outcome, before, treated, groups, seed):
    """Return the Effect on one outcome."""
    controls = np.column_stack([_columns(groups), before])
    found = slope(controls, treated.astype(float), outcome)
    if not found.error > 0:
        return Effect(found.slope, np.nan, np.nan, np.nan)
    p = np.nan
    if (~treated).sum() >= FEWEST:
        random = np.random.default_rng(seed)
        p = _by_chance(outcome, before, treated, groups, random)
    return Effect(found.slope, found.error, *found.interval(), p)


def _columns(groups):
    return (groups[:, None] == np.arange(groups.max(initial=-1) + 1)).astype(float)


def _by_chance(outcome, before, treated, groups, random):
    """Return how often other draws within the strata reach as far, two-sided."""
    order = groups.argsort(kind="stable")
    groups, labels = groups[order], treated[order].astype(float)
    strata = basis(_columns(groups))
    own = left_over(strata, before[order])
    controls = np.column_stack([strata, own / (np.linalg.norm(own) or 1.0)])
    rest = left_over(controls, outcome[order])
    fixed = (left_over(strata, labels) ** 2).sum()  # whoever of a stratum is drawn
    both = np.column_stack([rest, controls[:, -1]])
    drawn = np.vstack([labels @ both, _drawn(labels, groups, both, random)])
    found = np.abs(drawn[:, 0]) / (fixed - drawn[:, 1] ** 2)
    return float((found >= found[0] * (1 - CLOSE)).mean())


def _drawn(labels, groups, columns, random):
    """Return sums of columns over who is drawn, DRAWS times, shape (draws, k)."""
    sums = np.empty((DRAWS, columns.shape[1]))
    step = max(1, CELLS // groups.size)
    for at in range(0, DRAWS, step):
        some = sums[at : at + step]
        orders = (groups + random.random((len(some), groups.size))).argsort(axis=1)
        for place, column in enumerate(columns.T):
            some[:, place] = column[orders] @ labels
    return sums
