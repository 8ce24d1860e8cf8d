"""What the next campaign is expected to bring: what was measured, and what is assumed.

Campaigns differ by more than chance. So the next one is expected at their mean, with
the spread between them besides the error of the mean (DerSimonian and Laird 1986,
Meta-analysis in clinical trials). An assumption is a normal distribution, and so is a
measurement: the two are put together by their precision (Lindley and Smith 1972, Bayes
estimates for the linear model), so that an assumption fades as campaigns end.
"""

from dataclasses import dataclass

import numpy as np

from ..campaign.lift import pool


@dataclass(frozen=True, slots=True)
class Belief:
    """What one more customer who gets it is expected to bring.

    :param value: NaN where nothing is known
    :param error: standard deviation of what the next campaign brings
    :param measured: weight of what was measured, between 0 (assumed) and 1
    """

    value: float
    error: float
    measured: float


NOTHING = Belief(np.nan, np.nan, 0.0)


def next_one(lifts, errors):
    """Return what campaigns of one goal say about the next one: mean and deviation.

    >>> value, error = next_one([10.0, 4.0, 1.0], [2.0, 1.0, 1.0])
    >>> round(value, 2), round(error, 2)
    (4.65, 3.95)
    >>> next_one([5.0], [2.0])
    (5.0, 2.0)
    """
    lifts, errors = np.asarray(lifts, float), np.asarray(errors, float)
    known = ~np.isnan(lifts) & (errors > 0)
    lifts, errors = lifts[known], errors[known]
    if not lifts.size:
        return np.nan, np.nan
    weight, mean = errors**-2, pool(lifts, errors).value
    excess = (weight * (lifts - mean) ** 2).sum() - (lifts.size - 1)
    scale = weight.sum() - (weight**2).sum() / weight.sum()
    between = max(0.0, excess / scale) if scale > 0 else 0.0
    found = pool(lifts, np.sqrt(errors**2 + between))
    return found.value, float(np.sqrt(found.error**2 + between))


def together(assumed, measured):
    """Return the Belief of an assumption and a measurement, each (mean, deviation).

    >>> together((2.0, 2.0), (6.0, 1.0))
    Belief(value=5.2, error=0.8944271909999159, measured=0.8)
    >>> together((2.0, 2.0), (np.nan, np.nan)).measured
    0.0
    """
    pairs = [(*assumed, 0.0), (*measured, 1.0)]
    known = [one for one in pairs if not np.isnan(one[0]) and one[1] > 0]
    if not known:
        return NOTHING
    value, error, told = np.array(known).T
    weight = error**-2.0
    total = weight.sum()
    return Belief(
        float(weight @ value / total), float(total**-0.5), float(weight @ told / total)
    )
