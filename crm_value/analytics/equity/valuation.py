"""The expected revenue of groups of customers month by month, and its present value.

What a valuation by hand starts from: with the months side by side, another horizon,
discount rate or margin rate needs no new forecast.
"""

import numpy as np

from ..forecast.forecast import purchases_within
from ..forecast.prediction import READ, amounts_of
from ..forecast.rows import of_facts
from ..policy.rules import MONTH_DAYS
from ..purchases.histories import WEEK


def monthly_revenue(forecast, facts, group, months, rules):
    """Return the revenue to expect in each coming month, by group of customers.

    Purchases are predicted once for customers with an equal history, and weighted with
    what all of them together spend each time.

    :param forecast: forecast.Forecast
    :param facts: dict of float arrays of shape (n,): those of prediction.READ, of
        customers who bought
    :param group: group of each customer, 0 … k − 1, shape (n,)
    :param months: how many
    :param rules: rules.Rules; of its horizon the season was counted
    :return: shape (months, k)

    >>> from ..policy.rules import Rules
    >>> from ..forecast import spend
    >>> from ..forecast.forecast import LOW, Forecast
    >>> pool = Forecast("shrunken", LOW, None, spend.Params(mean=50.0), 0.1, 10.0, 0.4)
    >>> facts = dict.fromkeys(READ, np.zeros(2))
    >>> facts.update(purchase_count=np.array([3, 3]), repeat_spend=np.array([50, 50]))
    >>> facts.update(revenue_total=np.array([150, 150]))
    >>> facts.update(last_purchase_date=np.array([70, 70]))
    >>> rules = Rules(365, 365, 0.3, "revenue", ())
    >>> monthly_revenue(pool, facts, np.array([0, 1]), 2, rules).round(2).tolist()
    [[30.03, 30.03], [28.92, 28.92]]
    """
    columns = {name: np.asarray(facts[name], dtype=float) for name in READ}
    every = of_facts(columns)
    each = amounts_of(forecast, columns, every, rules)
    rows, same = every.distinct()
    width = int(group.max(initial=0)) + 1
    cells = np.bincount(same * width + group, each, rows.x.size * width)
    spending = cells.reshape(-1, width)
    horizon = rules.horizon_days / WEEK
    cumulated = np.array(
        [
            purchases_within(forecast, t, rows, horizon) @ spending
            for t in np.arange(1, months + 1) * MONTH_DAYS / WEEK
        ]
    )
    return np.diff(cumulated, axis=0, prepend=0.0)


def discount_factors(rate, months):
    """Return what money at the end of each month is worth today, shape (months,).

    :param rate: discount rate of a year

    >>> discount_factors(0.21, 12)[[5, 11]].round(4).tolist()
    [0.9091, 0.8264]
    """
    return (1 + rate) ** (-np.arange(1, months + 1) / 12)


def present_value(revenue, rate, horizon):
    """Return the present value of the months within the horizon, shape (k,).

    :param revenue: shape (months, k)
    :param rate: discount rate of a year
    :param horizon: months that count

    >>> present_value(np.array([[1.1], [5.0]]), 1.1**12 - 1, 1).round(6).tolist()
    [1.0]
    """
    return discount_factors(rate, horizon) @ revenue[:horizon]


def worth(margin, rate, horizon, stays=1.0):
    """Return the present value of a margin by month, at other assumptions.

    :param margin: expected in each month, shape (months,)
    :param rate: discount rate of a year
    :param horizon: months that count
    :param stays: factor on the share of customers that stays each year; what is
        expected of month i is multiplied by stays^(i / 12)

    >>> round(worth(np.ones(24), 0.0, 12), 6), round(worth(np.ones(24), 0.0, 24), 6)
    (12.0, 24.0)
    >>> worth(np.ones(24), 0.0, 24, 0.9) < 24
    True
    """
    months = np.arange(1, margin.size + 1)
    kept = margin * stays ** (months / 12)
    return float(present_value(kept[:, None], rate, horizon)[0])


def beyond(margin, rate, horizon):
    """Return the present value after the horizon: until the last month, and after it.

    After the last month, margins go on falling from year to year as they did from the
    last year but one to the last. Where they do not fall and nothing is discounted,
    there is no bound: NaN.

    :param margin: expected in each month, shape (months,), two years at least

    >>> falling = 0.5 ** (np.arange(60) / 12)
    >>> until, after = beyond(falling, 0.0, 12)
    >>> round((until + after) / worth(falling, 0.0, 12), 6)
    1.0
    """
    last, before = margin[-12:].sum(), margin[-24:-12].sum()
    present = discount_factors(rate, margin.size) * margin
    until = float(present[horizon:].sum())
    if before <= 0 or last <= 0:
        return until, 0.0
    year = last / before / (1 + rate)
    if year >= 1:
        return until, float("nan")
    return until, float(present[-12:].sum() * year / (1 - year))
