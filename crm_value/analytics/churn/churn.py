"""Churn risk: probability that an active customer does not buy in time, and why.

The log odds are a sum over features, each measured against the customers it was learnt
from: coefficient × (feature − mean) ÷ standard deviation. So each part of the sum is
what one feature adds for this customer, and the reasons add up to the probability. What
is not known is taken as the mean: it adds nothing.
"""

from dataclasses import asdict, dataclass

import numpy as np

from ..statistics import logistic

# The values are stored in model cards.
MODEL, RECENCY, NONE = "model", "silence", "none"


@dataclass(frozen=True, slots=True)
class Limits:
    """Churn risk settings: horizon in days, and the limit of being at risk.

    :param days: who does not buy within so many days declines
    :param chance: probability of that from which on a customer is at risk
    """

    days: int = 90
    chance: float = 0.5


@dataclass(frozen=True, slots=True)
class Feature:
    """One predictor of churn.

    :param of: function of (columns of figures, rules) → shape (n,), NaN unknown
    :param alarming: more of it can only raise the risk; what the past does not show
        to do so is left out. False: it may go either way
    """

    of: object
    alarming: bool = True


def _late(columns, _rules):
    return np.log1p(columns["overdue"])


def _late_for_season(columns, _rules):
    """Zero where days without a purchase count alike, below in a quiet season."""
    known = (columns["overdue"] > 0) & (columns["season_overdue"] > 0)
    both = (np.where(known, columns[n], 1.0) for n in ("season_overdue", "overdue"))
    season, plain = both
    return np.where(np.isnan(columns["season_overdue"]), np.nan, np.log(season / plain))


def _late_for_category(columns, _rules):
    """How much longer a category is overdue than the customer, by its share."""
    excess = columns["category_overdue"] / np.maximum(columns["overdue"], 1.0)
    return columns["category_share"] * np.log(np.maximum(excess, 1.0))


def _shrinking(columns, _rules):
    return -np.clip(columns["window_trend"], -1.0, 1.0)


def _gone(columns, _rules):
    return 1 - columns["p_alive"]


def _recency(columns, _rules):
    return np.log1p(columns["recency_days"])


def _few(columns, _rules):
    return -np.log(np.maximum(columns["purchase_count"], 1.0))


def _rare(columns, rules):
    """The customer's purchase cycle against the days that are waited for."""
    return np.log(np.maximum(columns["median_gap_days"], 1.0) / rules.of(Limits).days)


def _asking(columns, _rules):
    return np.log1p(columns["ticket_count"])


def _waiting(columns, _rules):
    return np.log1p(columns["slow_ticket_count"])


def _dissatisfied(columns, _rules):
    return -columns["satisfaction_score"]


# A further feature is one more line here; the column it reads has to be among READ.
FEATURES = {
    "overdue": Feature(_late),
    "season": Feature(_late_for_season),
    "category": Feature(_late_for_category),
    "trend": Feature(_shrinking),
    "gone": Feature(_gone),
    "recency": Feature(_recency),
    "few": Feature(_few),
    "rhythm": Feature(_rare),
    "tickets": Feature(_asking, alarming=False),
    "slow": Feature(_waiting),
    "satisfaction": Feature(_dissatisfied),
}
READ = (
    *("overdue", "season_overdue", "category_overdue", "category_share"),
    *("window_trend", "p_alive", "recency_days", "purchase_count", "median_gap_days"),
    *("ticket_count", "slow_ticket_count", "satisfaction_score"),
)


@dataclass(frozen=True, slots=True)
class Risk:
    """Fitted churn model.

    :param rule: MODEL, RECENCY (days since the last purchase alone) or NONE
    :param names: of FEATURES, in the order of the three tuples
    """

    rule: str = NONE
    intercept: float = 0.0
    names: tuple = ()
    means: tuple = ()
    scales: tuple = ()
    coefficients: tuple = ()

    def to_json(self):
        """Return plain data, for storage."""
        return asdict(self)

    @classmethod
    def from_json(cls, data):
        """Rebuild a Risk from :meth:`to_json`."""
        return cls(**{n: tuple(v) if type(v) is list else v for n, v in data.items()})


def table(columns, names, rules):
    """Return the features of customers, shape (n, k), NaN unknown.

    :param columns: the figures in READ, each of shape (n,), NaN unknown

    >>> from ..policy.rules import Rules
    >>> columns = dict.fromkeys(READ, np.array([1.0, np.nan]))
    >>> table(columns, ("gone",), Rules(365, 365, 0.3, "revenue", ())).tolist()
    [[0.0], [nan]]
    """
    size = len(columns["overdue"])
    with np.errstate(invalid="ignore"):
        found = [FEATURES[name].of(columns, rules) for name in names]
    return np.column_stack(found) if found else np.zeros((size, 0))


def contributions(risk, columns, rules):
    """Return what each feature adds to the log odds, shape (n, k).

    With the intercept a row sums to the log odds of :func:`probability`.

    >>> from ..policy.rules import Rules
    >>> rules = Rules(365, 365, 0.3, "revenue", ())
    >>> risk = Risk(MODEL, -1.0, ("gone",), (0.5,), (0.25,), (2.0,))
    >>> columns = dict.fromkeys(READ, np.array([0.0, np.nan]))
    >>> contributions(risk, columns, rules).tolist()
    [[4.0], [0.0]]
    """
    found = table(columns, risk.names, rules) - np.array(risk.means)
    parts = found / np.array(risk.scales) * np.array(risk.coefficients)
    return np.where(np.isnan(parts), 0.0, parts)


def probability(risk, columns, rules):
    """Return how likely each customer is not to buy in time, NaN if nobody can tell.

    >>> from ..policy.rules import Rules
    >>> rules = Rules(365, 365, 0.3, "revenue", ())
    >>> risk = Risk(MODEL, -4.0, ("gone",), (0.5,), (0.25,), (2.0,))
    >>> columns = dict.fromkeys(READ, np.array([0.0, np.nan]))
    >>> probability(risk, columns, rules).round(3).tolist()
    [0.5, 0.018]
    """
    if risk.rule == NONE:
        return np.full(len(columns["overdue"]), np.nan)
    parts = contributions(risk, columns, rules)
    # Not by matrix products: those depend on how many customers there are.
    total = np.full(len(parts), risk.intercept)
    for part in parts.T:
        total = total + part
    return logistic.probability(total)
