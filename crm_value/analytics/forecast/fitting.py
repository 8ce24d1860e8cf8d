"""Fitting of a company's forecast, and its model card.

The account ("card") is plain data: what was used, what the back-test found, what to be
warned of. Words are put to it where it is shown.
"""

from dataclasses import replace

import numpy as np

from ..purchases import histories
from ..purchases.purchases import CENT, margin_rate
from . import backtest, calibration, clv, returning, spend
from .forecast import GOOD, INSUFFICIENT, LOW, Forecast

ENOUGH = 300  # customers; below, confidence is low
DEFAULT = "mbg"  # where the past is too short to choose by
YEAR = 365
CORRELATED = 0.3
OFF = 0.2  # share by which all predicted purchases may be off
DRIFTED = 0.1  # share by which an interval may hold too few or too many


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
    past = history.take(history.count > 0)
    common = _common(days, as_of, past, rules)
    card = {"data": _data(history, past), "correlation": None, "folds": []}
    if past.count.size < backtest.MIN_CUSTOMERS:
        found = Forecast("shrunken", INSUFFICIENT, None, **common)
    else:
        found = _chosen(occasions, as_of, past, rules, common, card)
    correlation = found.spending.correlation
    card["correlation"] = correlation if np.isfinite(correlation) else None
    card["retention"] = _retention(days, as_of, rules)
    card["warnings"] = _warnings(found, card)
    return found, card


def _common(days, as_of, past, rules):
    """Return what every rule needs: spend, everybody's rate, age and margin."""
    spending = spend.fit(past.x, past.spend, prior=True, within=past.within)
    if not np.isfinite(spending.mean):
        spending = replace(spending, mean=_first_spend(days, as_of))
    known = days.day <= as_of
    revenue, margin = days.amount[known].sum(), days.margin[known].sum()
    age = float(past.T.sum())
    return {
        "spending": spending,
        "rate": float(past.x.sum() / age) if age else 0.0,
        "weeks": float(past.T.mean()) if age else 1.0,
        "margin_rate": float(margin_rate(margin, revenue))
        if revenue > CENT
        else rules.default_margin_rate,
    }


def _first_spend(days, as_of):
    """Return the mean money of a purchase where nobody has come back yet."""
    occasions = days.occasions()
    amounts = occasions.amount[occasions.day <= as_of]
    return float(amounts.mean()) if amounts.size else 0.0


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


def _chosen(occasions, as_of, past, rules, common, card):
    """Return the Forecast of the rule that the back-test chose; fill the card."""
    found = backtest.folds(occasions, as_of, rules.horizon_days)
    rule, level = DEFAULT, calibration.TARGET
    if found:
        rule = backtest.winner(found)
        level, checked = calibration.calibrate(found, rule)
        card["folds"] = [
            {
                "day": fold.day,
                "length": fold.length,
                "customers": int(fold.customers.size),
                "inside": share,
                "rules": [backtest.measures(fold, r) for r in backtest.CANDIDATES],
            }
            for fold, share in zip(found, checked, strict=True)
        ]
        card["weeks"] = backtest.weekly(occasions, found[0], sorted({rule, "naive"}))
        card["deciles"] = backtest.deciles(found[0], rule)
    model = rule if rule in clv.MODELS else backtest.winner(found, clv.MODELS)
    buying = clv.fit(past.x, past.t_x, past.T, model)
    trusted = found and rule in clv.MODELS and past.count.size >= ENOUGH
    confidence = GOOD if trusted and buying.converged else LOW
    back = returning.learn(past.x, past.t_x, past.T)
    return Forecast(rule, confidence, buying, **common, level=level, returning=back)


def _retention(days, as_of, rules):
    """Return the constant-retention value of an average customer, None without a year.

    Of the customers who bought in the year before the last one, the share that bought
    in the last one; the margin is that of an active customer's year.
    """
    bought = days.bought > CENT
    last = bought & (days.day > as_of - YEAR) & (days.day <= as_of)
    before = bought & (days.day > as_of - 2 * YEAR) & (days.day <= as_of - YEAR)
    then, now = np.unique(days.customer[before]), np.unique(days.customer[last])
    if then.size < backtest.MIN_CUSTOMERS:
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
    latest = card["folds"][0] if card["folds"] else None
    chosen = latest and next(m for m in latest["rules"] if m["rule"] == found.rule)
    checks = {
        "low": card["data"]["customers"] < ENOUGH,
        "no_backtest": latest is None,
        "naive_wins": found.rule not in clv.MODELS,
        "no_dropout": not found.buying.dropout,
        "not_converged": not found.buying.converged,
        "correlated": abs(card["correlation"] or 0) > CORRELATED,
        "no_spend_model": found.spending.p is None,
        "off": bool(chosen) and abs(chosen["bias"] or 0) > OFF,
        "interval": bool(latest)
        and abs(latest["inside"] - calibration.TARGET) > DRIFTED,
    }
    return [code for code, holds in checks.items() if holds]
