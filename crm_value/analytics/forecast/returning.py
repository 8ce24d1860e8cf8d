"""Chance of another purchase: the one measure of who is lost.

The chance is that of MBG/NBD (Batislam, Denizel and Filiztekin 2007), in which a
customer may leave after the first purchase too, recalibrated by what came after past
cutoffs. It only falls while a customer is silent, and it has a closed form, so that it
can be asked for on any day of the past.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import expit, logit

from . import clv

MODEL = "mbg"
EDGE = 1e-9


@dataclass(frozen=True, slots=True)
class Returning:
    """Learnt chance of another purchase.

    :param buying: clv.Params of MODEL
    :param shift: added to the chance's log odds, as past cutoffs asked for
    :param slope: what these odds are multiplied with before, > 0
    """

    buying: clv.Params
    shift: float = 0.0
    slope: float = 1.0

    def chance(self, weeks, x, t_x, T):
        """Return the probability of a purchase within ``weeks``, shape of ``x``.

        :param x, t_x, T: see :func:`clv.fit`, times in weeks

        >>> buying = clv.Params("mbg", r=0.525, alpha=6.183, a=0.891, b=1.614)
        >>> Returning(buying).chance(52, np.array([0, 9]), 0, 30).round(2).tolist()
        [0.16, 0.0]
        """
        raw = 1 - clv.probability_none(self.buying, weeks, x, t_x, T)
        odds = logit(np.clip(raw, EDGE, 1 - EDGE))
        return expit(self.shift + self.slope * odds)


def learn(x, t_x, T):
    """Return Returning as fitted to histories, not yet calibrated.

    :param x, t_x, T: see :func:`clv.fit`, times in weeks
    """
    return Returning(clv.fit(x, t_x, T, MODEL))
