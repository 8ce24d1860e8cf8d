"""Trial of churn risk and lifecycle at a past cutoff: who was to go, who came back.

The risk stands beside what anybody could sort by: days since the last purchase, number
of purchases, and the forecast's own probability of no purchase.
"""

from dataclasses import dataclass, fields

import numpy as np

from ..forecast import track
from ..lifecycle import lifecycle
from ..purchases import histories
from ..statistics import accuracy
from . import churn, fitting
from .samples import samples

BACK = (90, 365)  # days within which who came back is counted
SURE = 2.0  # standard errors by which an order is surely better than another


@dataclass(frozen=True, slots=True)
class Trial:
    """Active customers at one cutoff, arrays of shape (n,).

    :param risk: probability of no purchase in time, NaN where no rule tells it
    :param recency: days since the last purchase
    :param count: purchases
    :param none: the forecast's probability of no purchase in time, NaN unknown
    :param left: 1 where no purchase followed in time
    """

    risk: np.ndarray
    recency: np.ndarray
    count: np.ndarray
    none: np.ndarray
    left: np.ndarray


def trial(known, days, cut, rules, learnt, before=None):
    """Return (Trial at ``cut``, Risk); no Trial where the time after it is too short.

    :param known: purchases.Days until ``cut``, which the risk learns from
    :param days: purchases.Days with what came; as many or more customers
    :param learnt: forecast.Forecast, learnt at ``cut``
    :param before: the Risk in force until then, None without one
    """
    risk, _card = fitting.fit(known, cut, rules, learnt, before=before)
    length = rules.of(churn.Limits).days
    occasions = days.occasions()
    none = _none(occasions, cut, length, learnt)
    found = samples(days, cut + length, rules, measured=lambda _day: {"none": none})
    found = [sample for sample in found if sample.day == cut and sample.left.size]
    if not found:
        return None, risk
    columns = churn.completed(risk, found[0].columns, rules)
    said = churn.probability(risk, columns, rules)
    recency, count = columns["recency_days"], columns["purchase_count"]
    return Trial(said, recency, count, columns["none"], found[0].left), risk


def _none(occasions, cut, length, learnt):
    """Return the probability of no purchase in time, NaN before the first one."""
    history = histories.until(occasions, cut, length)
    bought = history.count > 0
    found = np.full(occasions.size, np.nan)
    found[bought] = track.expected(learnt, history.take(bought), length)[2].none
    return found


def pool(trials):
    """Return one Trial of all the customers of several, None of none."""
    if not trials:
        return None
    names = [field.name for field in fields(Trial)]
    return Trial(*(np.concatenate([getattr(t, n) for t in trials]) for n in names))


def measures(tried):
    """Return AUC and Brier of the risk and of its rivals; None what nobody knows.

    >>> measures(None)["risk_auc"]
    >>> one = np.array([0.1, 0.9])
    >>> found = measures(Trial(one, one, 1 - one, one, np.array([0.0, 1.0])))
    >>> found["risk_auc"], round(found["risk_brier"], 2), found["risk_auc_days"]
    (1.0, 0.01, 1.0)
    """
    keys = ("risk_auc", "risk_auc_days", "risk_auc_count", "risk_auc_no_purchase")
    keys += ("risk_brier", "risk_brier_no_purchase")
    keys += ("risk_log", "risk_log_no_purchase")
    if tried is None or np.isnan(tried.risk).all():
        return dict.fromkeys(keys)
    tried = _told(tried)
    by = (tried.risk, tried.recency, -tried.count, tried.none)
    found = [accuracy.auc(column, tried.left) for column in by]
    chances = (tried.risk, tried.none)
    found += [accuracy.brier(chance, tried.left) for chance in chances]
    found += [track.log_score(chance, tried.left > 0) for chance in chances]
    return dict(zip(keys, found, strict=True))


def _told(tried):
    told = ~np.isnan(tried.risk)
    return Trial(*(getattr(tried, field.name)[told] for field in fields(Trial)))


def behind(tried):
    """Return how many plain orders are surely better than the risk's, and of how many.

    By days, by few purchases and by P(none), paired over customers; none where fewer
    than two left, or stayed.

    >>> one, left = np.arange(9.0), np.arange(9) > 4
    >>> [behind(Trial(risk, one, one, one, left)) for risk in (-one, one)]
    [(2, 3), (0, 3)]
    """
    tried = _told(tried)
    if min(tried.left.sum(), (1 - tried.left).sum()) < 2:
        return 0, 0
    rivals = (tried.recency, -tried.count, tried.none)
    gains = [accuracy.auc_gain(tried.risk, rival, tried.left) for rival in rivals]
    return sum(gain < -SURE * error for gain, error in gains), len(rivals)


def came_back(stages, last, occasions, cut):
    """Return who was in decline and lost at ``cut``, and how many of them came back.

    :param stages: stage of each customer at ``cut``, positions in lifecycle.STAGES
    :param last: last day that is known
    :return: {("lost" | "decline", days): (customers, who came back)}, without the days
        that have not passed yet
    """
    found = {}
    for days in BACK:
        if cut + days > last:
            continue
        bought = histories.following(occasions, cut, cut + days)[0] > 0
        for name, stage in (("lost", lifecycle.LOST), ("decline", lifecycle.DECLINE)):
            there = stages == stage
            found[name, days] = (int(there.sum()), int((there & bought).sum()))
    return found


def by_tenth(tried):
    """Return the mean risk and the share of who left, by tenth of risk and of rivals.

    :return: {"risk" | "days" | "count" | "none": tenths, the least alarming first}

    >>> one = np.array([0.1, 0.9])
    >>> found = by_tenth(Trial(one, one, 1 - one, one, np.array([0.0, 1.0])))
    >>> [tenth["actual"] for tenth in found["count"]]
    [0.0, 1.0]
    """
    told = ~np.isnan(tried.risk)
    columns = (tried.risk, tried.recency, -tried.count, tried.none)
    orders = (np.argsort(column[told], kind="stable") for column in columns)
    names = ("risk", "days", "count", "none")
    return {
        name: [
            {
                "customers": int(part.size),
                "predicted": float(tried.risk[told][part].mean()),
                "actual": float(tried.left[told][part].mean()),
            }
            for part in np.array_split(order, 10)
            if part.size
        ]
        for name, order in zip(names, orders, strict=True)
    }
