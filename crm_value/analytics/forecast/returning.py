"""Chance of another purchase: the one measure of who is lost.

The chance is that of MBG/NBD (Batislam, Denizel and Filiztekin 2007), in which a
customer may leave after the first purchase too, recalibrated by what came after past
cutoffs. That model takes every long silence of a frequent buyer for leaving; where such
customers came back all the same, a part of the odds is that of NBD (Ehrenberg 1959), in
which nobody leaves. The chance only falls while a customer is silent, and it has a
closed form, so that it can be asked for on any day of the past.
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
PRIOR_PART, PART_SD = -3.0, 1.5  # log odds of NBD's part, before anything is seen [D]


@dataclass(frozen=True, slots=True)
class Returning:
    """Learnt chance of another purchase.

    :param buying: clv.Params of MODEL
    :param shift: added to the chance's log odds, as past cutoffs asked for
    :param slope: what these odds are multiplied with before, > 0
    :param earlier: clv.Params of the fits before; the mean of all is told, so that what
        one month's fit makes of chance moves little
    :param part: share of the log odds that is taken from NBD, 0 to 1
    """

    buying: clv.Params
    shift: float = 0.0
    slope: float = 1.0
    earlier: tuple = ()
    part: float = 0.0

    def chance(self, weeks, x, t_x, T):
        """Return the probability of a purchase within ``weeks``, shape of ``x``.

        :param x, t_x, T: see :func:`clv.fit`, times in weeks

        >>> buying = clv.Params("mbg", r=0.525, alpha=6.183, a=0.891, b=1.614)
        >>> Returning(buying).chance(52, np.array([0, 9]), 0, 30).round(2).tolist()
        [0.16, 0.0]
        """
        return self.calibrated(self.odds(weeks, x, t_x, T))

    def calibrated(self, odds):
        """Return the probability that past cutoffs make of :meth:`odds`."""
        leaving, staying = odds
        mixed = (1 - self.part) * leaving + self.part * staying
        return expit(self.shift + self.slope * mixed)

    def drawn(self, share):
        """Return the same, with a share of what past cutoffs asked for."""
        kept = {"shift": share * self.shift, "slope": self.slope**share}
        return replace(self, part=share * self.part, **kept)

    def odds(self, weeks, x, t_x, T):
        """Return the log odds of a purchase by MODEL and by NBD, shape of ``x`` each.

        NBD is MODEL of who stays: its rates are the same.
        """
        leaving = self._mean(
            clv.probability_none(params, weeks, x, t_x, T) for params in self.fits
        )
        staying = self._mean(
            clv.probability_silent(params, weeks, x, t_x, T) for params in self.fits
        )
        none = (np.clip(one, EDGE, 1 - EDGE) for one in (leaving, staying))
        return tuple(-logit(one) for one in none)

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

    @classmethod
    def from_json(cls, data):
        """Rebuild what ``dataclasses.asdict`` has made plain."""
        fits = [_params(one) for one in data.get("earlier", ())]
        return cls(
            **{**data, "buying": _params(data["buying"]), "earlier": tuple(fits)}
        )

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


def _params(data):
    read = {n: tuple(v) if isinstance(v, list) else v for n, v in data.items()}
    if read.get("log_likelihood") is None:
        read["log_likelihood"] = float("nan")
    return clv.Params(**read)


def calibrate(found, odds, bought):
    """Return Returning with shift, slope and part as the past asks for (Platt 1999).

    :param found: Returning
    :param odds: list of what :meth:`Returning.odds` said at each past cutoff; each
        cutoff counts the same
    :param bought: list of arrays: whether a purchase came, as 0 and 1
    """
    looks = [(said, came) for said, came in zip(odds, bought, strict=True) if came.size]
    if not looks:
        return found
    size = np.mean([came.size for _said, came in looks])

    def loss(at):
        missed = [_missed(at, said, came) for said, came in looks]
        away = (at[:2] / PRIOR_SD) ** 2, (at[2:] - PRIOR_PART) ** 2 / PART_SD**2
        return np.mean(missed) + np.concatenate(away).sum() / (2 * size)

    start = np.array([0.0, 0.0, PRIOR_PART])
    shift, slope, part = minimize(loss, start, method="Nelder-Mead").x
    learnt = {"shift": float(shift), "slope": float(np.exp(slope))}
    return replace(found, part=float(expit(part)), **learnt)


def _missed(at, said, came):
    """Return minus the mean log score of (shift, log slope, log odds of NBD's part)."""
    part = expit(at[2])
    odds = at[0] + np.exp(at[1]) * ((1 - part) * said[0] + part * said[1])
    return -np.mean(log_expit((2 * came - 1) * odds))
