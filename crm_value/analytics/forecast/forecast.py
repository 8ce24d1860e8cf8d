"""Prediction rules, and the expected purchases and lifetime value they give.

One rule of prediction is in force for a company: the one before, until another has
proved to be surely better; each lets customers leave. Customer lifetime value is margin
rate × spend × discounted purchases over the policy's horizon (:mod:`prediction`).
"""

from dataclasses import asdict, dataclass

import numpy as np

from ..statistics import interval
from . import clv, spend
from .lately import Lately, repeated
from .pairs import pairs
from .returning import Returning
from .rows import Rows  # noqa: F401 - for the examples
from .stacking import Weights

# "naive" is measured beside the others; earlier versions also predicted by it, by "bg"
# and by "seasonal".
RULES = (
    "bg",
    "mbg",
    "pareto",
    "seasonal",
    "naive",
    "shrunken",
    "period",
    "season",
    "stacked",
)
MODELS = ("mbg", "pareto")  # of buying, in which one-time buyers can leave
INSUFFICIENT, LOW, GOOD = range(3)
LEAVING = {"a": 0.3, "b": 2.7}  # [D] one in ten leaves after a purchase
SEEN = 0.2  # [D] of a horizon: few customers who are younger tell nothing of it


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
    :param weights: stacking.Weights of a rule that has them
    :param returning: Returning, None where too little is known
    :param bends: where the money of past customers came to lie in what had been
        predicted, of one-time and of repeat buyers; None: not known
    :param count_bends: the same of their numbers of purchases
    :param lately: Lately where it tells money; None: purchases × spend do
    :param few: clv.Params of too few customers for ``buying``; None: not known
    :param alike: what became of customers alike, as of alike.cells; None: not known
    """

    rule: str
    confidence: int
    buying: clv.Params | None
    spending: spend.Params
    rate: float
    weeks: float
    margin_rate: float
    weights: Weights | None = None
    returning: Returning | None = None
    bends: tuple | None = None
    count_bends: tuple | None = None
    few: clv.Params | None = None
    lately: Lately | None = None
    alike: list | None = None

    def reaches(self, horizon):
        """Return whether so many weeks can be told: few customers may be too young.

        >>> few = Forecast("shrunken", INSUFFICIENT, None, spend.Params(), 0.4, 3, 0.3)
        >>> few.reaches(52), few.reaches(13)
        (False, True)
        """
        return self.confidence > INSUFFICIENT or self.weeks >= SEEN * horizon

    def to_json(self):
        """Return plain data, for storage; what is not known is None."""
        return _plain(asdict(self))

    @classmethod
    def from_json(cls, data):
        """Rebuild a forecast from :meth:`to_json`."""
        names = cls.__dataclass_fields__.keys() & data.keys()
        read = _numbers({name: data[name] for name in names})
        for name in ("buying", "few"):
            read[name] = _params(data.get(name))
        read["spending"] = spend.Params(**_numbers(data["spending"]))
        if weights := data.get("weights"):
            parts = tuple(weights["new"]), tuple(weights["old"])
            read["weights"] = Weights(
                weights["rule"], *parts, weights["period"], weights["weeks"]
            )
        if lately := data.get("lately"):
            read["lately"] = Lately(**lately)
        if returning := data.get("returning"):
            read["returning"] = Returning.from_json(returning)
        for name in ("bends", "count_bends"):
            if data.get(name):
                read[name] = tuple(map(tuple, data[name]))
        return cls(**read)


def _plain(data):
    """Return data without NaN, which JSON does not know."""
    if isinstance(data, dict):
        return {name: _plain(item) for name, item in data.items()}
    if isinstance(data, tuple):
        return [_plain(item) for item in data]
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


def purchases_within(forecast, t, rows, horizon):
    """Return the purchases to expect within ``t`` weeks, shape (n,).

    :param rows: rows.Rows
    :param horizon: weeks that ``rows.season`` stands for

    >>> few = Forecast("shrunken", LOW, None, spend.Params(), 0.1, 10.0, 0.3)
    >>> rows = Rows(*np.array([[2.0], [5.0], [10.0], [2.0], [np.nan]]))
    >>> purchases_within(few, 20.0, rows, 52).round(1).tolist()
    [2.4]
    """
    return purchases_over(forecast, [t], rows, horizon)[0]


def purchases_over(forecast, times, rows, horizon):
    """Return :func:`purchases_within` of several times, the longest last, in a list.

    Rules and the chance of another purchase are learnt apart, but a mean is never below
    the chance that there is one: what is missing comes evenly.
    """
    params, history = model_of(forecast), (rows.x, rows.t_x, rows.T)
    if forecast.weights:
        found = forecast.weights.over(forecast.buying, times, rows, horizon)
    else:
        found = [clv.expected_purchases(params, t, *history) for t in times]
    if forecast.returning is None:
        return found
    missing = np.maximum(forecast.returning.chance(times[-1], *history) - found[-1], 0)
    shares = np.array(times) / times[-1]
    return [one + missing * share for one, share in zip(found, shares, strict=True)]


def amounts(forecast, t, rows, said, last):
    """Return the money expected of one purchase within ``t`` weeks, shape (n,).

    :param said: (purchases expected, money of each by spend)
    :param last: (revenue of the last period, its weeks)
    """
    if forecast.lately is None or forecast.buying is None:
        return said[1]
    share = repeated(forecast.buying, t, rows, last[1])
    return forecast.lately.each(said, rows.T, last, share)


def model_of(forecast):
    """Return the clv.Params a forecast goes by.

    Few customers tell no model but one that is drawn to what is usual. Earlier fits
    have none: everybody's rate stands for as many purchases as it makes in a mean age,
    and LEAVING is taken for granted.
    """
    if forecast.rule in clv.MODELS and forecast.buying:
        return forecast.buying
    if forecast.few:
        return forecast.few
    r = max(forecast.rate * forecast.weeks, 0.1)
    return clv.Params("mbg", r=r, alpha=max(forecast.weeks, 1.0), **LEAVING)


def outlook(forecast, t, rows, horizon):
    """Return the interval.Outlook within ``t`` weeks, in units of expected spend.

    Bent by what past customers brought, where that is known.

    >>> few = Forecast("shrunken", LOW, None, spend.Params(mean=5.0), 0.1, 10.0, 0.3)
    >>> rows = Rows(*np.array([[2.0], [5.0], [10.0], [2.0], [np.nan]]))
    >>> outlook(few, 20.0, rows, 52).mean.round(1).tolist()
    [2.4]
    """
    return outlooks(forecast, t, rows, horizon)[0]


def outlooks(forecast, t, rows, horizon, mean=None):
    """Return the Outlooks of money, in units of expected spend, and of purchases.

    :param mean: :func:`purchases_within` of the same, where that is known

    >>> few = Forecast("shrunken", LOW, None, spend.Params(mean=5.0), 0.1, 10.0, 0.3)
    >>> rows = Rows(*np.array([[2.0], [5.0], [10.0], [2.0], [np.nan]]))
    >>> [found.shape.round(1).tolist() for found in outlooks(few, 20.0, rows, 52)]
    [[0.9], [2.1]]
    """
    if mean is None:
        mean = purchases_within(forecast, t, rows, horizon)
    moments = _moments(forecast, t, rows, mean)
    spread = spend.spread(forecast.spending, rows.x)
    money = interval.outlook(*moments, *spread)
    count = interval.outlook(*moments, 0.0, 0.0)
    return (
        _bent(money, forecast.bends, rows),
        _bent(count, forecast.count_bends, rows),
    )


def _bent(found, knots, rows):
    if knots is None:
        return found
    return interval.Bent(found, (rows.x > 0).astype(int), np.array(knots))


def _moments(forecast, t, rows, mean):
    """Return mean and mean square of the purchases within ``t``, and P(none)."""
    params = forecast.buying or model_of(forecast)
    x, t_x, T = rows.x, rows.t_x, rows.T
    alive = clv.probability_alive(params, x, t_x, T)
    if forecast.returning:
        none = 1 - forecast.returning.chance(t, x, t_x, T)
    else:
        none = clv.probability_none(params, t, x, t_x, T)
    with np.errstate(invalid="ignore", divide="ignore"):
        if_alive = np.where(alive > 0, mean / alive, 0.0)
    square = alive * (if_alive + if_alive**2 * pairs(params, t, x, T))
    if forecast.rule in clv.MODELS:
        square = square + _parameter_variance(params, t, rows)
    return mean, square, none


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
