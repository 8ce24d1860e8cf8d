"""Prediction interval of one customer's future revenue.

Most of the uncertainty is not in the parameters but in the customer: one buys again or
does not. Future money is therefore nothing with some probability, else spread like a
gamma distribution with the mean and variance that the models imply (numbers of
purchases, spend of each, the customer's own mean, the parameters).
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import gammainc, gammaincinv

TENTHS = np.linspace(0, 1, 11)
LOWER_TAILS = np.array([0.0, 0.125, 0.25, 0.375, 0.5])  # shares of what is left outside


@dataclass(frozen=True, slots=True)
class Outlook:
    """The distribution of one customer's future money, arrays of shape (n,).

    :param none: probability of no purchase at all
    :param mean: expected money
    :param shape: of the gamma distribution of the money of those who buy
    """

    none: np.ndarray
    mean: np.ndarray
    shape: np.ndarray

    @property
    def _scale(self):
        return _divide(self.mean, (1 - self.none) * self.shape)

    def take(self, rows):
        """Return the outlook of some customers."""
        return Outlook(self.none[rows], self.mean[rows], self.shape[rows])

    def share_below(self, money):
        """Return the probability of at most ``money``, shape (n,).

        >>> outlook = Outlook(np.array([0.5]), np.array([10.0]), np.array([1.0]))
        >>> outlook.share_below(np.array([0.0])).tolist()
        [0.5]
        """
        reach = gammainc(self.shape, _divide(money, self._scale))
        return self.none + (1 - self.none) * reach

    def quantile(self, share):
        """Return the money that is not exceeded with probability ``share``.

        >>> outlook = Outlook(np.array([0.5]), np.array([10.0]), np.array([1.0]))
        >>> outlook.quantile(0.4).tolist(), outlook.quantile(0.75).round(2).tolist()
        ([0.0], [13.86])
        """
        inside = np.clip(_divide(share - self.none, 1 - self.none), 0.0, 1 - 1e-12)
        return gammaincinv(self.shape, inside) * self._scale

    def shortest(self, level):
        """Return the shortest interval that holds ``level``, as (low, high).

        It starts at zero where buying nothing is likely, and always holds the mean.

        >>> outlook = Outlook(np.array([0.5]), np.array([10.0]), np.array([1.0]))
        >>> [edge.round(2).tolist() for edge in outlook.shortest(0.8)]
        [[0.0], [18.33]]
        """
        return shortest(self, level)


@dataclass(frozen=True, slots=True)
class Bent:
    """An Outlook bent by where past outcomes came to lie in such outlooks.

    A conformal predictive distribution (Vovk, Gammerman and Shafer 2005, Algorithmic
    learning in a random world): it needs no more than that the future is like the past.

    :param base: Outlook
    :param group: which of the knots each customer goes by, shape (n,)
    :param knots: shape (groups, 11), the probability in ``base`` below which a tenth,
        two tenths, … of the past outcomes lay; 0 and 1 at the ends
    """

    base: Outlook
    group: np.ndarray
    knots: np.ndarray

    @property
    def mean(self):
        """Expected money, as in ``base``."""
        return self.base.mean

    @property
    def none(self):
        """Probability of no purchase at all."""
        return self._forth(self.base.none)

    def take(self, rows):
        """Return the outlook of some customers."""
        return Bent(self.base.take(rows), self.group[rows], self.knots)

    def share_below(self, money):
        """Return the probability of at most ``money``, shape (n,)."""
        return self._forth(self.base.share_below(money))

    def quantile(self, share):
        """Return the money that is not exceeded with probability ``share``.

        >>> base = Outlook(np.array([0.5]), np.array([10.0]), np.array([1.0]))
        >>> wider = Bent(base, np.array([0]), np.linspace(0, 1, 11)[None] ** 2)
        >>> wider.quantile(0.8).round(2).tolist()
        [6.57]
        """
        return self.base.quantile(self._back(share))

    def shortest(self, level):
        """Return the shortest interval that holds ``level``; see Outlook."""
        return shortest(self, level)

    def _forth(self, share):
        return self._by_group(lambda knots, rows: np.interp(share[rows], knots, TENTHS))

    def _back(self, share):
        shares = np.broadcast_to(share, self.group.shape)
        return self._by_group(lambda knots, at: np.interp(shares[at], TENTHS, knots))

    def _by_group(self, ask):
        found = np.empty(self.group.shape)
        for at, knots in enumerate(self.knots):
            rows = self.group == at
            found[rows] = ask(knots, rows)
        return found


def shortest(outlook, level):
    """Return the shortest interval of an outlook that holds ``level``, and its mean."""
    mean = outlook.mean
    low, high = outlook.quantile(0.0), outlook.quantile(level)
    # Where nothing is likely enough, all of them begin at zero, the first ends soonest.
    rows = np.flatnonzero(outlook.quantile(LOWER_TAILS[-1] * (1 - level)) > 0)
    some = outlook.take(rows)
    for tail in LOWER_TAILS[1:] * (1 - level):
        bottom, top = some.quantile(tail), some.quantile(tail + level)
        shorter = top - bottom < high[rows] - low[rows]
        low[rows] = np.where(shorter, bottom, low[rows])
        high[rows] = np.where(shorter, top, high[rows])
    return np.minimum(low, mean), np.maximum(high, mean)


def counted(outlook, level):
    """Return the interval of a number of purchases that holds ``level``, whole numbers.

    From nothing, where nothing is as likely as what lies below the middle ``level``;
    else that middle. It always holds the mean.

    :param outlook: Outlook or Bent of the number

    >>> few = Outlook(*(np.array(part) for part in ([0.5, 0.0], [1.0, 5.0], [2.0, 9])))
    >>> [edge.tolist() for edge in counted(few, 0.8)]
    [[0.0, 3.0], [2.0, 7.0]]
    """
    tail = (1 - level) / 2
    low = _whole(outlook, outlook.quantile(tail), tail)
    share = np.where(low > 0, 1 - tail, level)
    high = _whole(outlook, outlook.quantile(share), share)
    return np.minimum(low, np.floor(outlook.mean)), np.maximum(
        high, np.ceil(outlook.mean)
    )


def _whole(outlook, number, share):
    """Return the nearest whole number; one at least, where nothing is exceeded."""
    return np.where(share > outlook.none, np.maximum(np.round(number), 1.0), 0.0)


def outlook(purchases, square, none, within, between):
    """Return the Outlook of money, in units of the customer's expected spend.

    :param purchases: expected number of purchases N, shape (n,)
    :param square: E[N²], with the uncertainty of the parameters
    :param none: probability that N is 0
    :param within: squared coefficient of variation of the spend around its mean
    :param between: the same of the customer's mean itself

    >>> one = np.ones(1)
    >>> found = outlook(one, 3 * one, 0.5 * one, 0.0, 0.0)
    >>> found.mean.tolist(), found.shape.tolist()
    ([1.0], [2.0])
    """
    none = np.clip(none, 0.0, 1.0)
    square = (1 + between) * (square + within * purchases)
    buys = 1 - none
    mean = _divide(purchases, buys)
    variance = np.maximum(_divide(square, buys) - mean**2, 1e-6 * mean**2)
    shape = np.clip(_divide(mean**2, variance), 1e-3, 1e6)
    return Outlook(none, purchases, shape)


def _divide(part, whole):
    """Return part / whole, 0 where both are nothing."""
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(whole > 0, part / whole, 0.0)
