"""Churn risk: probability that an active customer does not buy in time, and why.

Where it starts is what the forecast in force says of the same: P(no purchase in time),
but half as far corrected by the past. Other figures are asked only where the past shows
that they know more.

The log odds are a sum over features, each measured against the customers it was learnt
from: coefficient × (feature − mean) ÷ standard deviation. So each part of the sum is
what one feature adds for this customer, and the reasons add up to the probability. What
is not known is taken as the mean: it adds nothing.
"""

from dataclasses import asdict, dataclass, replace

import numpy as np

from ..forecast import clv
from ..forecast.returning import Returning
from ..purchases.histories import WEEK
from ..statistics import logistic
from ..statistics.grouping import unique_rows
from ..statistics.interval import TENTHS

# The values are stored in model cards. BUYING is P(no purchase) as the forecast says,
# SEASONAL the same of as many average days as the days ahead were a year before,
# ADJUSTED that of its model of buying after what past dates showed; RECENCY and COUNT
# look at the days since the last purchase, or at the number of purchases, alone.
MODEL, RECENCY, NONE = "model", "silence", "none"
BUYING, SEASONAL, ADJUSTED, COUNT = "buying", "seasonal", "adjusted", "count"
RULES = (BUYING, SEASONAL, ADJUSTED, RECENCY, COUNT, MODEL)
LOW, MEDIUM, HIGH = range(3)
NEWS = 0.5  # share of a recalibration that is kept: few cutoffs teach it [D]
EDGE = 1e-6  # no chance is nearer to 0 or 1 than this


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
    :param learnt: whether the regression on all figures asks it
    """

    of: object
    alarming: bool = True
    learnt: bool = True


def _none(columns, _rules):
    return log_odds(columns["no_purchase"])


def _foretold(columns, _rules):
    return log_odds(columns["foretold"])


def _seasonal(columns, _rules):
    return log_odds(columns["seasonal"])


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
    "none": Feature(_none),
    "foretold": Feature(_foretold, learnt=False),
    "seasonal": Feature(_seasonal, learnt=False),
    "overdue": Feature(_late),
    "season": Feature(_late_for_season),
    "category": Feature(_late_for_category),
    "trend": Feature(_shrinking),
    "gone": Feature(_gone, learnt=False),
    "recency": Feature(_recency),
    "few": Feature(_few),
    "rhythm": Feature(_rare),
    "tickets": Feature(_asking, alarming=False),
    "slow": Feature(_waiting),
    "satisfaction": Feature(_dissatisfied),
}
READ = (
    *("no_purchase", "foretold", "seasonal"),
    *("first_purchase_date", "last_purchase_date"),
    *("overdue", "season_overdue", "category_overdue", "category_share"),
    *("window_trend", "p_alive", "recency_days", "purchase_count", "median_gap_days"),
    *("ticket_count", "slow_ticket_count", "satisfaction_score"),
)


@dataclass(frozen=True, slots=True)
class Risk:
    """Fitted churn model.

    :param rule: one of RULES, or NONE
    :param names: of FEATURES, in the order of the three tuples
    :param buying: clv.Params of the model that P(no purchase) is of, None: unknown
    :param returning: Returning of the forecast, None: an earlier fit did not keep it
    :param calibrated: past cutoffs showed that the probabilities hold; else they tell
        the order only
    :param ahead: average days that a day ahead counts for, as seasons.ahead says
    :param bent: bends of the forecast, of one-time and of repeat buyers; None where
        what it says after them does not count
    :param silent: low in spite of a long silence at past cutoffs, as of silence.count
    """

    rule: str = NONE
    intercept: float = 0.0
    names: tuple = ()
    means: tuple = ()
    scales: tuple = ()
    coefficients: tuple = ()
    buying: clv.Params | None = None
    calibrated: bool = False
    returning: Returning | None = None
    ahead: float = 1.0
    bent: tuple | None = None
    silent: tuple = (0, 0)

    def to_json(self):
        """Return plain data, for storage."""
        return asdict(self)

    @classmethod
    def from_json(cls, data):
        """Rebuild a Risk from :meth:`to_json`."""
        read = _tuples(data)
        if read.get("buying"):
            read["buying"] = clv.Params(**_tuples(read["buying"]))
        if read.get("returning"):
            read["returning"] = Returning.from_json(read["returning"])
        read.pop("bends", None)  # of an earlier version
        if read.get("bent"):
            read["bent"] = tuple(map(tuple, read["bent"]))
        return cls(**read)


def _tuples(data):
    return {n: tuple(v) if type(v) is list else v for n, v in data.items()}


def log_odds(chance):
    """Return ln(p ÷ (1 − p)), finite for certainties too; NaN stays.

    >>> log_odds(np.array([0.5, np.nan])).tolist(), bool(log_odds(1.0) > 13)
    ([0.0, nan], True)
    """
    chance = np.clip(chance, EDGE, 1 - EDGE)
    return np.log(chance / (1 - chance))


def no_purchase(buying, figures, rules, ahead=1.0):
    """Return P(no purchase in time) of the model of buying, NaN unknown, shape (n,).

    :param buying: clv.Params, times in weeks, None: not known
    :param figures: ``purchase_count``, ``recency_days`` and the days of
        ``first_purchase_date`` and ``last_purchase_date``, shape (n,)
    :param ahead: average days that a day of that time counts for

    >>> from ..policy.rules import Rules
    >>> rules = Rules(365, 365, 0.3, "revenue", ())
    >>> buying = clv.Params("mbg", r=0.5, alpha=6.0, a=0.9, b=1.6)
    >>> names = ("purchase_count", "recency_days", "first_purchase_date")
    >>> figures = dict.fromkeys((*names, "last_purchase_date"), np.array([2.0, np.nan]))
    >>> no_purchase(buying, figures, rules).round(2).tolist()
    [0.41, nan]
    """
    if buying is None:
        return np.full(np.shape(figures["purchase_count"]), np.nan)
    return _of_histories(
        figures, rules, lambda *past: clv.probability_none(buying, *past), ahead
    )


def foretold(risk, figures, rules, ahead=1.0):
    """Return P(no purchase in time) as the forecast says it, NaN unknown, shape (n,).

    :param risk: Risk; other arguments as of :func:`no_purchase`
    """
    if risk.returning is None:
        return no_purchase(risk.buying, figures, rules, ahead)

    def ask(*past):
        return 1 - risk.returning.chance(*past)

    return _of_histories(figures, rules, ask, ahead)


def halfway(risk, figures, rules):
    """Return the mean of :func:`foretold` and of what the forecast shows of the same.

    It shows that after all its recalibration, of which the risk keeps half, and bent.
    The mean of two is never farther off than they are on average, mostly less (Bates
    and Granger 1969, The combination of forecasts, Operational Research Quarterly 20).
    """
    cautious = foretold(risk, figures, rules)
    if risk.bent is None:
        return cautious
    full = replace(risk, returning=risk.returning.drawn(1 / NEWS))
    said, shown = foretold(full, figures, rules), np.full(cautious.shape, np.nan)
    for repeat, knots in enumerate(risk.bent):
        rows = (figures["purchase_count"] > 1) == repeat
        shown[rows] = np.interp(said[rows], knots, TENTHS)
    return (cautious + shown) / 2


def _of_histories(figures, rules, ask, ahead):
    """Return what ``ask(weeks, x, t_x, T)`` says, asked once of equal histories."""
    count = figures["purchase_count"]
    first, last = figures["first_purchase_date"], figures["last_purchase_date"]
    found = np.full(np.shape(count), np.nan)
    known = (count > 0) & ~np.isnan(last)
    if not known.any():
        return found
    t_x = (last[known] - first[known]) / WEEK
    T = t_x + figures["recency_days"][known] / WEEK
    weeks = ahead * rules.of(Limits).days / WEEK
    x, t_x, T, _counts, group = unique_rows(count[known] - 1.0, t_x, T)
    found[known] = ask(weeks, x, t_x, T)[group]
    return found


def completed(risk, columns, rules):
    """Return the figures with what the model of buying and the forecast say of them.

    :param columns: see :func:`no_purchase`
    """
    known = {"no_purchase": no_purchase(risk.buying, columns, rules)}
    if "foretold" in risk.names:
        known["foretold"] = halfway(risk, columns, rules)
    if "seasonal" in risk.names:
        known["seasonal"] = foretold(risk, columns, rules, risk.ahead)
    return {**columns, **known}


def within_reach(chance, again):
    """Return P(no purchase in time), none below that of no purchase within a year.

    Both are learnt apart, but who does not buy within a year does not within a part of
    it. What is not known bounds nothing.

    :param again: probability of another purchase within a year, NaN unknown

    >>> again = np.array([0.5, np.nan, 0.5])
    >>> within_reach(np.array([0.4, 0.4, np.nan]), again).tolist()
    [0.5, 0.4, nan]
    """
    return np.where(np.isnan(chance), np.nan, np.fmax(chance, 1 - again))


def level(chance, overdue, limits):
    """Return LOW, MEDIUM or HIGH for each probability, −1 unknown.

    Who buys rarely is likely to buy nothing soon: while its own purchase cycle is not
    over, a silence tells nothing. A cycle that is not known excuses nobody.

    :param overdue: overdue ratio, shape (n,)

    >>> chance = np.array([0.2, 0.3, 0.5, 0.9, np.nan])
    >>> overdue = np.array([1, 1, 9, 0.9, 3])
    >>> level(chance, overdue, Limits()).tolist()
    [0, 1, 2, 0, -1]
    """
    steps = (
        at_risk(chance, overdue, limits.chance),
        at_risk(chance, overdue, limits.chance / 2),
    )
    found = np.select(steps, [HIGH, MEDIUM], LOW)
    return np.where(np.isnan(chance), -1, found)


def at_risk(chance, overdue, limit):
    """Return who is at risk: likely not to buy in time, and late for its own cycle.

    :param limit: of the chance

    >>> chance, overdue = np.array([0.9, 0.9, 0.4, np.nan]), np.array([1.0, 0.9, 3, 3])
    >>> at_risk(chance, overdue, 0.5).tolist()
    [True, False, False, False]
    """
    with np.errstate(invalid="ignore"):
        return (chance >= limit) & ~(overdue < 1)


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
