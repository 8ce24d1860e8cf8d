"""How far the sum of all customers may be off.

Customers are not independent: a season, a price, a rival moves them together, so the
intervals of single customers do not add up to one of the total. Past cut-offs show how
far the totals were off (McCarthy, Fader and Hardie 2017, Valuing subscription-based
businesses, Journal of Marketing 81(1), judge a customer base the same way).
"""

import numpy as np
from scipy.special import stdtrit

LEVEL = 0.8


def spread(errors):
    """Return the typical error of a total as a logarithm, None without a cut-off.

    The root of the mean square, bias included: what was wrong in one direction before
    may be wrong in that direction again.

    :param errors: predicted ÷ actual − 1 at past cut-offs; what is not finite, or −1
        (nothing was predicted), says nothing

    >>> round(spread([0.1, -0.1, None]), 4), spread([])
    (0.1005, None)
    """
    known = np.array([e for e in errors if e is not None], dtype=float)
    logs = np.log1p(known[np.isfinite(known) & (known > -1)])
    return float(np.sqrt(np.mean(logs**2))) if logs.size else None


def interval(total, typical, cuts, level=LEVEL):
    """Return (low, high) of a total, None where no cut-off says anything.

    By Student's t with as many degrees of freedom as there are cut-offs: of few, little
    is known about how far off the next one may be.

    :param typical: what :func:`spread` returns
    :param cuts: number of cut-offs it comes from

    >>> [round(edge) for edge in interval(1000.0, 0.12, 4)]
    [832, 1202]
    >>> interval(1000.0, None, 0)
    """
    if typical is None or not cuts:
        return None
    width = np.exp(stdtrit(cuts, (1 + level) / 2) * typical)
    return tuple(sorted((float(total / width), float(total * width))))
