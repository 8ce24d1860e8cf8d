"""What a new fit or policy alone does to the value of customers as they stood.

A value changes because the customer does something, because time passes, and because
those who value it have learnt. The last is no news of the customer; it is told apart by
valuing the facts of the month end before anew. Analysis of change between two dates, as
insurers report it for what their contracts are worth (IFRS 17, 101–104: changes of
estimates apart from what was experienced).
"""

import numpy as np

from ..forecast.prediction import lifetime_value
from ..purchases import histories

SAMPLE = 200  # customers who tell whether a fit still gives what it gave
DUST = 0.005  # money below which a new estimate is the old one


def known_at(days, day, rules):
    """Return the facts that a forecast reads, as they stood at the end of a day.

    :param days: purchases.Days; later days in it are left out
    :param day: the last day that counts
    :param rules: rules.Rules
    :return: dict of arrays, one row for each of ``days.customers``

    >>> from ..purchases.purchases import Days
    >>> from ..forecast.prediction import READ
    >>> from ..policy.rules import Rules
    >>> zero, lines = np.zeros(3), {"partner": np.array([1, 1, 2])}
    >>> lines.update(day=np.array([0, 70, 75]), product=zero, amount=zero + 50)
    >>> lines.update(returned=zero, costed=zero, cost=zero, discount=zero)
    >>> rules = Rules(365, 365, 0.3, "revenue", ())
    >>> facts = known_at(Days(lines, 90, 0.3), 72, rules)
    >>> facts["purchase_count"].tolist(), facts["recency_days"].tolist()
    ([2, 0], [2.0, nan])
    >>> facts["margin_total"].tolist(), facts["revenue_total"].tolist()
    ([30.0, 0.0], [100.0, 0.0])
    >>> set(READ) - set(facts)
    set()
    """
    history = histories.until(days.occasions(), day, rules.horizon_days)
    known = days.day <= day
    return {
        "purchase_count": history.count,
        "recency_days": day - history.last,
        "first_purchase_date": history.first,
        "last_purchase_date": history.last,
        "recent_count": history.recent,
        "season_count": history.season,
        "first_spend": history.opening,
        "repeat_spend": history.spend,
        "margin_total": days.total(days.margin, known),
        "revenue_total": days.total(days.amount, known),
        "revenue": days.total(
            days.amount, known & (days.day > day - rules.window_days)
        ),
    }


def values(forecast, facts, rules):
    """Return the lifetime values that a fit gives to customers with these facts.

    :param forecast: forecast.Forecast
    :param facts: dict of arrays of shape (n,), as :func:`known_at` returns them
    :param rules: rules.Rules
    :return: shape (n,), NaN for who had not bought

    >>> from ..forecast import spend
    >>> from ..forecast.forecast import LOW, Forecast
    >>> from ..forecast.prediction import READ
    >>> from ..policy.rules import Rules
    >>> pool = Forecast("naive", LOW, None, spend.Params(mean=50.0), 0.1, 10.0, 0.4)
    >>> nobody = dict.fromkeys(READ, np.zeros(1))
    >>> values(pool, nobody, Rules(365, 365, 0.3, "revenue", ())).tolist()
    [nan]
    """
    if not facts["purchase_count"].any():
        return np.full(facts["purchase_count"].shape, np.nan)
    return lifetime_value(forecast, facts, rules)


def confirmed(stored, forecast, facts, rules):
    """Return the stored values of customers if the fit still gives them, else its own.

    The same fit and policy give the same values; only a release that calculates
    otherwise does not. A sample tells, so that no night values everybody twice.

    :param stored: lifetime values of a month end, shape (n,), NaN unknown

    >>> from ..forecast import spend
    >>> from ..forecast.forecast import LOW, Forecast
    >>> from ..forecast.prediction import READ
    >>> from ..policy.rules import Rules
    >>> pool = Forecast("naive", LOW, None, spend.Params(mean=50.0), 0.1, 10.0, 0.4)
    >>> one = dict.fromkeys(READ, np.ones(1)) | {"purchase_count": np.array([3])}
    >>> rules = Rules(365, 365, 0.3, "revenue", ())
    >>> now = values(pool, one, rules)
    >>> confirmed(now + 0.001, pool, one, rules) == now + 0.001
    array([ True])
    >>> confirmed(now + 1.0, pool, one, rules) == now
    array([ True])
    """
    buyers = np.flatnonzero(facts["purchase_count"] > 0)
    some = buyers[:: max(buyers.size // SAMPLE, 1)]
    sample = {name: column[some] for name, column in facts.items()}
    found = values(forecast, sample, rules)
    if np.allclose(found, stored[some], rtol=0.0, atol=DUST, equal_nan=True):
        return stored
    return values(forecast, facts, rules)
