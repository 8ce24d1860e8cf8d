"""Survival analysis: durations of which some have not ended yet.

Kaplan and Meier (1958), Nonparametric estimation from incomplete observations, Journal
of the American Statistical Association 53(282); with late entry, as Klein and
Moeschberger (2003), Survival Analysis, section 4.6: what lasted for a while before it
was first seen is no evidence of its first days.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtri


@dataclass(frozen=True, slots=True)
class Curve:
    """The share that lasts longer than each time, arrays of shape (k,).

    :param time: at which something ended, rising
    :param at_risk: how many were seen to last until then
    :param ended: how many of them ended there
    :param share: of all that lasts longer
    """

    time: np.ndarray
    at_risk: np.ndarray
    ended: np.ndarray
    share: np.ndarray

    def quantile(self, share):
        """Return the time after which ``share`` or less is left, NaN if never.

        >>> curve = kaplan_meier([1.0, 2.0, 3.0], [True, True, False])
        >>> curve.quantile(0.5), curve.quantile(0.1)
        (2.0, nan)
        """
        reached = np.flatnonzero(self.share <= share + 1e-12)
        return float(self.time[reached[0]]) if reached.size else float("nan")

    def interval(self, share, level=0.95):
        """Return between which times that quantile lies, NaN where it may never end.

        All times at which ``share`` lies within the interval of the curve
        (Brookmeyer, Crowley 1982), by the log-log scale and Greenwood's variance (Klein
        and Moeschberger 2003, sections 4.2 to 4.5).

        >>> kaplan_meier([1.0, 2.0, 3.0, 4.0], [True] * 4).interval(0.5)
        (1.0, 4.0)
        """
        left, z = self.at_risk - self.ended, ndtri((1 + level) / 2)
        with np.errstate(divide="ignore", invalid="ignore"):
            variance = np.cumsum(self.ended / (self.at_risk * left))
            off = np.log(-np.log(self.share)) - np.log(-np.log(share))
            off /= np.sqrt(variance) / np.abs(np.log(self.share))
        # At the very end nobody is left, and nothing is in doubt.
        off = np.where(self.share <= 0, np.inf, off)
        low, high = self.time[off >= -z], self.time[off > z]
        ends = (times[0] if times.size else np.nan for times in (low, high))
        return tuple(float(end) for end in ends)


def kaplan_meier(length, ended, entry=None, weight=None):
    """Return the Curve of what was seen.

    S(t) = ∏ (1 − dᵢ / nᵢ) over all times tᵢ ≤ t at which something ended; nᵢ counts
    what entered before tᵢ and lasted until tᵢ or longer.

    :param length: how long each was seen to last, shape (n,)
    :param ended: whether it ended then; else it still lasts
    :param entry: how old it was when first seen, 0 if from its beginning
    :param weight: how many of that kind there are, 1 each

    >>> curve = kaplan_meier([6, 6, 7, 9], [True, False, True, False])
    >>> curve.time.tolist(), curve.share.tolist()
    ([6.0, 7.0], [0.75, 0.375])
    >>> kaplan_meier([6, 9], [True, True], entry=[0, 7]).at_risk.tolist()
    [1.0, 1.0]
    """
    length = np.asarray(length, dtype=float)
    ended = np.asarray(ended, dtype=bool)
    entry = np.zeros(length.shape) if entry is None else np.asarray(entry, dtype=float)
    weight = np.ones(length.shape) if weight is None else np.asarray(weight, float)
    time = np.unique(length[ended & (length > entry)])
    late = ~(length > entry)  # seen for no time at all
    weight = np.where(late, 0.0, weight)
    begun = _below(entry, weight, time)
    left = _below(length, weight, time)
    at_risk = begun - left
    counts = np.bincount(
        np.searchsorted(time, length[ended & ~late]),
        weight[ended & ~late],
        time.size,
    )
    return Curve(time, at_risk, counts, np.cumprod(1 - counts / at_risk))


def _below(values, weight, time):
    """Return the weight of the values below each time."""
    order = np.argsort(values, kind="stable")
    summed = np.concatenate(([0.0], np.cumsum(weight[order])))
    return summed[np.searchsorted(values[order], time, side="left")]
