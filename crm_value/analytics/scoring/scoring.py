"""Facts and rules in, scores out: the one computation behind run, refresh and preview.

A full run fits the *calibration* (percentile scales, quadrant and Pareto limits) and
keeps it; a refresh passes it back in. Where too few customers are known to rank them,
there is no scale, and what needs one is unknown.
"""

from dataclasses import dataclass

import numpy as np

from ..policy.rules import CURRENT, LEFT, POTENTIAL, RECEIVED
from ..statistics import ranking
from . import pareto, rfm, value

RFM = {"r": "recency_days", "f": "rfm_frequency", "m": "rfm_money"}


@dataclass(frozen=True, slots=True)
class Calibration:
    """Scales and limits that one scoring fitted to all customers together.

    :param scales: column → Scale
    :param quadrant: (current, potential) limits
    :param pareto: revenue limits of classes A and B
    :param ranked: whether enough customers had bought to rank them
    """

    scales: dict
    quadrant: tuple
    pareto: tuple
    ranked: bool = True

    def to_json(self):
        """Return plain data, for storage; a missing limit is None."""
        return {
            "scales": {name: scale.to_json() for name, scale in self.scales.items()},
            "quadrant": [_finite(limit) for limit in self.quadrant],
            "pareto": [_finite(limit) for limit in self.pareto],
            "ranked": self.ranked,
        }

    @classmethod
    def from_json(cls, data):
        """Rebuild a calibration from :meth:`to_json`."""
        scales = {n: ranking.Scale.from_json(s) for n, s in data["scales"].items()}
        quadrant = tuple(np.nan if c is None else c for c in data["quadrant"])
        limits = tuple(np.inf if c is None else c for c in data["pareto"])
        # Earlier runs did not say whom they knew: nobody, where no scale has a knot.
        ranked = data.get("ranked", any(scale.knots.size for scale in scales.values()))
        return cls(scales, quadrant, limits, ranked)


def _finite(number):
    return float(number) if np.isfinite(number) else None


def score(facts, rules, calibration=None):
    """Score the customers of ``facts``.

    :param facts: dict of float arrays of shape (n,), NaN unknown; customers without
        a purchase get no scores
    :param rules: Rules
    :param calibration: Calibration of an earlier scoring, None: fit it to these
    :return: (dict of score columns, Calibration)

    >>> from ..policy.rules import Indicator, Rules
    >>> volume = Indicator("volume", CURRENT, "revenue", "score_volume", 1.0)
    >>> rules = Rules(365, 365, 0.3, "revenue", (volume,))
    >>> names = ("purchase_count", "revenue", "revenue_total", "recency_days")
    >>> def alike(*figures):
    ...     return dict.fromkeys((*names, *RFM.values()), np.array(figures))
    >>> scores, calibration = score(alike(1.0, 2.0, 3.0, 4.0, 9.0), rules)
    >>> scores["current_value_score"].tolist(), scores["rfm_m"].tolist()
    ([10.0, 30.0, 50.0, 70.0, 90.0], [1, 2, 3, 4, 5])
    >>> scores["pareto_class"].tolist()
    [1, 1, 0, 0, 0]
    >>> few, _none = score(alike(1.0, 2.0, 3.0, 4.0), rules)
    >>> few["current_value_score"].tolist(), few["rfm_m"].tolist()
    ([nan, nan, nan, nan], [0, 0, 0, 0])
    """
    buyer = facts["purchase_count"] > 0
    ranked = calibration.ranked if calibration else bool(buyer.sum() >= ranking.FEWEST)
    scales = calibration.scales if calibration else _fit_scales(facts, rules, buyer)
    scores = _rfm(facts, rules, scales, buyer)
    scores.update(_indicators(facts, rules, scales, buyer))
    scores.update(side_scores(scores, rules, ranked))
    revenue = np.where(buyer, facts["revenue_total"], 0.0)
    if calibration:
        quadrant, limits = calibration.quadrant, calibration.pareto
    else:
        quadrant = quadrant_limits(scores, facts, rules)
        limits = pareto.limits(revenue, rules.pareto_shares)
    sides = scores["current_value_score"], scores["potential_value_score"]
    scores["quadrant"] = value.quadrants(*sides, *quadrant)
    classes = pareto.classes(revenue, limits)
    # Where nobody had revenue, nobody makes most of it.
    scores["pareto_class"] = np.where(buyer & np.isfinite(limits).all(), classes, -1)
    return scores, Calibration(scales, tuple(quadrant), tuple(limits), ranked)


def _fit_scales(facts, rules, buyer):
    """Fit every scale the rules ask for, on the customers who bought."""
    columns = {i.raw for i in rules.indicators if i.ranked}
    columns |= {
        RFM[dimension] for dimension in RFM if dimension not in rules.rfm_limits
    }
    return {
        column: ranking.fit_scale(facts[column][buyer], fewest=ranking.FEWEST)
        for column in columns
    }


def _percent(scales, column, values):
    """Return percentile scores; a column that was not calibrated is unknown."""
    if column not in scales:
        return np.full(values.shape, np.nan)
    return ranking.percent(scales[column], values)


def _rfm(facts, rules, scales, buyer):
    """Return R, F, M scores 1–5, 0 unknown."""
    scores = {}
    for dimension, column in RFM.items():
        values = np.where(buyer, facts[column], np.nan)
        descending = dimension == "r"
        if dimension in rules.rfm_limits:
            limits = rules.rfm_limits[dimension]
            scored = rfm.from_limits(limits, values, descending)
        else:
            percents = _percent(scales, column, values)
            scored = rfm.from_percent(
                100 - percents
                if descending
                else ranking.from_floor(percents, values, 0.0)
            )
        scores[f"rfm_{dimension}"] = scored
    return scores


def _indicators(facts, rules, scales, buyer):
    """Return the score 0–100 of each indicator, NaN unknown."""
    scores = {}
    for indicator in rules.indicators:
        values = np.where(buyer, facts[indicator.raw], np.nan)
        if indicator.intervals:
            bounds, points = zip(*indicator.intervals, strict=True)
            scored = ranking.by_intervals(bounds, points, values)
        elif indicator.direct == LEFT:
            scored = value.share_left(values, facts["margin"])
        elif indicator.direct:
            scored = values.clip(0, 100)
        else:
            scored = _ranked(scales, indicator, values)
        scores[indicator.score] = scored
    return scores


def _ranked(scales, indicator, values):
    """Return percentile scores; of whom there is nothing, the end of the scale."""
    scale = scales.get(indicator.raw)
    if scale is None or (indicator.side == RECEIVED and _nothing(scale, indicator)):
        return np.full(values.shape, np.nan)  # nobody gets any: nobody gets little
    percents = ranking.percent(scale, values)
    scored = ranking.from_floor(percents, values, indicator.floor)
    return 100 - scored if indicator.inverted else scored


def _nothing(scale, indicator):
    """Return whether there was nothing for anybody when the scale was fitted."""
    return not (indicator.inverted or (scale.knots > indicator.floor).any())


def side_scores(scores, rules, ranked=True):
    """Return the scores of the three sides and the value score, NaN unknown.

    :param ranked: whether there were enough customers for percentiles; where not, a
        side that asks for one is unknown, and the value score with it: what is left
        of the side would speak for the whole
    """
    sides = {
        side: _weighted(*_matrix(scores, rules.side(side)))
        for side in (CURRENT, POTENTIAL, RECEIVED)
    }
    if not ranked:
        _forget_ranked(sides, rules)
    both = np.column_stack((sides[CURRENT], sides[POTENTIAL]))
    weights = np.array([rules.value_weight, 1 - rules.value_weight])
    return {
        "current_value_score": sides[CURRENT],
        "potential_value_score": sides[POTENTIAL],
        "received_value_score": sides[RECEIVED],
        "value_score": _weighted(both, weights),
    }


def _forget_ranked(sides, rules):
    """Make unknown the sides that ask for a percentile; those of the value as one."""
    asking = {i.side for i in rules.indicators if i.weight and i.ranked}
    if asking & {CURRENT, POTENTIAL}:
        asking |= {CURRENT, POTENTIAL}
    for side in asking:
        sides[side] = np.full(sides[side].shape, np.nan)


def _weighted(scores, weights):
    """Return the weighted means as they are stored, to nine digits.

    A sum's last bits depend on how many rows are added at once. Rounded before any
    limit is drawn, a refresh finds the quadrant of the full run, and a customer scored
    again has exactly the score that is stored.
    """
    return np.round(value.weighted(scores, weights), 9)


def _matrix(scores, indicators):
    """Return (scores (n, k), weights (k,)) of one side; k is at least 1."""
    if not indicators:
        return np.full((len(scores["rfm_r"]), 1), np.nan), np.ones(1)
    columns = np.column_stack([scores[i.score] for i in indicators])
    return columns, np.array([i.weight for i in indicators])


def quadrant_limits(scores, facts, rules):
    """Return the limits between low and high: fixed, by shares of margin, or medians.

    :param scores: both sides of the value, as :func:`score` gives them
    """
    if rules.fixed_cuts:
        return rules.fixed_cuts
    current, potential = scores["current_value_score"], scores["potential_value_score"]
    if rules.cut_share is None:
        return value.median_cut(current), value.median_cut(potential)
    earned = facts["margin"]
    expected = facts["clv"] if np.nansum(facts["clv"]) > 0 else earned
    return (
        value.share_cut(current, earned, rules.cut_share),
        value.share_cut(potential, expected, rules.cut_share),
    )
