"""What a campaign brings: those who may get it against those who were held out.

The difference of the means, less what the margin before already tells (Fisher 1932;
Deng et al. 2013, Improving the sensitivity of online controlled experiments by
utilizing pre-experiment data). Its error allows for customers who differ more among
those who buy much (HC2: MacKinnon and White 1985, Some heteroskedasticity-consistent
covariance matrix estimators with improved finite sample properties). How often chance
alone would do as much is found by drawing anew within the strata, with what the margin
before does not tell (Freedman and Lane 1983, A nonstochastic interpretation of reported
significance levels).
"""

from dataclasses import dataclass

import numpy as np
from scipy import stats

CONFIDENCE = 0.95
DRAWS = 1999
CELLS = 1 << 21  # random numbers at a time
TAIL = 0.01  # at each end, that counts as if it were at its edge
SEEN = 2.8  # standard errors: seen in four cases of five, at five percent by chance


@dataclass(frozen=True, slots=True)
class Lift:
    """The difference a campaign makes to the mean of one customer.

    :param trimmed: the difference where the largest count as if at their edge
    :param p: share of draws that do as much by chance
    """

    difference: float
    error: float
    low: float
    high: float
    trimmed: float
    p: float


def lift(outcome, before, treated, strata, seed=19):
    """Return the Lift, by analysis of covariance with the strata.

    :param outcome: of each customer, in the window
    :param before: the same before the launch
    :param treated: who may get it
    :param strata: labels within which was drawn

    >>> before = np.arange(40.0)
    >>> treated = np.arange(40) % 4 > 0
    >>> found = lift(before + 5 * treated, before, treated, np.zeros(40))
    >>> round(found.difference, 6), found.p < 0.01
    (5.0, True)
    """
    treated = np.asarray(treated, bool)
    columns = _covariates(before, strata)
    difference, error, freedom = _coefficient(outcome, treated, columns)
    reach = error * stats.t.ppf((1 + CONFIDENCE) / 2, max(freedom, 1))
    trimmed, _error, _freedom = _coefficient(
        winsorised(outcome), treated, _covariates(winsorised(before), strata)
    )
    return Lift(
        difference,
        error,
        difference - reach,
        difference + reach,
        trimmed,
        _by_chance(outcome, treated, columns, strata, seed),
    )


def detectable(before, after, share):
    """Return the smallest change, as a share of the mean, that would mostly be seen.

    Of the same customers, one window after another; NaN where there is no telling.

    >>> before = np.tile([50.0, 150.0], 50)
    >>> round(detectable(before, before[::-1], 0.5), 3) < 1e-6
    True
    """
    after = winsorised(after)
    n = after.size
    if n < 4 or after.mean() <= 0:
        return np.nan
    spread = np.std(_residuals(after, _covariates(winsorised(before), np.zeros(n))))
    error = spread * np.sqrt(1 / (n * share) + 1 / (n * (1 - share)))
    return float(SEEN * error / after.mean())


def pool(lifts, errors):
    """Return (mean, low, high) of several differences, the surest weighing most.

    >>> [round(one, 2) for one in pool([10.0, 20.0], [1.0, 1.0])]
    [15.0, 13.61, 16.39]
    """
    weights = 1 / np.square(errors)
    mean = float(np.average(lifts, weights=weights))
    reach = float(stats.norm.ppf((1 + CONFIDENCE) / 2) / np.sqrt(weights.sum()))
    return mean, mean - reach, mean + reach


def winsorised(values):
    """Return values with each percent at the ends brought to its edge.

    >>> float(winsorised(np.append(np.zeros(200), 1000.0)).max())
    0.0
    """
    values = np.asarray(values, float)
    if not values.size:
        return values
    return np.clip(values, *np.quantile(values, (TAIL, 1 - TAIL)))


def _covariates(before, strata):
    """Return the columns of the strata and of the margin before."""
    before = np.asarray(before, float)
    labels, place = np.unique(np.asarray(strata), return_inverse=True)
    return np.column_stack([np.eye(labels.size)[place], before - before.mean()])


def _residuals(values, columns):
    return values - columns @ (np.linalg.pinv(columns) @ values)


def _coefficient(outcome, treated, columns):
    """Return the treated's difference, its HC2 error, and the degrees of freedom."""
    design = np.column_stack([treated.astype(float), columns])
    inverse = np.linalg.pinv(design)
    rest = outcome - design @ (inverse @ outcome)
    leverage = np.einsum("ij,ji->i", design, inverse)
    alone = leverage > 1 - 1e-9  # of a stratum of one, nothing is left to vary
    variance = np.where(alone, 0, np.square(rest) / np.where(alone, 1, 1 - leverage))
    error = float(np.sqrt(np.square(inverse[0]) @ variance))
    freedom = treated.size - round(float(leverage.sum()))
    return float(inverse[0] @ outcome), error, freedom


def _by_chance(outcome, treated, columns, strata, seed):
    """Return the share of draws within the strata that differ at least as much."""
    rest = _residuals(outcome, columns)
    _labels, stratum = np.unique(np.asarray(strata), return_inverse=True)
    order = np.argsort(stratum, kind="stable")
    rest, stratum = rest[order], stratum[order]
    slot = treated[order]
    seen = abs(_apart(rest, slot))
    random, more = np.random.default_rng(seed), 0
    step = max(1, CELLS // max(rest.size, 1))
    for at in range(0, DRAWS, step):
        times = min(step, DRAWS - at)
        place = np.argsort(stratum + random.random((times, rest.size)), axis=1)
        more += int((np.abs(_apart(rest[place], slot)) >= seen - 1e-12).sum())
    return (1 + more) / (1 + DRAWS)


def _apart(rest, treated):
    """Return the difference of the means of both groups, of each row."""
    return rest[..., treated].mean(axis=-1) - rest[..., ~treated].mean(axis=-1)
