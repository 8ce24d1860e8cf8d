"""Long silences of who buys in bursts: a low churn risk that the own cycle contradicts.

Who buys often and then pauses for many of its own purchase cycles is taken by the model
of buying for somebody who buys often. Whether such pauses end is counted on past
cutoffs, beside what other companies showed.
"""

import numpy as np

from .churn import LOW, MEDIUM

LONG = 5.0  # own purchase cycles without a purchase [D]
ELSEWHERE = (62, 28)  # customers, of whom left: the retail file and CDNOW
NEWS = 10  # as many customers that counts for [D]


def long(chance, overdue, limits):
    """Return who is of low risk in spite of a long silence, shape (n,).

    :param chance: probability of no purchase in time, shape (n,), NaN unknown
    :param overdue: overdue ratio, shape (n,), NaN unknown
    :param limits: churn.Limits

    >>> from .churn import Limits
    >>> chance, overdue = np.array([0.2, 0.2, 0.3, np.nan]), np.array([5.0, 4, 9, 9])
    >>> long(chance, overdue, Limits()).tolist()
    [True, False, False, False]
    """
    with np.errstate(invalid="ignore"):
        return (chance < limits.chance / 2) & (overdue >= LONG)


def count(past, tests, rule, limits):
    """Return (customers, of whom left) with a long silence at past cutoffs.

    :param past: Samples; :param tests: the choice.Trial of each
    :param rule: the candidate whose probabilities count
    """
    found = np.zeros(2, int)
    for sample, test in zip(past, tests, strict=True):
        if rule in test.said:
            rows = long(test.said[rule], sample.columns["overdue"], limits)
            found += int(rows.sum()), int(sample.left[rows].sum())
    return tuple(found.tolist())


def stays(silent, limits):
    """Return whether so many stay away that the risk is no low one.

    :param silent: as of :func:`count`

    >>> from .churn import Limits
    >>> stays((0, 0), Limits()), stays((30, 4), Limits()), stays((30, 12), Limits())
    (True, False, True)
    """
    customers, left = silent
    share = (left + NEWS * ELSEWHERE[1] / ELSEWHERE[0]) / (customers + NEWS)
    return share >= limits.chance / 2


def lifted(level, silent):
    """Return the levels, medium instead of low where a long silence mostly goes on.

    :param level: as of churn.level
    :param silent: who is silent for long, where such :func:`stays`, shape (n,)

    >>> lifted(np.array([LOW, LOW]), np.array([True, False])).tolist()
    [1, 0]
    """
    return np.where(silent & (level == LOW), MEDIUM, level)
