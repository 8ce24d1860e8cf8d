"""Verdicts on arrows: all arrows of a map are judged together.

Who tests twenty arrows finds one by chance. Benjamini and Yekutieli (2001), The control
of the false discovery rate in multiple testing under dependency, The Annals of
Statistics 29(4): among the arrows that are called supported or contradicted, at most
one in twenty is so by chance on average, however measures of one company hang together.
"""

from dataclasses import dataclass, replace

import numpy as np
from scipy.stats import chi2, nct, t

LEVEL = 0.05
SUPPORTED, CONTRADICTED, NONE, UNTESTABLE = (
    "supported",
    "contradicted",
    "none",
    "untestable",
)
POINTS = (np.arange(40) + 0.5) / 40  # of a distribution, for a mean over it


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the company's own data say of one arrow.

    :param verdict: supported, contradicted, none (no evidence) or untestable
    :param effect: of months the partial correlation, -1 to 1; of customers the change
        of the outcome with one unit of the cause; NaN where not tested
    :param p: two-sided, of this arrow alone
    :param adjusted: p over all arrows judged together
    :param n: pairs of months, or customers
    :param power: chance that a true effect of the size ``seen`` were supported here
    :param why: of an untestable arrow: "short" (too few), "gaps" (enough months, too
        few of them known at both ends), "constant" (an end does not vary)
    :param low, high: 95 % interval of the effect, of customers
    :param sign: expected, 1 or -1
    :param freedom: what the test has left after its controls
    :param seen: partial correlation that ``power`` is told of
    """

    verdict: str
    effect: float = np.nan
    p: float = np.nan
    adjusted: float = np.nan
    n: int = 0
    power: float = np.nan
    why: str = ""
    low: float = np.nan
    high: float = np.nan
    sign: int = 1
    freedom: int = 0
    seen: float = 0.5


def together(found):
    """Return verdicts that are judged together, of months and customers alike.

    >>> rows = [Verdict(NONE, 0.6, p, sign=sign, freedom=20) for p, sign in
    ...         ((0.001, 1), (0.002, -1), (0.6, 1))]
    >>> found = together([*rows, Verdict(UNTESTABLE, why="short")])
    >>> [row.verdict for row in found]
    ['supported', 'contradicted', 'none', 'untestable']
    >>> [round(row.adjusted, 4) for row in found]
    [0.0055, 0.0055, 1.0, nan]
    """
    tested = [row.verdict != UNTESTABLE for row in found]
    adjusted = np.full(len(found), np.nan)
    adjusted[tested] = adjust([row.p for row in found if row.verdict != UNTESTABLE])
    return [
        _judged(row, float(p), sum(tested)) if known else row
        for row, p, known in zip(found, adjusted, tested, strict=True)
    ]


def _judged(row, adjusted, arrows):
    if adjusted > LEVEL:
        verdict = NONE
    else:
        verdict = SUPPORTED if row.effect * row.sign > 0 else CONTRADICTED
    strength = power(row.freedom, arrows, row.seen)
    return replace(row, verdict=verdict, adjusted=adjusted, power=strength)


def adjust(p):
    """Return the p-values of Benjamini and Yekutieli, at most 1.

    >>> adjust([0.01, 0.04, 0.03]).round(4).tolist()
    [0.055, 0.0733, 0.0733]
    """
    p = np.asarray(p, float)
    order = p.argsort()
    scaled = p[order] * strictness(p.size) / np.arange(1, p.size + 1)
    found = np.empty(p.shape)
    found[order] = np.minimum.accumulate(scaled[::-1])[::-1]
    return np.minimum(found, 1.0)


def strictness(arrows):
    """Return by what the smallest p of so many arrows is multiplied.

    >>> strictness(1), round(strictness(10), 2)
    (1.0, 29.29)
    """
    return float(arrows * (1 / np.arange(1, arrows + 1)).sum())


def power(freedom, arrows=1, size=0.5):
    """Return the chance that a true partial correlation of this size is supported.

    With several arrows that of the first to be found, which is the hardest: it says at
    least how often.

    :param freedom: rows less controls less one
    :param arrows: how many are judged together

    >>> round(power(7), 2), round(power(43), 2), round(power(43, arrows=10), 2)
    (0.29, 0.95, 0.66)
    """
    if freedom < 1:
        return 0.0
    limit = t.isf(LEVEL / 2 / strictness(arrows), freedom)
    spread = np.sqrt(chi2.ppf(POINTS, freedom + 1))
    shift = size / np.sqrt(1 - size**2) * spread
    return float(np.mean(nct.sf(limit, freedom, shift)))
