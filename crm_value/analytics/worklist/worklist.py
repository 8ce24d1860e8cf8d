"""Worklists: whom to contact, and the value at risk.

Each customer is on one list or on none. *Retain*: who is declining, or more likely than
not to and late for its own purchase cycle, or was lost just now, as of regular buyers a
silence tells soon. *Develop*: who brings less than the better customers of its stage.
*Identify*: who may become a customer, or come back for the first time. The value at
risk is a margin times the probability that it is lost or won, so that the lists rank as
one. Probabilities that have not proved right rank customers, but are told in no money.

What a run learns from all customers together, the *calibration*, is kept: a refresh of
a few customers gives them the same place.
"""

from dataclasses import dataclass, field

import numpy as np

from ..churn import churn
from ..lifecycle.lifecycle import (
    DECLINE,
    EXPLORATION,
    FORMATION,
    LOST,
    PROSPECT,
    STABILITY,
    WON_BACK,
)
from ..statistics import ranking

IDENTIFY, RETAIN, DEVELOP = range(3)
NONE = -1
FORMED = (FORMATION, STABILITY)
ACTIVE = (FORMATION, STABILITY, DECLINE, WON_BACK)
UPPER = 75  # percent of the customers of a stage below its good ones
FEW = 4  # customers a stage needs to have a quartile of its own


@dataclass(frozen=True, slots=True)
class Limits:
    """Worklist settings of a policy.

    :param risk: risk from which an active customer is to be retained
    :param lost_gap: purchase cycles since the last purchase that mean lost, risk 1
    :param window_days: length of the value window, in days
    :param margin_rate: where no revenue says what share of it is margin
    :param just_lost: days after it was lost in which a customer is to be won back
    """

    risk: float = 0.5
    lost_gap: float = 4.0
    window_days: int = 365
    margin_rate: float = 0.3
    just_lost: int = 90


@dataclass(frozen=True, slots=True)
class Calibration:
    """Reference margins and scale of all customers of a run; NaN where too few.

    :param good: stage → upper quartile of the margin its customers bring in a window
    :param typical: median margin of formed customers in a window
    :param margin_rate: margin of one unit of revenue
    :param scale: ranking.Scale of the value at risk
    """

    good: dict = field(default_factory=dict)
    typical: float = np.nan
    margin_rate: float = np.nan
    scale: ranking.Scale = ranking.fit_scale(np.empty(0))

    def to_json(self):
        """Return plain data, for storage; a missing figure is None."""
        return {
            "good": [[stage, _plain(money)] for stage, money in self.good.items()],
            "typical": _plain(self.typical),
            "margin_rate": _plain(self.margin_rate),
            "scale": self.scale.to_json(),
        }

    @classmethod
    def from_json(cls, data):
        """Rebuild a calibration from :meth:`to_json`; that of no run is unknown."""
        if not data:
            return cls()
        return cls(
            {stage: _known(money) for stage, money in data["good"]},
            _known(data["typical"]),
            _known(data["margin_rate"]),
            ranking.Scale.from_json(data["scale"]),
        )


def _plain(number):
    return float(number) if np.isfinite(number) else None


def _known(number):
    return np.nan if number is None else number


def place(figures, limits, calibration=None, decimals=2):
    """Return (columns ``worklist``, ``stake``, ``stake_score``; Calibration).

    :param figures: dict of arrays of shape (n,): ``stage`` as in lifecycle, money
        ``margin``, ``margin_total``, ``revenue_total``, ``open_amount``; ``open_count``
        of leads and quotations; ``overdue``, ``decline_risk`` where it has proved
        right, ``threat`` whether it has or not (else the same), ``p_alive``,
        ``recency_days``, ``first_purchase_date``, ``last_purchase_date``; NaN unknown;
        ``stage_days`` since when the stage is that
    :param calibration: that of a run over all customers, None: learn it here
    :param decimals: of the currency; equal stakes share a score

    >>> one = np.ones(6)
    >>> figures = {"stage": np.array([STABILITY] * 4 + [DECLINE, PROSPECT]),
    ...     "margin": np.array([100, 300, 400, 400, 500, 0.0]), "overdue": one,
    ...     "margin_total": one, "revenue_total": 4 * one, "open_count": one,
    ...     "open_amount": 80 * one,
    ...     "decline_risk": np.array([0.2, 0.2, 0.6, 0.2, 0.9, np.nan]),
    ...     "p_alive": one, "recency_days": one, "first_purchase_date": one,
    ...     "last_purchase_date": one}
    >>> columns, calibration = place(figures, Limits())
    >>> columns["worklist"].tolist(), columns["stake"].tolist()
    ([2, 2, 1, -1, 1, 0], [80.0, 80.0, 240.0, nan, 450.0, 20.0])
    >>> calibration.good[STABILITY], calibration.margin_rate
    (400.0, 0.25)

    Lost 90 days ago at most, and more than one-time buyers:

    >>> since = np.array([10, 90, 91, 10, 10, np.nan])
    >>> figures |= {"stage": np.full(6, LOST), "stage_days": since}
    >>> figures["last_purchase_date"] = np.array([9, 9, 9, 9, 1, 9.0])
    >>> place(figures, Limits())[0]["worklist"].tolist()
    [1, 1, -1, 1, -1, -1]
    """
    learnt = calibration or _learn(figures, limits)
    threat = risk(figures, limits)
    lists = _lists(figures, threat, learnt, limits)
    rank = np.round(_stakes(figures, lists, threat, learnt, limits), decimals) + 0.0
    if calibration is None:
        scale = ranking.fit_scale(rank)
        learnt = Calibration(learnt.good, learnt.typical, learnt.margin_rate, scale)
    score = ranking.percent(learnt.scale, rank)
    certain = ~np.isnan(figures["decline_risk"]) | (figures["stage"] == PROSPECT)
    stake = np.where(certain, rank, np.nan)
    return {"worklist": lists, "stake": stake, "stake_score": score}, learnt


def risk(figures, limits):
    """Return the risk that each customer stops buying, 0–1, NaN unknown.

    The estimated churn risk; where there is none, that the customer has left;
    where that is not known either, the overdue ratio against the limit of being lost,
    in decline at least the limit of the list. Never zero for want of an estimate.

    >>> nan = np.nan
    >>> risk({"stage": np.array([FORMATION, FORMATION, FORMATION, DECLINE, PROSPECT]),
    ...     "decline_risk": np.array([0.1, nan, nan, nan, nan]),
    ...     "p_alive": np.array([0.2, 0.7, nan, nan, nan]),
    ...     "overdue": np.array([3.0, 3.0, 3.0, 0.4, nan])}, Limits()).round(2).tolist()
    [0.1, 0.3, 0.75, 0.5, nan]
    """
    inactivity = np.clip(figures["overdue"] / limits.lost_gap, 0, 1)
    declining = figures["stage"] == DECLINE
    inactivity = np.where(declining, np.fmax(inactivity, limits.risk), inactivity)
    left = np.where(np.isnan(figures["p_alive"]), inactivity, 1 - figures["p_alive"])
    estimated = figures.get("threat", figures["decline_risk"])
    return np.clip(np.where(np.isnan(estimated), left, estimated), 0, 1)


def usual_margin(figures, limits):
    """Return the margin each customer brings in a window while it buys, ≥ 0.

    Who was inactive for a whole window brings nothing in it; what it brought on average
    over a window from its first to its last purchase says what can be kept.

    >>> usual_margin({"margin": np.array([50.0, -5.0, 0.0]),
    ...     "margin_total": np.array([90.0, 90.0, 90.0]),
    ...     "recency_days": np.array([9.0, 9.0, 400.0]),
    ...     "first_purchase_date": np.array([0.0, 0.0, 0.0]),
    ...     "last_purchase_date": np.array([730.0, 730.0, 730.0])}, Limits()).tolist()
    [50.0, 0.0, 45.0]
    """
    lasted = figures["last_purchase_date"] - figures["first_purchase_date"]
    windows = np.fmax(lasted / limits.window_days, 1.0)
    inactive = figures["recency_days"] >= limits.window_days
    found = np.where(inactive, figures["margin_total"] / windows, figures["margin"])
    return np.maximum(found, 0.0)


def _learn(figures, limits):
    """Return the Calibration of these customers, without the scale."""
    stage, margin = figures["stage"], figures["margin"]
    formed = margin[np.isin(stage, FORMED)]
    good = {}
    for one in FORMED:
        own = margin[stage == one]
        reference = own if own.size >= FEW else formed
        good[one] = (
            float(np.percentile(reference, UPPER)) if reference.size >= FEW else np.nan
        )
    bought = margin[margin > 0]
    usual = formed if formed.size else bought
    typical = max(float(np.median(usual)), 0.0) if usual.size else np.nan
    revenue = figures["revenue_total"].sum()
    rate = figures["margin_total"].sum() / revenue if revenue > 0 else np.nan
    rate = limits.margin_rate if np.isnan(rate) else rate
    return Calibration(good, typical, float(np.clip(rate, 0, 1)))


def good_margin(stage, calibration):
    """Return what the good customers of each one's stage bring, NaN unknown."""
    good = np.full(stage.shape, np.nan)
    for one, money in calibration.good.items():
        good[stage == one] = money
    return good


def _lists(figures, threat, calibration, limits):
    stage, margin = figures["stage"], figures["margin"]
    threatened = churn.at_risk(threat, figures["overdue"], limits.risk)
    retain = np.isin(stage, ACTIVE) & threatened
    retain |= stage == DECLINE
    if "stage_days" in figures:
        repeat = figures["last_purchase_date"] > figures["first_purchase_date"]
        with np.errstate(invalid="ignore"):
            lately = figures["stage_days"] <= limits.just_lost
        retain |= (stage == LOST) & lately & repeat
    with np.errstate(invalid="ignore"):
        below = (margin > 0) & (margin < good_margin(stage, calibration))
    develop = np.isin(stage, FORMED) & below
    identify = (stage == PROSPECT) & (figures["open_count"] > 0)
    identify |= stage == EXPLORATION
    return np.select(
        [retain, develop, identify], [RETAIN, DEVELOP, IDENTIFY], default=NONE
    )


def _stakes(figures, lists, threat, calibration, limits):
    """Return what the lists rank by, ≥ 0, NaN unknown or on no list."""
    margin = figures["margin"]
    retain = usual_margin(figures, limits) * threat
    room = good_margin(figures["stage"], calibration) - margin
    develop = np.minimum(room, margin) * (1 - threat)
    waiting = np.maximum(figures["open_amount"], 0) * calibration.margin_rate
    returning = calibration.typical * threat
    exploring = figures["stage"] == EXPLORATION
    identify = np.where(exploring, returning, waiting)
    return np.select(
        [lists == RETAIN, lists == DEVELOP, lists == IDENTIFY],
        [retain, develop, identify],
        default=np.nan,
    )
