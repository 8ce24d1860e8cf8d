"""Training the churn model, and testing whether it beats recency alone.

The latest past cutoff is held out: what was learnt at the earlier ones predicts it.
Days since the last purchase are what everybody would sort by without a model. The
model has to put customers into a better order than those, or it is not used.
"""

import numpy as np

from ..statistics import accuracy, logistic
from . import churn
from .churn import FEATURES, MODEL, RECENCY, Limits, Risk
from .samples import samples

MIN_CUSTOMERS = 50
MIN_EACH = 10  # who left and who stayed, at least
FOR_EACH = 10  # the same for each feature of a model (Peduzzi and others 1996)
ALONE = ("recency",)


def fit(days, as_of, rules, buying=None, tickets=None, measured=None):
    """Learn from the past until ``as_of`` how likely active customers leave.

    :return: (churn.Risk, card as plain data); arguments as of samples.samples

    >>> from ..purchases.purchases import Days
    >>> from ..policy.rules import Rules
    >>> names = ("partner", "day", "product", "amount", "returned", "costed", "cost")
    >>> days = Days(dict.fromkeys((*names, "discount"), np.zeros(0, int)), 100, 0.3)
    >>> found, card = fit(days, 100, Rules(365, 365, 0.3, "revenue", ()))
    >>> found.rule, card["why"]
    ('none', 'few')
    """
    past = samples(days, as_of, rules, buying, tickets, measured)
    card = _account(past, rules)
    if not _enough(past):
        return Risk(), {**card, "why": "few"}
    rule, why = RECENCY, "untested"
    if _enough(past[1:]) and _both(past[:1]):
        card["test"] = _test(past, rules)
        rule, why = _choice(card["test"])
    names = FEATURES if rule == MODEL else ALONE
    return _learn(past, names, rule, rules), {**card, "why": why}


def _account(past, rules):
    left = np.concatenate([sample.left for sample in past] or [[]])
    return {
        "length": rules.of(Limits).days,
        "days": [sample.day for sample in past],
        "customers": [int(sample.left.size) for sample in past],
        "rate": float(left.mean()) if left.size else None,
        "test": None,
    }


def _enough(past):
    """Return whether chances can be learnt from these samples."""
    return (
        bool(past) and max(c.left.size for c in past) >= MIN_CUSTOMERS and _both(past)
    )


def _both(past):
    return _rarer(past) >= MIN_EACH


def _rarer(past):
    """Return how many left, or how many stayed if they were fewer."""
    left = sum(float(sample.left.sum()) for sample in past)
    return min(left, sum(sample.left.size for sample in past) - left)


def _test(past, rules):
    """Return how both rules, learnt at the earlier cutoffs, did at the latest one."""
    held, before = past[0], past[1:]
    found = {
        "day": held.day,
        "customers": int(held.left.size),
        "left": int(held.left.sum()),
        "rules": {
            RECENCY: _measures(_learn(before, ALONE, RECENCY, rules), held, rules)
        },
    }
    model = _learn(before, FEATURES, MODEL, rules)
    if _rarer(before) >= FOR_EACH * max(len(model.names), 1):
        found["rules"][MODEL] = _measures(model, held, rules)
    return found


def _measures(risk, held, rules):
    said = churn.probability(risk, held.columns, rules)
    by = held.columns["recency_days"] if risk.rule == RECENCY else said
    return {
        "auc": accuracy.auc(by, held.left),
        "brier": accuracy.brier(said, held.left),
        "tenths": accuracy.tenths(said, held.left),
    }


def _choice(test):
    """Return (rule, why): the model only where it puts customers in a better order."""
    found = test["rules"]
    if MODEL not in found:
        return RECENCY, "few_for_model"
    better = found[MODEL]["auc"] > found[RECENCY]["auc"]
    return (MODEL, "better") if better else (RECENCY, "not_better")


def _learn(past, names, rule, rules):
    """Return the Risk that the samples show, without self-contradicting features.

    A long time without a purchase that lowers the risk would be a reason nobody
    believes: the feature that goes the wrong way most is left out, until none does.
    """
    columns = {
        name: np.concatenate([sample.columns[name] for sample in past])
        for name in churn.READ
    }
    left = np.concatenate([sample.left for sample in past])
    rows = churn.table(columns, tuple(names), rules)
    means, scales = _standard(rows)
    kept = np.flatnonzero(scales > 0)
    names = np.array(tuple(names))
    alarming = np.array([FEATURES[name].alarming for name in names], bool)
    rows = np.nan_to_num((rows - means) / np.where(scales > 0, scales, 1.0))
    while True:
        intercept, found = logistic.fit(rows[:, kept], left)
        wrong = np.where(alarming[kept], found, 0.0)
        if not (wrong < 0).any():
            break
        kept = np.delete(kept, np.argmin(wrong))
    parts = (names[kept], means[kept], scales[kept], found)
    return Risk(rule, intercept, *(tuple(part.tolist()) for part in parts))


def _standard(rows):
    """Return (means, standard deviations) of what is known; 0 and 0 of nothing."""
    known = ~np.isnan(rows)
    count = np.maximum(known.sum(axis=0), 1)
    means = np.where(known, rows, 0.0).sum(axis=0) / count
    square = np.where(known, (rows - means) ** 2, 0.0).sum(axis=0) / count
    scales = np.sqrt(square)
    return means, np.where(scales > 1e-9, scales, 0.0)
