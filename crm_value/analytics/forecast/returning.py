"""Chance of another purchase: the one measure of who is lost.

The chance is that of MBG/NBD (Batislam, Denizel and Filiztekin 2007), in which a
customer may leave after the first purchase too, recalibrated by what came after past
cutoffs. It only falls while a customer is silent, and it has a closed form, so that it
can be asked for on any day of the past.
"""

from dataclasses import dataclass, replace

import numpy as np
from scipy.optimize import minimize
from scipy.special import expit, log_expit, logit

from . import clv

MODEL = "mbg"
EDGE = 1e-9
EARLIER = 2  # fits that count beside the latest [D]
SIMILAR = 0.5  # share of today's customers that an earlier fit must have known [D]
PRIOR_SD = 0.3  # of shift and of the slope's logarithm, before anything is seen [D]


@dataclass(frozen=True, slots=True)
class Returning:
    """Learnt chance of another purchase.

    :param buying: clv.Params of MODEL
    :param shift: added to the chance's log odds, as past cutoffs asked for
    :param slope: what these odds are multiplied with before, > 0
    :param earlier: clv.Params of the fits before; the mean of all is told, so that what
        one month's fit makes of chance moves little
    """

    buying: clv.Params
    shift: float = 0.0
    slope: float = 1.0
    earlier: tuple = ()

    def chance(self, weeks, x, t_x, T):
        """Return the probability of a purchase within ``weeks``, shape of ``x``.

        :param x, t_x, T: see :func:`clv.fit`, times in weeks

        >>> buying = clv.Params("mbg", r=0.525, alpha=6.183, a=0.891, b=1.614)
        >>> Returning(buying).chance(52, np.array([0, 9]), 0, 30).round(2).tolist()
        [0.16, 0.0]
        """
        none = self._mean(
            clv.probability_none(params, weeks, x, t_x, T) for params in self.fits
        )
        odds = logit(np.clip(1 - none, EDGE, 1 - EDGE))
        return expit(self.shift + self.slope * odds)

    def alive(self, x, t_x, T):
        """Return the probability to be a customer still, NaN where nobody leaves."""
        if not self.buying.dropout:
            return np.full(np.shape(x), np.nan)
        return self._mean(
            clv.probability_alive(params, x, t_x, T) for params in self.fits
        )

    @property
    def fits(self):
        """The parameters that count, the latest first."""
        return (self.buying, *self.earlier)

    def following(self, before):
        """Return the same, with the fits that were in force until now.

        :param before: Returning, None without one. Fits to half as many customers tell
            of another company.
        """
        fits = before.fits if before else ()
        known = [params for params in fits if params.n >= SIMILAR * self.buying.n]
        return replace(self, earlier=tuple(known[:EARLIER]))

    def _mean(self, columns):
        return sum(columns) / len(self.fits)


def calibrate(found, raw, bought):
    """Return Returning with shift and slope as the past asks for (Platt 1999).

    :param found: Returning
    :param raw: list of arrays, one for each past cutoff: chances as they were found
        then; each cutoff counts the same
    :param bought: list of arrays: whether a purchase came, as 0 and 1
    """
    looks = [
        (logit(np.clip(chances, EDGE, 1 - EDGE)), came)
        for chances, came in zip(raw, bought, strict=True)
        if chances.size
    ]
    if not looks:
        return found

    def loss(at):
        shift, slope = at[0], np.exp(at[1])
        missed = [
            -np.mean(log_expit((2 * came - 1) * (shift + slope * odds)))
            for odds, came in looks
        ]
        size = np.mean([came.size for _odds, came in looks])
        return np.mean(missed) + (at**2).sum() / (2 * PRIOR_SD**2 * size)

    shift, slope = minimize(loss, np.zeros(2), method="Nelder-Mead").x
    return replace(found, shift=float(shift), slope=float(np.exp(slope)))
