"""Money as in the last equally long period: a rival of purchases × spend.

Where what a customer spends drifts, the mean of all its purchases lags behind. Then
"the same revenue as in the last period" tells better: drawn towards purchases × spend
as the past asks for (credibility), and only as far as the customer buys again.
"""

from dataclasses import dataclass

import numpy as np

from . import clv, stacking

PRIOR = np.array([0.2, 0.8])  # weights before anything is seen [D]
NOTHING = 1e-6  # purchases below which no amount of one is told


@dataclass(frozen=True, slots=True)
class Lately:
    """Weights of purchases × spend and of the last period's revenue."""

    product: float
    recent: float

    def each(self, said, T, last, share):
        """Return the money of one purchase, shape (n,).

        :param said: (purchases expected, money of each by spend)
        :param T: age in weeks
        :param last: (revenue of the last period, its weeks). Who is younger than that
            period keeps the money by spend.
        :param share: of that revenue that :func:`repeated` expects again
        """
        purchases, each = said
        went_on = np.maximum(last[0], 0.0) * share
        told = self.product * purchases * each + self.recent * went_on
        old = (T >= last[1]) & (purchases > NOTHING) & ~np.isnan(told)
        return np.divide(told, purchases, out=np.array(each, dtype=float), where=old)


def repeated(buying, weeks, rows, period):
    """Return what to expect of the last period's revenue as a share of it, (n,).

    As far as customers buy again; later periods bring less than the next one, as
    customers leave.

    :param buying: clv.Params; :param weeks: looked ahead
    :param rows: rows.Rows
    :param period: weeks of the last period

    >>> from .rows import Rows
    >>> one = Rows(*np.array([[9.0], [50.0], [52.0], [3.0], [np.nan]]))
    >>> never = clv.Params("mbg", r=9.0, alpha=52.0, a=1e-6, b=1.0)
    >>> repeated(never, 26.0, one, 52.0).round(2).tolist()
    [0.49]
    """
    x, t_x, T = stacking.settled(rows)
    chance = 1 - clv.probability_none(buying, weeks, x, t_x, T)
    ahead, as_long = (
        clv.expected_purchases(buying, t, x, t_x, T) for t in (weeks, period)
    )
    return chance * stacking.ratio(ahead, as_long, weeks / period)


def learn(buying, weeks, rows, said, came, last):
    """Return the Lately that would have predicted the money that came best.

    :param came: money, shape (n,); the others as of :meth:`Lately.each` and
        :func:`repeated`
    """
    revenue, period = last
    old = rows.T >= period
    purchases, each = said
    went_on = np.maximum(revenue, 0.0) * repeated(buying, weeks, rows, period)
    parts = np.array([purchases * each, went_on])
    return Lately(*stacking.solve(parts[:, old], came[old], PRIOR))
