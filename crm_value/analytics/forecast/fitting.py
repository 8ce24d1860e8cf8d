"""Fitting of a company's forecast, and its model card.

The account ("card") is plain data: what was used, what the back-test found, what to be
warned of. Words are put to it where it is shown.
"""

from dataclasses import replace

import numpy as np

from ..purchases import histories
from ..purchases.histories import WEEK
from ..purchases.purchases import CENT, margin_rate
from . import (
    alike,
    backtest,
    calibration,
    clv,
    credibility,
    judgement,
    past,
    spend,
)
from .forecast import GOOD, INSUFFICIENT, LOW, Forecast
from .returning import MODEL, Returning, calibrate

ENOUGH = 300  # customers; below, confidence is low
YEAR = 365
YOUNG = 180  # days of history below which nobody can be said to have left [D]
CORRELATED = 0.3


def fit(days, as_of, rules, before=None):
    """Learn from the purchases until ``as_of`` what to expect of each customer.

    :param days: purchases.Days; later days in it are left out
    :param as_of: last day that counts
    :param rules: rules.Rules
    :param before: the Forecast in force until now, None without one
    :return: (forecast.Forecast, card as plain data)

    >>> from ..purchases.purchases import Days
    >>> from ..policy.rules import Rules
    >>> zero, lines = np.zeros(3), {"partner": np.array([1, 1, 2])}
    >>> lines.update(day=np.array([0, 70, 35]), product=zero, amount=zero + 50)
    >>> lines.update(returned=zero, costed=zero, cost=zero, discount=zero)
    >>> rules = Rules(365, 365, 0.3, "revenue", ())
    >>> found, card = fit(Days(lines, 70, 0.3), 70, rules)
    >>> found.rule, found.confidence == INSUFFICIENT, round(found.rate, 3)
    ('shrunken', True, 0.067)
    >>> card["data"]["customers"], card["warnings"]
    (2, ['few'])
    """
    occasions = days.occasions()
    history = histories.until(occasions, as_of, rules.horizon_days)
    bought = history.take(history.count > 0)
    common = _common(days, as_of, bought, rules)
    card = {"data": _data(history, bought), "correlation": None, "folds": []}
    card["verdict"] = None
    known = past.known(occasions, as_of, rules.horizon_days)
    if known is None:
        common["few"] = clv.fit_few(bought.x, bought.t_x, bought.T)
        found = Forecast("shrunken", INSUFFICIENT, None, _few(days, as_of), **common)
    else:
        found = _chosen(occasions, known, rules, common, before, card)
    correlation = found.spending.correlation
    card["correlation"] = correlation if np.isfinite(correlation) else None
    card["retention"] = _retention(days, as_of, rules)
    card["warnings"] = _warnings(found, card)
    return found, card


def _common(days, as_of, bought, rules):
    """Return what every rule needs: everybody's rate, age and margin."""
    known = days.day <= as_of
    revenue, margin = days.amount[known].sum(), days.margin[known].sum()
    age = float(bought.T.sum())
    return {
        "rate": float(bought.x.sum() / age) if age else 0.0,
        "weeks": float(bought.T.mean()) if age else 1.0,
        "margin_rate": float(margin_rate(margin, revenue))
        if revenue > CENT
        else rules.default_margin_rate,
    }


def _few(days, as_of):
    """Return the spend of a company with few customers: weighed means."""
    occasions = days.occasions()
    mean = credibility.everybody(occasions.amount[occasions.day <= as_of])
    mean = mean if np.isfinite(mean) else 0.0
    return spend.Params().by_credibility(mean, credibility.WEIGHT, 1.0)


def _data(history, past):
    """Return what was used and what was left out."""
    empty = not past.count.size
    return {
        "customers": int(past.count.size),
        "repeaters": int((past.count > 1).sum()),
        "purchases": int(past.count.sum()),
        "nothing_bought": int((history.count == 0).sum()),
        "first_day": None if empty else int(past.first.min()),
        "last_day": None if empty else int(past.last.max()),
    }


def _chosen(occasions, known, rules, common, before, card):
    """Return the Forecast of the rule that the back-test chose; fill the card."""
    found = backtest.folds(occasions, known.day, rules.horizon_days)
    rule, goes_on = backtest.FIRST, False
    if found:
        rule = backtest.winner(found, before and before.rule)
        rule = rule if rule in known.rules() else backtest.FIRST
        goes_on = backtest.goes_on(found, rule, bool(before and before.lately))
        found = [replace(fold, going_on=goes_on) for fold in found]
        _fill(card, occasions, found, rule)
        card["whole"] = _whole(occasions, known.day, rules.horizon_days, rule)
    buying = known.models[MODEL]
    enough = known.customers.size >= ENOUGH and buying.converged
    trusted = enough and judgement.is_good(card["verdict"])
    returning, known_alike = _returning(known, found, before and before.returning)
    common = {
        **common,
        "confidence": GOOD if trusted else LOW,
        "returning": returning,
        "alike": known_alike,
        "bends": calibration.bends(found, rule, rules.horizon_days),
        "count_bends": calibration.count_bends(found, rule, rules.horizon_days),
    }
    found = known.learn(rule, common)
    if goes_on:
        found = replace(found, lately=known.lately(found))
    return _following(found, before) if before else found


def _following(found, before):
    """Return the forecast with what is drawn towards the one in force until now."""
    spending = found.spending.following(before.spending)
    weights = found.weights and found.weights.following(before.weights)
    return replace(found, spending=spending, weights=weights)


def _fill(card, occasions, found, rule):
    """Put the back-test's results on the card."""
    measured = [*backtest.candidates(found), backtest.NAIVE]
    inside = calibration.checked(found, rule)
    card["folds"] = [
        {
            "day": fold.day,
            "length": fold.length,
            "customers": int(fold.customers.size),
            "inside": share,
            "rules": [backtest.measures(fold, r) for r in measured],
        }
        for fold, share in zip(found, inside, strict=True)
    ]
    card["verdict"] = judgement.judge(card["folds"], rule)
    drawn = sorted({rule, backtest.NAIVE})
    card["weeks"] = backtest.weekly(occasions, found[0], drawn)
    card["deciles"] = backtest.deciles(found[0], rule)
    card["total"] = backtest.total_error(found, rule)


def _whole(occasions, day, length, rule):
    """Return what was foretold of the whole time that values are of, and what came.

    At one cutoff, as a plain fold; None where the history is not twice as long, or the
    other cutoffs tell it already.
    """
    began = int(occasions.day.min())
    if length <= backtest.LONGEST or day - length - began < length:
        return None
    fold = backtest.split(occasions, day - length, length)
    if fold is None or rule not in fold.rules:
        return None
    return {
        "day": fold.day,
        "length": fold.length,
        "customers": int(fold.customers.size),
        "money": float(fold.money.sum()),
        "rules": [backtest.measures(fold, each) for each in (rule, backtest.NAIVE)],
    }


def _returning(known, found, before):
    """Return the calibrated chance to buy again, and how it did by customers alike.

    None of both in a young company: it takes some time to tell who has left from who
    buys rarely.
    """
    if known.age < YOUNG:
        return None, None
    said, bought = [], []
    for fold in found:
        then, rows = Returning(fold.models[MODEL]), fold.rows
        said.append(then.odds(fold.length / WEEK, rows.x, rows.t_x, rows.T))
        bought.append((fold.purchases > 0).astype(float))
    learnt = calibrate(Returning(known.models[MODEL]), said, bought)
    chances = [learnt.calibrated(odds) for odds in said]
    return learnt.following(before), _alike(found, chances)


def _alike(found, chances):
    """Return what became of customers alike at the cutoffs, None without any."""
    return found and alike.cells(
        (
            fold.rows.x + 1,
            WEEK * (fold.rows.T - fold.rows.t_x),
            fold.purchases > 0,
            chance,
        )
        for fold, chance in zip(found, chances, strict=True)
    )


def _retention(days, as_of, rules):
    """Return the constant-retention value of an average customer, None if unknown.

    Of the customers who bought in the year before the last one, the share that bought
    in the last one; the margin is that of an active customer's year. A history that
    begins later holds of that year mostly those who buy often, and come back.
    """
    if not days.day.size or days.day.min() > as_of - 2 * YEAR + 1:
        return None
    bought = days.bought > CENT
    last = bought & (days.day > as_of - YEAR) & (days.day <= as_of)
    before = bought & (days.day > as_of - 2 * YEAR) & (days.day <= as_of - YEAR)
    then, now = np.unique(days.customer[before]), np.unique(days.customer[last])
    if then.size < past.MIN_CUSTOMERS:
        return None
    rate = float(np.isin(then, now).mean())
    margin = float(days.margin[last].sum() / max(now.size, 1))
    return {
        "rate": rate,
        "margin": margin,
        "value": float(clv.contract_value(margin, rate, rules.discount_rate)),
        "customers": int(then.size),
    }


def _warnings(found, card):
    """Return the codes of what a reader must know before trusting the figures."""
    if found.rule == "shrunken":
        return ["few"]
    verdict = card["verdict"] or {"held": True, "level": True, "inside": 0.0}
    wide = verdict["inside"] > calibration.TARGET + judgement.WIDE
    checks = {
        "low": card["data"]["customers"] < ENOUGH,
        "no_backtest": card["verdict"] is None,
        "short": verdict.get("short", False),
        "no_dropout": not found.buying.dropout,
        "not_converged": not found.buying.converged,
        "correlated": found.spending.p is not None
        and abs(card["correlation"] or 0) > CORRELATED,
        "off": not verdict["level"],
        "interval": not verdict["held"] or wide,
    }
    return [code for code, holds in checks.items() if holds]
