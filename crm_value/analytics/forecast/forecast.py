"""Prediction rules, and the expected purchases and lifetime value they give.

One rule of prediction is in force for a company: a model of buying where it has proved
better than the naive rules, else one of those. Value: CLV = margin rate × spend ×
discounted purchases, over the policy's horizon (:mod:`prediction`).
"""

from dataclasses import asdict, dataclass

import numpy as np

from ..statistics import interval
from . import clv, spend
from .returning import Returning

RULES = ("bg", "mbg", "pareto", "seasonal", "naive", "shrunken")
INSUFFICIENT, LOW, GOOD = range(3)


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
    :param returning: Returning, None where too little is known
    """

    rule: str
    confidence: int
    buying: clv.Params | None
    spending: spend.Params
    rate: float
    weeks: float
    margin_rate: float
    level: float = 0.8
    returning: Returning | None = None

    def to_json(self):
        """Return plain data, for storage; what is not known is None."""
        return _plain(asdict(self))

    @classmethod
    def from_json(cls, data):
        """Rebuild a forecast from :meth:`to_json`."""
        read = _numbers(data)
        read["buying"] = _params(data["buying"])
        read["spending"] = spend.Params(**_numbers(data["spending"]))
        if returning := data.get("returning"):  # what was learnt earlier has none
            buying = _params(returning["buying"])
            read["returning"] = Returning(**{**returning, "buying": buying})
        return cls(**read)


def _plain(data):
    """Return data without NaN, which JSON does not know."""
    if isinstance(data, dict):
        return {name: _plain(item) for name, item in data.items()}
    return None if isinstance(data, float) and not np.isfinite(data) else data


def _params(data):
    return data and clv.Params(**_numbers(data))


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
