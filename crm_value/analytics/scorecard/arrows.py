"""Arrows of a strategy map by month: does the effect follow the cause as declared?

Two figures of one company rise and fall together for many reasons: both grow, both have
a December, both change slowly. Granger (1969), Investigating causal relations by
econometric models, Econometrica 37(3): a cause must tell of the effect what the own
past of the effect does not. So the trend, the month of the year, and the month before
of both ends are taken out; what is left is correlated at the lag that was declared, and
drawn anew in other orders (Freedman and Lane 1983, A nonstochastic interpretation of
reported significance levels, Journal of Business & Economic Statistics 1(4)).
"""

from dataclasses import dataclass

import numpy as np

from ..statistics.regression import basis, left_over
from .verdict import LEVEL, NONE, UNTESTABLE, Verdict, strictness, together

MONTHS = 24  # of pairs, below which nothing is tested
FEWEST = 5  # degrees of freedom
DRAWS = 9999
CLOSE = 1e-12  # the order that is, drawn again
YEAR = 12


@dataclass(frozen=True, slots=True)
class Arrow:
    """One arrow of the map, both ends on one calendar of months.

    :param cause, effect: one value a month, NaN unknown, shape (m,)
    :param lag: months from the cause to the effect, at least 0
    :param sign: expected, 1 or -1
    :param start_month: 1 to 12, of the first value
    """

    cause: np.ndarray
    effect: np.ndarray
    lag: int
    sign: int = 1
    start_month: int = 1


@dataclass(frozen=True, slots=True)
class Residuals:
    """What is left of both ends, row by row, after all that is no evidence.

    :param month: position of the effect's month in the calendar, shape (r,)
    :param cause, effect: shape (r,)
    :param space: what was taken out, orthonormal, shape (r, k)
    """

    month: np.ndarray
    cause: np.ndarray
    effect: np.ndarray
    space: np.ndarray

    @property
    def freedom(self):
        """What a correlation of both has left."""
        return len(self.month) - self.space.shape[1] - 1


def verdicts(arrows, seed=19):
    """Return a Verdict for each Arrow, judged together.

    >>> random = np.random.default_rng(1)
    >>> cause = random.normal(size=60)
    >>> effect = np.roll(cause, 2) + 0.3 * random.normal(size=60)
    >>> rows = [Arrow(cause, effect, 2), Arrow(cause, effect, 2, -1),
    ...         Arrow(cause[:20], effect[:20], 2), Arrow(cause, 0 * effect, 2)]
    >>> [(row.verdict, row.why, row.n) for row in verdicts(rows)]
    ... # doctest: +NORMALIZE_WHITESPACE
    [('supported', '', 58), ('contradicted', '', 58), ('untestable', 'short', 18),
     ('untestable', 'constant', 58)]
    """
    draws = max(DRAWS, int(np.ceil(2 * strictness(len(arrows)) / LEVEL)))
    left = [residuals(arrow) for arrow in arrows]
    orders = {
        size: np.random.default_rng(seed).random((draws, size)).argsort(axis=1)
        for size in {rest.month.size for rest in left}
    }
    return together(
        [
            _alone(arrow, rest, orders[rest.month.size])
            for arrow, rest in zip(arrows, left, strict=True)
        ]
    )


def residuals(arrow):
    """Return the Residuals of both ends, of the months that are known.

    >>> found = residuals(Arrow(np.arange(30.0), np.arange(30.0) ** 2, 1))
    >>> found.month[[0, -1]].tolist(), bool(found.cause.any()), found.freedom
    ([2, 29], False, 13)
    """
    month, cause, effect = _pairs(arrow)
    before = np.column_stack([_before(cause), _before(effect)])
    rows = ~np.isnan(np.column_stack([cause, effect, before])).any(axis=1)
    season = (month[rows, None] + arrow.start_month) % YEAR == np.arange(YEAR)
    space = basis(np.column_stack([season, month[rows], before[rows]]))
    left = left_over(space, np.column_stack([cause, effect])[rows])
    return Residuals(month[rows], left[:, 0], left[:, 1], space)


def _pairs(arrow):
    """Return (position of the effect's month, cause ``lag`` months before, effect)."""
    cause, effect = (np.asarray(end, float) for end in (arrow.cause, arrow.effect))
    month = np.arange(arrow.lag, effect.size)
    return month, cause[: month.size], effect[arrow.lag :]


def _before(values):
    return np.concatenate([[np.nan], values[:-1]])[: values.size]


def _alone(arrow, rest, orders):
    """Return the Verdict of one arrow before it is judged with the others."""
    _month, cause, effect = _pairs(arrow)
    known = ~np.isnan(cause + effect)
    n = int(known.sum())
    why = _untestable(known, n, rest)
    if why:
        return Verdict(UNTESTABLE, n=n, why=why, sign=arrow.sign)
    effect, p = _by_chance(rest, orders)
    return Verdict(NONE, effect, p, n=n, sign=arrow.sign, freedom=rest.freedom)


def _untestable(known, n, rest):
    """Return why an arrow cannot be tested, or nothing."""
    if n < MONTHS:
        at = known.nonzero()[0]
        return "gaps" if n and at[-1] - at[0] + 1 >= MONTHS else "short"
    if rest.freedom < FEWEST:
        return "gaps"
    return "" if rest.cause.any() and rest.effect.any() else "constant"


def _by_chance(rest, orders):
    """Return the partial correlation, and how often chance alone reaches as far.

    What is left of the effect in another order is again rid of what was taken out; of
    the cause nothing is left of that already.
    """
    cause, effect = (end / np.linalg.norm(end) for end in (rest.cause, rest.effect))
    drawn = effect[orders]
    length = np.sqrt(1 - ((drawn @ rest.space) ** 2).sum(axis=1))
    found = cause @ effect
    reached = np.abs(drawn @ cause) >= (np.abs(found) - CLOSE) * length
    return float(found), float((1 + reached.sum()) / (1 + len(orders)))
