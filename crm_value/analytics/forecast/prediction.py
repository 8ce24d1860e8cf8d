"""Customer lifetime value of each customer, from a Forecast and its facts."""

import numpy as np

from ..policy.rules import MONTH_DAYS
from ..purchases.histories import WEEK, YEAR
from ..purchases.purchases import margin_rate
from ..statistics.grouping import unique_rows
from . import clv, spend
from .forecast import GOOD, LOW, Rows, outlook, purchases_within


def predict(forecast, facts, rules):
    """Return what is expected of the customers of ``facts`` over the horizon.

    :param forecast: Forecast
    :param facts: dict of float arrays of shape (n,), NaN unknown
    :param rules: rules.Rules
    :return: dict of arrays of shape (n,), NaN (or −1) for who never bought

    >>> from ..policy.rules import Rules
    >>> from .forecast import Forecast
    >>> pool = Forecast("naive", LOW, None, spend.Params(mean=50.0), 0.1, 10.0, 0.4)
    >>> facts = {"purchase_count": np.array([3, 0]),
    ...     "recency_days": np.array([35.0, 0]), "first_purchase_date": np.zeros(2),
    ...     "last_purchase_date": np.ones(2) * 35,
    ...     "median_gap_days": np.array([17.5, np.nan]), "season_count": np.zeros(2),
    ...     "repeat_spend": np.array([50.0, 0]), "margin_total": np.array([30.0, 0]),
    ...     "revenue_total": np.array([150.0, 0])}
    >>> found = predict(pool, facts, Rules(365, 365, 0.3, "revenue", ()))
    >>> found["expected_purchases"].round(2).tolist(), found["clv"].round(2).tolist()
    ([10.44, nan], [99.14, nan])
    """
    buyer = facts["purchase_count"] > 0
    columns = {name: column[buyer] for name, column in facts.items() if name in READ}
    *rows, group = grouped_rows(forecast, columns)
    futures = _futures(forecast, Rows(*rows), rules)
    money = _money(forecast, columns, {n: f[group] for n, f in futures.items()})
    confidence = np.minimum(forecast.confidence, np.where(columns["x"] > 0, GOOD, LOW))
    found = {**money, "clv_confidence": confidence}
    found["return_chance"] = _chance(forecast, columns)
    return {name: _spread_out(column, buyer) for name, column in found.items()}


READ = (
    "purchase_count",
    "recency_days",
    "first_purchase_date",
    "last_purchase_date",
    "season_count",
    "repeat_spend",
    "margin_total",
    "revenue_total",
)


def grouped_rows(forecast, columns):
    """Add x, t_x and T to ``columns``; return the distinct ones and everyone's group.

    Where the rule reads the season too, everyone is a group.

    :return: (x, t_x, T, season, group), times in weeks

    >>> from .forecast import Forecast
    >>> pool = Forecast("naive", LOW, None, spend.Params(), 0.1, 10.0, 0.3)
    >>> facts = {"purchase_count": np.array([2, 2]),
    ...     "recency_days": np.array([7, 7]), "first_purchase_date": np.array([0, 7]),
    ...     "last_purchase_date": np.array([14, 21])}
    >>> [column.tolist() for column in grouped_rows(pool, facts)]
    [[1.0], [2.0], [3.0], [nan], [0, 0]]
    """
    columns["x"] = columns["purchase_count"] - 1.0
    columns["t_x"] = (
        columns["last_purchase_date"] - columns["first_purchase_date"]
    ) / WEEK
    columns["T"] = columns["t_x"] + columns["recency_days"] / WEEK
    x, t_x, T = (columns[name] for name in ("x", "t_x", "T"))
    if forecast.rule == "seasonal":
        return x, t_x, T, columns["season_count"], np.arange(x.size)
    x, t_x, T, _counts, group = unique_rows(x, t_x, T)
    return x, t_x, T, np.full(x.shape, np.nan), group


def _futures(forecast, rows, rules):
    """Return the outlook of distinct histories, in purchases."""
    horizon = rules.horizon_days / WEEK
    months = np.arange(1, rules.horizon_months + 1) * MONTH_DAYS / WEEK
    cumulated = [purchases_within(forecast, t, rows, horizon) for t in months]
    monthly = (1 + rules.discount_rate) ** (1 / 12) - 1
    ahead = outlook(forecast, months[-1], rows, horizon)
    low, high = ahead.shortest(forecast.level)
    alive = np.full(rows.x.shape, np.nan)
    if forecast.buying and forecast.buying.dropout:
        alive = clv.probability_alive(forecast.buying, rows.x, rows.t_x, rows.T)
    return {
        "p_alive": alive,
        "expected_purchases": cumulated[-1],
        "discounted": clv.discounted(np.array(cumulated), monthly),
        "low": low,
        "high": high,
    }


def _money(forecast, columns, futures):
    """Return the futures in money: purchases × spend × margin rate × discount."""
    each = spend.expected_spend(
        forecast.spending, columns["x"], columns["repeat_spend"]
    )
    with np.errstate(invalid="ignore", divide="ignore"):
        own = margin_rate(columns["margin_total"], columns["revenue_total"])
        rate = np.where(np.isnan(own), forecast.margin_rate, own)
        present = np.where(
            futures["expected_purchases"] > 0,
            futures["discounted"] / futures["expected_purchases"],
            1.0,
        )
    edges = [futures[name] * each * rate * present for name in ("low", "high")]
    edges = np.sort(edges, axis=0) + 0.0  # and no negative zero
    return {
        "p_alive": futures["p_alive"],
        "expected_purchases": futures["expected_purchases"],
        "expected_spend": each,
        "expected_revenue": futures["expected_purchases"] * each,
        "clv": futures["discounted"] * each * rate,
        "clv_low": edges[0],
        "clv_high": edges[1],
    }


def _chance(forecast, columns):
    """Return the chance of another purchase within a year, NaN where none is known."""
    if forecast.returning is None:
        return np.full(columns["x"].shape, np.nan)
    x, t_x, T = (columns[name] for name in ("x", "t_x", "T"))
    return forecast.returning.chance(YEAR / WEEK, x, t_x, T)


def _spread_out(column, where):
    """Return ``column`` where ``where`` holds; unknown (NaN or −1) elsewhere."""
    whole = column.dtype.kind == "i"
    everywhere = np.full(where.shape, -1 if whole else np.nan)
    everywhere[where] = column
    return everywhere.astype(np.int32) if whole else everywhere
