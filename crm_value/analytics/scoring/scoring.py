"""Facts and rules in, scores out: the one computation behind run, refresh and preview.

A full run fits the *calibration* (percentile scales, quadrant and Pareto limits) and
keeps it; a refresh passes it back in.
"""

from dataclasses import dataclass

import numpy as np

from ..policy.rules import CURRENT, POTENTIAL, RECEIVED
from ..statistics import ranking
from . import pareto, rfm, value

RFM = {"r": "recency_days", "f": "rfm_frequency", "m": "rfm_money"}


@dataclass(frozen=True, slots=True)
class Calibration:
    """Scales and limits that one scoring fitted to all customers together.

    :param scales: column → Scale
    :param quadrant: (current, potential) limits
    :param pareto: revenue limits of classes A and B
    """

    scales: dict
    quadrant: tuple
    pareto: tuple

    def to_json(self):
        """Return plain data, for storage; a missing limit is None."""
        return {
            "scales": {name: scale.to_json() for name, scale in self.scales.items()},
            "quadrant": [_finite(limit) for limit in self.quadrant],
            "pareto": [_finite(limit) for limit in self.pareto],
        }

    @classmethod
    def from_json(cls, data):
        """Rebuild a calibration from :meth:`to_json`."""
        scales = {n: ranking.Scale.from_json(s) for n, s in data["scales"].items()}
        quadrant = tuple(np.nan if c is None else c for c in data["quadrant"])
        limits = tuple(np.inf if c is None else c for c in data["pareto"])
        return cls(scales, quadrant, limits)


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
    >>> facts = dict.fromkeys((*names, *RFM.values()), np.array([1.0, 3.0, 9.0]))
    >>> scores, calibration = score(facts, rules)
    >>> scores["current_value_score"].round(1).tolist(), scores["rfm_m"].tolist()
    ([16.7, 50.0, 83.3], [1, 3, 5])
    >>> scores["pareto_class"].tolist()
    [1, 0, 0]
    """
    buyer = facts["purchase_count"] > 0
    scales = calibration.scales if calibration else _fit_scales(facts, rules, buyer)
    scores = _rfm(facts, rules, scales, buyer)
    scores.update(_indicators(facts, rules, scales, buyer))
    scores.update(side_scores(scores, rules))
    quadrant = calibration.quadrant if calibration else _quadrant_limits(scores, rules)
    position = value.quadrants(
        scores["current_value_score"], scores["potential_value_score"], *quadrant
    )
    revenue = np.where(buyer, facts["revenue_total"], 0.0)
    limits = (
        calibration.pareto
        if calibration
        else pareto.limits(revenue, rules.pareto_shares)
    )
    classes = pareto.classes(revenue, limits)
    scores["quadrant"] = position
    scores["pareto_class"] = np.where(buyer, classes, -1)
    return scores, Calibration(scales, tuple(quadrant), tuple(limits))


def _fit_scales(facts, rules, buyer):
    """Fit every scale the rules ask for, on the customers who bought."""
    columns = {i.raw for i in rules.indicators if not i.intervals}
    columns |= {
        RFM[dimension] for dimension in RFM if dimension not in rules.rfm_limits
    }
    return {column: ranking.fit_scale(facts[column][buyer]) for column in columns}


def _percent(scales, column, values):
    """Return percentile scores; a column that was not calibrated is unknown."""
    if column not in scales:
        return np.full(values.shape, np.nan)
    return ranking.percent(scales[column], values)


def _rfm(facts, rules, scales, buyer):
    """Return R, F, M scores 1–5 (0 unknown) and the segment id (0 none)."""
    scores = {}
    for dimension, column in RFM.items():
        values = np.where(buyer, facts[column], np.nan)
        descending = dimension == "r"
        if dimension in rules.rfm_limits:
            limits = rules.rfm_limits[dimension]
            scored = rfm.from_limits(limits, values, descending)
        else:
            percents = _percent(scales, column, values)
            scored = rfm.from_percent(100 - percents if descending else percents)
        scores[f"rfm_{dimension}"] = scored
    table = rfm.segment_table(rules.segments)
    scores["rfm_segment"] = table[scores["rfm_r"], scores["rfm_f"], scores["rfm_m"]]
    return scores


def _indicators(facts, rules, scales, buyer):
    """Return the score 0–100 of each indicator, NaN unknown."""
    scores = {}
    for indicator in rules.indicators:
        values = np.where(buyer, facts[indicator.raw], np.nan)
        if indicator.intervals:
            bounds, points = zip(*indicator.intervals, strict=True)
            scored = ranking.by_intervals(bounds, points, values)
        else:
            scored = _percent(scales, indicator.raw, values)
            scored = 100 - scored if indicator.inverted else scored
        scores[indicator.score] = scored
    return scores


def side_scores(scores, rules):
    """Return the scores of the three sides and the value score, NaN unknown."""
    sides = {
        side: _weighted(*_matrix(scores, rules.side(side)))
        for side in (CURRENT, POTENTIAL, RECEIVED)
    }
    both = np.column_stack((sides[CURRENT], sides[POTENTIAL]))
    weights = np.array([rules.value_weight, 1 - rules.value_weight])
    return {
        "current_value_score": sides[CURRENT],
        "potential_value_score": sides[POTENTIAL],
        "received_value_score": sides[RECEIVED],
        "value_score": _weighted(both, weights),
    }


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


def _quadrant_limits(scores, rules):
    """Return the limits between low and high, fixed or the median of the scored."""
    if rules.fixed_cuts:
        return rules.fixed_cuts
    return (
        value.median_cut(scores["current_value_score"]),
        value.median_cut(scores["potential_value_score"]),
    )
