"""Training the churn risk: candidates, held out on past cutoffs, and the one in force.

What the forecast says, P(no purchase in time), is in force until the past shows
something better: the same for the season ahead, that of its model of buying after
another correction, one figure alone, or a logistic regression on all figures. How that
is judged: :mod:`choice`. Of a correction that few cutoffs taught only half is kept: a
season moves all customers together, and the next one moves them back.
"""

from dataclasses import replace

import numpy as np

from ..forecast import clv, returning
from ..purchases import histories
from ..statistics import logistic
from . import choice, churn, silence
from .churn import (
    ADJUSTED,
    BUYING,
    COUNT,
    FEATURES,
    MODEL,
    NEWS,
    RECENCY,
    SEASONAL,
    Limits,
    Risk,
)
from .samples import ahead_of, samples

MIN_CUSTOMERS = 50
MIN_EACH = 5  # who left and who stayed, at least
FOR_EACH = 10  # the same for each feature of a model (Peduzzi and others 1996)
RANDOM = 1.5  # k of the times between purchases, below which they are random [D]
AS_SAID = {BUYING: "foretold", SEASONAL: "seasonal"}
ALONE = {ADJUSTED: ("none",), RECENCY: ("recency",), COUNT: ("few",)}
LEARNT = tuple(name for name, feature in FEATURES.items() if feature.learnt)


def fit(days, as_of, rules, learnt=None, tickets=None, measured=None, before=None):
    """Learn from the past until ``as_of`` how likely active customers leave.

    :param learnt: Forecast as learnt from ``days``, None: what it says of buying
        nothing is learnt here
    :param before: the Risk in force until now, None without one
    :return: (churn.Risk, card as plain data); other arguments as of samples.samples

    >>> from ..purchases.purchases import Days
    >>> from ..policy.rules import Rules
    >>> names = ("partner", "day", "product", "amount", "returned", "costed", "cost")
    >>> days = Days(dict.fromkeys((*names, "discount"), np.zeros(0, int)), 100, 0.3)
    >>> found, card = fit(days, 100, Rules(365, 365, 0.3, "revenue", ()))
    >>> found.rule, card["why"]
    ('none', 'few')
    """
    past = _foretold(samples(days, as_of, rules, tickets, measured))
    card = _account(past, rules)
    history = histories.until(days.occasions(), as_of, 1)
    history = history.take(history.count > 0)
    if history.count.size < MIN_CUSTOMERS:
        return Risk(), {**card, "why": "few"}
    back = _returning(learnt, history, past)
    tests = [_test(past, at, rules) for at in range(len(past))]
    before = before if before and before.buying else Risk(BUYING)
    rule, why = choice.choose(tests, before.rule)
    holds = choice.holds(tests, rule, before.calibrated)
    card |= {"test": choice.account(tests), "why": why, "calibrated": holds}
    found = _learn(past, rule, rules)
    kept = {
        "buying": back.buying,
        "returning": back,
        "ahead": ahead_of(days.occasions(), as_of, rules),
        "bent": _bent(learnt, days.occasions(), as_of),
        "silent": silence.count(past, tests, rule, rules.of(Limits)),
    }
    return replace(found, calibrated=holds, **kept), card


def _bent(learnt, occasions, as_of):
    """Return the forecast's bends where purchases come at random, else None."""
    told = learnt and learnt.returning
    if told and histories.erlang(occasions, as_of) < RANDOM:
        return learnt.bends
    return None


def _returning(learnt, history, past):
    """Return the Returning that tells P(no purchase), without covariances."""
    if learnt and learnt.returning:
        found = learnt.returning
    else:
        buying = learnt and learnt.buying
        if buying is None or buying.model != returning.MODEL:
            buying = clv.fit(history.x, history.t_x, history.T, returning.MODEL)
        found = returning.Returning(buying)
        found = found if learnt else _calibrated(found, past)
    found = found.drawn(NEWS)
    fits = [replace(params, covariance=()) for params in found.fits]
    return replace(found, buying=fits[0], earlier=tuple(fits[1:]))


def _calibrated(found, past):
    """Return a Returning as what came after past cutoffs asks for."""
    odds = [_odds(sample) for sample in past]
    return returning.calibrate(found, odds, [1 - sample.left for sample in past])


def _odds(sample, prefix=""):
    leaving = -churn.log_odds(sample.columns[f"{prefix}no_purchase"])
    return leaving, sample.columns[f"{prefix}staying"]


def _foretold(past):
    """Return the samples with what a forecast says of each, taught by the others."""
    found = []
    for at, held in enumerate(past):
        back = _calibrated(returning.Returning(None), [*past[:at], *past[at + 1 :]])
        none, seasonal = (
            1 - back.drawn(NEWS).calibrated(_odds(held, prefix))
            for prefix in ("", "season_")
        )
        said = {"foretold": none, "seasonal": seasonal}
        found.append(replace(held, columns={**held.columns, **said}))
    return found


def _account(past, rules):
    left = np.concatenate([sample.left for sample in past] or [[]])
    return {
        "length": rules.of(Limits).days,
        "days": [sample.day for sample in past],
        "customers": [int(sample.left.size) for sample in past],
        "rate": float(left.mean()) if left.size else None,
        "test": None,
        "calibrated": False,
    }


def _rarer(past):
    """Return how many left, or how many stayed if they were fewer."""
    left = sum(float(sample.left.sum()) for sample in past)
    return min(left, sum(sample.left.size for sample in past) - left)


def _test(past, at, rules):
    """Return the choice.Trial of one cutoff, by what the other cutoffs teach.

    The model of buying was fitted at the cutoff itself.
    """
    held, others = past[at], [*past[:at], *past[at + 1 :]]
    found = {BUYING: _as_said(others)}
    if any(sample.ahead != 1 for sample in past):
        found[SEASONAL] = _as_said(others, SEASONAL)
    rarer = _rarer(others)
    if rarer >= MIN_EACH:
        found |= {rule: _learn(others, rule, rules) for rule in (*ALONE, MODEL)}
        if rarer < FOR_EACH * len(found[MODEL].names):
            del found[MODEL]
    columns = held.columns
    return choice.Trial(
        held.day,
        held.customer,
        held.left,
        {rule: churn.probability(risk, columns, rules) for rule, risk in found.items()},
        {RECENCY: columns["recency_days"], COUNT: -columns["purchase_count"]},
    )


def _learn(past, rule, rules):
    """Return the Risk of one candidate as the samples show it."""
    if rule in AS_SAID:
        return _as_said(past, rule)
    return _regress(past, ALONE.get(rule, LEARNT), rule, rules)


def _as_said(past, rule=BUYING):
    """Return the Risk that takes P(no purchase) as the forecast says it."""
    name = AS_SAID[rule]
    odds = [churn.log_odds(sample.columns[name]) for sample in past]
    usual = float(np.concatenate(odds or [[]]).mean()) if odds else 0.0
    return Risk(rule, usual, (name,), (usual,), (1.0,), (1.0,))


def _regress(past, names, rule, rules):
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
