"""Track record: what would have been foretold at past month ends, and what came.

Everything is learnt from what came before a month end, as the product does on its own
data, and judged by what came after. :mod:`track` is the command; Odoo is not asked.
"""

import sys
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np

sys.path.append(str(Path(__file__).parents[1] / "crm_value"))

from analytics.churn import trial
from analytics.forecast import fitting, prediction, track
from analytics.lifecycle import lifecycle
from analytics.policy.rules import Rules
from analytics.purchases import purchases

RULES = Rules(365, 365, 0.3, "revenue", ())
EDGES = (14, 84, 90)  # days: fewest of both, most asked for before, most after
MANY = 18  # month ends; of more, every second, third or sixth, or those of a year
SCORES = ("coverage", "coverage_one_time", "coverage_repeat")
SCORES += ("rmse_purchases", "rmse_purchases_naive", "rmse_money", "rmse_money_naive")
SCORES += ("bias_purchases", "bias_money")
SCORES += ("risk_auc", "risk_auc_days", "risk_auc_count")
SCORES += ("risk_brier", "risk_brier_no_purchase")
SCORES += ("lost_back_90", "decline_back_90")


@dataclass(frozen=True)
class Cut:
    """What was said at one month end, and what came.

    :param day: the last that was known; :param length: days held out
    :param rule: of prediction in force
    :param look: track.Look; :param tried: trial.Trial or None
    :param back: as of trial.came_back
    :param shares: of the customers, {"lost_share" | "decline_share": share}
    :param spend: money of a purchase, as learnt ÷ as it was until then
    :param moved: movement since the cut before, see :func:`_moved`; None at the first
    """

    day: int
    length: int
    rule: str
    look: object
    tried: object
    back: dict
    shares: dict
    spend: float | None
    moved: dict | None


def roll(customer, day, amount, rules=RULES, every=None):
    """Return the Cuts of a history, the earliest first.

    :param customer, day, amount: as of purchase_files.read
    :param every: months between two, None: one, or more for a long history
    """
    first, last = int(day.min()), int(day.max())
    days = days_until(customer, day, amount, last, rules)
    found, before, risk = [], None, None
    for cut in month_ends(first, last, every):
        known = days_until(customer, day, amount, cut, rules)
        learnt, _card = fitting.fit(known, cut, rules, before and before[0])
        length = min(rules.horizon_days, last - cut, cut - first + 1)
        tried, risk = trial.trial(known, days, cut, rules, learnt, risk)
        found.append(_cut(known, days, cut, length, last, rules, learnt, before, tried))
        before = (learnt, known, cut)
    return found


def days_until(customer, day, amount, last, rules):
    """Return the purchases.Days of what was known on ``last``."""
    zero = np.zeros(customer.size)
    lines = dict.fromkeys(("returned", "costed", "cost", "discount"), zero)
    lines |= {"partner": customer, "day": day, "product": zero, "amount": amount}
    return purchases.Days(lines, last, rules.default_margin_rate)


def month_ends(first, last, every=None):
    """Return the month ends with enough before and after; the middle without any."""
    before, after = (
        int(np.clip((last - first) // 4, EDGES[0], most)) for most in EDGES[1:]
    )
    epoch = date(1970, 1, 1)
    days = range(first + before - 1, last - after + 1)
    ends = [d for d in days if (epoch + timedelta(d + 1)).day == 1]
    years = 12 * -(-len(ends) // (12 * MANY))
    every = every or next(n for n in (1, 2, 3, 6, years) if len(ends) <= MANY * n)
    return ends[::-1][::every][::-1] or [(first + last) // 2]


def _cut(known, days, cut, length, last, rules, learnt, before, tried):
    """Return one Cut."""
    look = track.look(learnt, days.occasions(), cut, length)
    stages = np.full(len(days.customers), lifecycle.NONE)
    limits = rules.of(lifecycle.Limits)
    lives = lifecycle.replay(known, cut, limits, returning=learnt.returning)
    stages[np.searchsorted(days.customers, known.customers)] = lives.stage
    back = trial.came_back(stages, last, days.occasions(), cut)
    moved = before and _moved(learnt, known, cut, rules, *before)
    spend = spend_of(learnt, known)
    return Cut(
        cut, length, learnt.rule, look, tried, back, _shares(lives), spend, moved
    )


def _shares(lives):
    """Return which shares of the customers are lost and in decline."""
    everybody = max((lives.stage != lifecycle.NONE).sum(), 1)
    stages = {"lost_share": lifecycle.LOST, "decline_share": lifecycle.DECLINE}
    return {n: float((lives.stage == s).sum() / everybody) for n, s in stages.items()}


def spend_of(learnt, known):
    """Return the mean money of a purchase as learnt, against that of all so far."""
    amounts, spending = known.occasions().amount, learnt.spending
    said = spending.mean * spending.level
    return float(said / amounts.mean()) if amounts.size else None


def _moved(learnt, known, cut, rules, learnt_before, known_before, cut_before):
    """Return what moved since the cut before without a purchase having happened.

    ``alive``, ``lost`` and ``equity`` (as a share) are what the new fit alone changed:
    the same customers on the same day, by the fit before and by this one. ``silent_…``
    are the customers who bought nothing since, on both days: silence is told, too.
    """
    facts = purchases.summarise(known, cut, rules)
    facts_before = purchases.summarise(known_before, cut_before, rules)
    new, old = (_standing(one, facts, rules) for one in (learnt, learnt_before))
    then = _standing(learnt_before, facts_before, rules)
    at = np.searchsorted(known.customers, known_before.customers)
    silent = facts["recency_days"][at] > cut - cut_before
    now = {name: column[at][silent] for name, column in new.items()}
    then = {name: column[silent] for name, column in then.items()}
    return {**_change(old, new), **_change(then, now, "silent_")}


def _standing(learnt, facts, rules):
    """Return P(alive), the value, and who is lost by the chance to return."""
    found = prediction.predict(learnt, facts, rules)
    chance, silence = found["return_chance"], facts["recency_days"]
    long = silence > rules.of(lifecycle.Limits).lost_days
    lost = np.where(np.isnan(chance), long, chance < rules.lost_below) * 1.0
    lost[np.isnan(silence)] = np.nan  # never a customer
    return {"alive": found["p_alive"], "lost": lost, "equity": found["clv"]}


def _change(one, other, prefix=""):
    """Return the differences of mean P(alive), of the share of lost, and of equity."""
    moved = {}
    for name in ("alive", "lost"):
        step = other[name] - one[name]
        told = ~np.isnan(step)
        moved[name] = step[told].mean() if told.any() else np.nan
    equity = [float(np.nansum(part["equity"])) for part in (one, other)]
    moved["equity"] = equity[1] / equity[0] - 1 if equity[0] else np.nan
    return {
        prefix + name: float(part) if np.isfinite(part) else None
        for name, part in moved.items()
    }


def record(cuts):
    """Return {"cuts": […], "pooled": {…}}, plain numbers and more than SCORES."""
    together = track.pool([cut.look for cut in cuts])
    naive = track.better(together)
    return {
        "cuts": [
            {
                "cutoff": str(date(1970, 1, 1) + timedelta(cut.day)),
                "days": cut.length,
                "customers": int(cut.look.bought.size),
                "rule": cut.rule,
                **track.measures(cut.look, naive),
                **trial.measures(cut.tried),
                **_behind([cut]),
                **_back([cut]),
                **cut.shares,
                "spend": cut.spend,
                **_movement([cut]),
            }
            for cut in cuts
        ],
        "pooled": {
            **track.measures(together, naive),
            **trial.measures(trial.pool([cut.tried for cut in cuts if cut.tried])),
            **_behind(cuts),
            **_back(cuts),
            **{name: max(c.shares[name] for c in cuts) for name in cuts[0].shares},
            "spend": max(
                (cut.spend for cut in cuts if cut.spend),
                key=lambda ratio: abs(np.log(ratio)),
                default=None,
            ),
            **_movement(cuts),
            **_typical(cuts),
        },
        "tenths": _tenths(cuts, together),
    }


def _movement(cuts):
    """Return each movement, of several cuts the largest."""
    moved = [cut.moved for cut in cuts if cut.moved]
    return {
        f"moved_{name}": _farthest([one[name] for one in moved])
        for name in (moved[0] if moved else ())
    }


def _typical(cuts):
    """Return the median size of what each fit moved, None of none."""
    found = {}
    for name in ("alive", "lost", "equity"):
        parts = [cut.moved[name] for cut in cuts if cut.moved]
        sizes = [abs(part) for part in parts if part is not None]
        found[f"typical_{name}"] = float(np.median(sizes)) if sizes else None
    return found


def _farthest(parts):
    """Return the one farthest from zero, None of none."""
    return max((part for part in parts if part is not None), key=abs, default=None)


def _tenths(cuts, together):
    tried = trial.pool([cut.tried for cut in cuts if cut.tried])
    risk = trial.by_tenth(tried) if tried else {}
    by_risk = {f"risk_by_{name}": tenths for name, tenths in risk.items()}
    return {**track.by_tenth(together), **by_risk}


def _behind(cuts):
    """Return how many plain orders were surely better than the risk's, cut by cut."""
    found = [trial.behind(cut.tried) for cut in cuts if cut.tried]
    better, compared = np.sum(found, axis=0) if found else (0, 0)
    return {"risk_behind": int(better), "risk_compared": int(compared)}


def _back(cuts):
    """Return the shares of decline and lost who bought again, None of nobody."""
    found = {}
    for stage in ("lost", "decline"):
        for days in trial.BACK:
            counts = [cut.back.get((stage, days), (0, 0)) for cut in cuts]
            there, back = np.sum(counts, axis=0)
            found[f"{stage}_back_{days}"] = float(back / there) if there else None
            found[f"{stage}_{days}"] = int(there)
    return found


def plain(found):
    """Return the record with the scores that are promised, and when each was taken."""
    when = ("cutoff", "days", "customers")
    return {
        "cuts": [
            {name: cut.get(name) for name in (*when, *SCORES)} for cut in found["cuts"]
        ],
        "pooled": {name: found["pooled"].get(name) for name in SCORES},
    }
