"""What is to be expected of each customer, and what it is worth today.

One rule of prediction is in force for a company: a model of buying where it has proved
better than the naive rules, else one of those. METHOD: CLV = margin rate × spend ×
discounted purchases, over the policy's horizon.
"""

from dataclasses import asdict, dataclass

import numpy as np

from . import clv, interval, spend
from .grouping import unique_rows
from .histories import WEEK
from .rules import MONTH_DAYS

RULES = ("bg", "mbg", "pareto", "seasonal", "naive", "shrunken")
INSUFFICIENT, LOW, GOOD = range(3)
ACTIVE, LOST = range(2)
LONG_SILENT = 365  # days: what counts as lost where no model says how likely it is


@dataclass(frozen=True, slots=True)
class Forecast:
    """What one fit learnt from all customers of a company.

    :param rule: the member of RULES that predicts
    :param confidence: INSUFFICIENT, LOW or GOOD: the most a customer can get
    :param buying: clv.Params, None where there are too few customers
    :param spending: spend.Params
    :param rate: everybody's repeat purchases a week
    :param weeks: everybody's mean age
    :param margin_rate: everybody's margin on revenue
    :param level: nominal level at which 80 % of held-out customers fell inside
    """

    rule: str
    confidence: int
    buying: clv.Params | None
    spending: spend.Params
    rate: float
    weeks: float
    margin_rate: float
    level: float = 0.8

    def to_json(self):
        """Return plain data, for storage; what is not known is None."""
        return _plain(asdict(self))

    @classmethod
    def from_json(cls, data):
        """Rebuild a forecast from :meth:`to_json`."""
        buying = data["buying"] and clv.Params(**_numbers(data["buying"]))
        spending = spend.Params(**_numbers(data["spending"]))
        return cls(**{**_numbers(data), "buying": buying, "spending": spending})


def _plain(data):
    """Return data without NaN, which JSON does not know."""
    if isinstance(data, dict):
        return {name: _plain(item) for name, item in data.items()}
    return None if isinstance(data, float) and not np.isfinite(data) else data


def _numbers(data):
    """Undo :func:`_plain` where a field is a plain float."""
    unknown = {"log_likelihood", "mean", "correlation", "rate", "weeks", "margin_rate"}
    return {
        name: float("nan") if item is None and name in unknown else item
        for name, item in data.items()
    }


@dataclass(frozen=True, slots=True)
class Rows:
    """What a rule reads of each customer: arrays of shape (n,), times in weeks."""

    x: np.ndarray
    t_x: np.ndarray
    T: np.ndarray
    season: np.ndarray


def purchases_within(forecast, t, rows, horizon):
    """Return the purchases to expect within ``t`` weeks, shape (n,).

    :param rows: Rows
    :param horizon: weeks that ``rows.season`` stands for

    >>> pool = Forecast("naive", LOW, None, spend.Params(), 0.1, 10.0, 0.3)
    >>> rows = Rows(*np.array([[2.0], [5.0], [10.0], [np.nan]]))
    >>> purchases_within(pool, 20.0, rows, 52).tolist()
    [4.0]
    """
    if forecast.rule in clv.MODELS:
        return clv.expected_purchases(forecast.buying, t, rows.x, rows.t_x, rows.T)
    return _rate(forecast, rows, horizon) * t


def _rate(forecast, rows, horizon):
    """Return the purchases a week that the naive rules see."""
    if forecast.rule == "shrunken":
        # Each customer's own rate, and everybody's for the length of a mean age.
        return (rows.x + forecast.rate * forecast.weeks) / (rows.T + forecast.weeks)
    with np.errstate(invalid="ignore", divide="ignore"):
        naive = np.where(rows.T > 0, rows.x / rows.T, 0.0)
    if forecast.rule == "seasonal":
        return np.where(np.isnan(rows.season), naive, rows.season / horizon)
    return naive


def outlook(forecast, t, rows, horizon):
    """Return the interval.Outlook within ``t`` weeks, in units of expected spend.

    >>> pool = Forecast("naive", LOW, None, spend.Params(mean=5.0), 0.1, 10.0, 0.3)
    >>> rows = Rows(*np.array([[2.0], [5.0], [10.0], [np.nan]]))
    >>> outlook(pool, 20.0, rows, 52).mean.tolist()
    [4.0]
    """
    mean = purchases_within(forecast, t, rows, horizon)
    if forecast.rule in clv.MODELS:
        params = forecast.buying
        alive = clv.probability_alive(params, rows.x, rows.t_x, rows.T)
        none = clv.probability_none(params, t, rows.x, rows.t_x, rows.T)
        shape = params.r + rows.x
        extra = _parameter_variance(params, t, rows)
    else:
        # As if the rate were gamma distributed, seen in the purchases that there were.
        alive, extra, shape = np.ones_like(mean), 0.0, rows.x + 1.0
        none = (shape / (shape + mean)) ** shape
    with np.errstate(invalid="ignore", divide="ignore"):
        if_alive = np.where(alive > 0, mean / alive, 0.0)
    square = alive * (if_alive + if_alive**2 * (1 + 1 / shape)) + extra
    return interval.outlook(
        mean, square, none, *spend.spread(forecast.spending, rows.x)
    )


def _parameter_variance(params, t, rows):
    """Return the variance of E[X(t)] that comes from the fit, shape (n,).

    Along each independent direction of the parameters' covariance, half the difference
    between one standard deviation up and down.
    """
    if not params.covariance:
        return 0.0
    variances, directions = np.linalg.eigh(np.array(params.covariance))
    total = 0.0
    for variance, direction in zip(variances, directions.T, strict=True):
        step = np.exp(np.sqrt(max(variance, 0.0)) * direction)
        up, down = (
            clv.expected_purchases(moved, t, rows.x, rows.t_x, rows.T)
            for moved in (params.moved(step), params.moved(1 / step))
        )
        total = total + ((up - down) / 2) ** 2
    return total


def predict(forecast, facts, rules):
    """Return what is expected of the customers of ``facts`` over the horizon.

    :param forecast: Forecast
    :param facts: dict of float arrays of shape (n,), NaN unknown
    :param rules: rules.Rules
    :return: dict of arrays of shape (n,), NaN (or −1) for who never bought

    >>> from .rules import Rules
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
    relation = _relation(money["p_alive"], columns["recency_days"], rules)
    found = {**money, "clv_confidence": confidence, "relation": relation}
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
        own = columns["margin_total"] / columns["revenue_total"]
        rate = np.where(columns["revenue_total"] > 0, own, forecast.margin_rate)
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


def _relation(alive, recency, rules):
    """Return whether each customer still is one: ACTIVE or LOST."""
    unknown = np.isnan(alive)
    lost = np.where(unknown, recency > LONG_SILENT, alive < rules.lost_below)
    return np.where(lost, LOST, ACTIVE)


def _spread_out(column, where):
    """Return ``column`` where ``where`` holds; unknown (NaN or −1) elsewhere."""
    whole = column.dtype.kind == "i"
    everywhere = np.full(where.shape, -1 if whole else np.nan)
    everywhere[where] = column
    return everywhere.astype(np.int32) if whole else everywhere
