"""Loyalty as Dick and Basu (1994) see it: repeat buying and attitude, low or high.

==========  =============  ============
behaviour   attitude high  attitude low
==========  =============  ============
high        loyal          spurious
low         latent         none
==========  =============  ============

Behaviour is the mean of up to three percentile ranks among all who have bought: how
often, recency in own purchase cycles, and how many different products; it has ended
with who is lost. Attitude is what customers answered. Without an answer the class is
unknown, never spurious.

The ranks are read from *scales* that a run over all customers learnt and kept.
"""

from dataclasses import dataclass

import numpy as np

from ..statistics import ranking

LOYAL, SPURIOUS, LATENT, NO_LOYALTY, UNKNOWN = range(5)
PARTS = ("frequency", "recency", "breadth")
DECIMALS = 9


@dataclass(frozen=True, slots=True)
class Limits:
    """What a policy says about loyalty.

    :param behaviour_cut: behaviour that counts as high, 0–100
    :param attitude_cut: attitude that counts as high, 0–100
    :param attitude_months: older answers do not count
    :param price_share: share of discounted purchases that hints at price
    :param incentive_share: share of orders with a reward that hints at incentives
    :param inactive: purchase cycles without a purchase that rule out a habit
    """

    behaviour_cut: float = 50.0
    attitude_cut: float = 50.0
    attitude_months: int = 12
    price_share: float = 0.5
    incentive_share: float = 0.5
    inactive: float = 2.0


@dataclass(frozen=True, slots=True)
class Scales:
    """What one run learnt from all customers: a ranking.Scale for each part."""

    frequency: ranking.Scale
    recency: ranking.Scale
    breadth: ranking.Scale

    def to_json(self):
        """Return plain data, for storage."""
        return {part: getattr(self, part).to_json() for part in PARTS}

    @classmethod
    def from_json(cls, data):
        """Rebuild scales from :meth:`to_json`; those of no run know nobody."""
        empty = ranking.fit_scale(np.empty(0))
        return cls(
            *(ranking.Scale.from_json(data[part]) if data else empty for part in PARTS)
        )


def learn(figures):
    """Return the Scales of all customers; what few are known by ranks nobody.

    :param figures: as in :func:`ranks`
    """
    return Scales(
        *(
            ranking.fit_scale(values, fewest=ranking.FEWEST)
            for values in _values(figures).values()
        )
    )


def ranks(figures, scales):
    """Return the percentile rank 0–100 of each part, NaN where it is not known.

    :param figures: dict of arrays of shape (n,): ``purchase_count`` since ever,
        ``window_count`` of the window, ``overdue`` in own purchase cycles (less is
        better, NaN unknown), ``product_count`` (0: no product is known)

    >>> figures = {"purchase_count": np.array([9, 4, 4, 0]),
    ...     "window_count": np.array([9, 2, 2, 0]),
    ...     "product_count": np.array([1, 0, 5, 0]),
    ...     "overdue": np.array([0.5, 3.0, np.nan, np.nan])}
    >>> figures = {name: column.repeat(5) for name, column in figures.items()}
    >>> found = ranks(figures, learn(figures))
    >>> [found[part][::5].round(1).tolist() for part in PARTS]
    [[83.3, 33.3, 33.3, nan], [75.0, 25.0, nan, nan], [25.0, nan, 75.0, nan]]
    """
    return {
        part: ranking.percent(getattr(scales, part), values)
        for part, values in _values(figures).items()
    }


def behaviour(figures, scales):
    """Return the mean rank 0–100 of the parts known, NaN for who never bought.

    Who is lost no longer buys, however much it did: 0.

    :param figures: as in :func:`ranks`, and ``lost``

    >>> figures = {"purchase_count": np.array([9, 4, 4, 0, 9]),
    ...     "window_count": np.array([9, 2, 2, 0, 9]),
    ...     "product_count": np.array([1, 0, 5, 0, 1]),
    ...     "overdue": np.array([0.5, 3.0, np.nan, np.nan, 0.5]),
    ...     "lost": np.array([False, False, False, False, True])}
    >>> figures = {name: column.repeat(5) for name, column in figures.items()}
    >>> behaviour(figures, learn(figures))[::5].round(1).tolist()
    [58.3, 20.8, 54.2, nan, 0.0]
    """
    rows = np.array(list(ranks(figures, scales).values()))
    known = ~np.isnan(rows)
    count = known.sum(axis=0)
    total = np.where(known, rows, 0.0).sum(axis=0)
    mean = np.divide(total, count, out=np.full(count.shape, np.nan), where=count > 0)
    # Equal customers stay equal, and a limit that is met exactly is met.
    return np.where(figures["lost"] & (count > 0), 0.0, mean.round(DECIMALS))


def _values(figures):
    """Return what each part ranks, NaN where it is not known; more is better."""
    bought = figures["purchase_count"] > 0
    products = figures["product_count"]
    return {
        "frequency": np.where(bought, figures["window_count"], np.nan),
        "recency": np.where(bought, -figures["overdue"], np.nan),
        "breadth": np.where(bought & (products > 0), products, np.nan),
    }


def classify(behaviour_score, attitude, limits):
    """Return the class of each customer; UNKNOWN where either score is (NaN).

    >>> nan = np.nan
    >>> classify(np.array([50, 50, 49, 49, 90, nan]),
    ...     np.array([50, 49, 50, 49, nan, 90]), Limits()).tolist()
    [0, 1, 2, 3, 4, 4]
    """
    with np.errstate(invalid="ignore"):
        buys = behaviour_score >= limits.behaviour_cut
        likes = attitude >= limits.attitude_cut
    known = ~np.isnan(behaviour_score) & ~np.isnan(attitude)
    return np.select(
        [~known, buys & likes, buys, likes],
        [UNKNOWN, LOYAL, SPURIOUS, LATENT],
        default=NO_LOYALTY,
    )


def latest(answers, since):
    """Return each customer's newest attitude: (partner, attitude, day).

    Of several answers on one day the mean counts.

    :param answers: dict of equally long arrays: ``partner``, ``day`` and ``attitude``
        0–100
    :param since: older answers do not count

    >>> answers = {"partner": np.array([7, 5, 7, 7, 9]),
    ...     "day": np.array([3, 8, 9, 9, 1]),
    ...     "attitude": np.array([10.0, 40.0, 60.0, 70.0, 99.0])}
    >>> [column.tolist() for column in latest(answers, 3)]
    [[5, 7], [40.0, 65.0], [8.0, 9.0]]
    """
    counts = (answers["day"] >= since) & ~np.isnan(answers["attitude"])
    partner, day, attitude = (
        answers[name][counts] for name in ("partner", "day", "attitude")
    )
    customers, owner = np.unique(partner, return_inverse=True)
    newest = np.full(customers.size, -np.inf)
    np.maximum.at(newest, owner, day)
    now = day == newest[owner]
    total = np.bincount(owner[now], attitude[now], customers.size)
    count = np.bincount(owner[now], minlength=customers.size)  # one at least
    return customers, (total / count).round(DECIMALS), newest
