"""Purchase frequency models (BG/NBD, Pareto/NBD): fitting and prediction.

Schmittlein, Morrison and Colombo (1987); Fader, Hardie and Lee (2005); Batislam,
Denizel and Filiztekin (2007). The likelihood is maximised over the logarithms of the
parameters with its own gradient, over distinct histories and how often they occur.
"""

from dataclasses import dataclass, replace

import numpy as np

from ..statistics import likelihood
from . import bgnbd, paretonbd
from .clv_likelihood import covariance, drawn, loss, sample, thinned, total

MODELS = ("bg", "mbg", "pareto")
NAMES = {
    "bg": ("r", "alpha", "a", "b"),
    "mbg": ("r", "alpha", "a", "b"),
    "pareto": ("r", "alpha", "s", "beta"),
}
TIMES = {"alpha", "beta"}  # parameters measured in time
SPAN = 10.0  # the oldest customer's age while fitting
FEW = (1.0, 0.5, 2.0)  # r, a and b that few customers are drawn to [D]
UNSEEN = 0.5  # purchases beside those seen, as Jeffreys has it for a Poisson rate
FEW_SD = np.array([1.0, 1.5, 1.5, 1.0])  # of the logarithms of r, α, a and b [D]
MOST = 1 << 13  # histories among which the search for the maximum begins
NO_DROPOUT = 0.01  # share expected to leave after a purchase, or within T


@dataclass(frozen=True, slots=True)
class Params:
    """Fitted parameters, under the papers' names.

    ``a`` and ``b`` (bg, mbg) or ``s`` and ``beta`` (pareto) are None in the other
    model. Times are in the unit of the data. ``covariance`` is that of the logarithms,
    in the order of :attr:`theta`. ``n`` customers in ``groups`` distinct histories.
    ``k`` is how regularly they buy, 1 for at random (mbg only).
    """

    model: str
    r: float
    alpha: float
    a: float | None = None
    b: float | None = None
    s: float | None = None
    beta: float | None = None
    log_likelihood: float = float("nan")
    n: int = 0
    groups: int = 0
    covariance: tuple = ()
    converged: bool = True
    dropout: bool = True
    k: int = 1

    @property
    def theta(self):
        """The four parameters in the order of the model's functions."""
        return np.array([getattr(self, name) for name in NAMES[self.model]])

    def moved(self, factors):
        """Return the same model with its parameters multiplied by ``factors``."""
        moved = (self.theta * factors).tolist()
        return replace(self, **dict(zip(NAMES[self.model], moved, strict=True)))


def fit(x, t_x, T, model="bg", prior=True, k=1):
    """Fit a model of buying by maximum likelihood.

    :param x: repeat purchases, shape (n,), n ≥ 1
    :param t_x: time of the last purchase, 0 where x is 0
    :param T: age; both from the first purchase, in one unit of time
    :param str model: "bg", "mbg" or "pareto"
    :param bool prior: add ln θ ~ N(0, 3²), for scaled times. On a few dozen customers
        the likelihood alone often has no maximum.
    :param int k: regularity of the purchases, which "mbg" alone knows
    :return: Params; ``dropout`` is False where nobody can be seen to leave
    :raise ValueError: no customer, or figures that are no history

    >>> x, t_x, T = np.array([[0, 3, 1, 5], [0.0, 9, 2, 30], [39.0, 31, 35, 33]])
    >>> params = fit(x, t_x, T)
    >>> params.model, params.n, params.converged
    ('bg', 4, True)
    """
    x, t_x, T = _checked(x, t_x, T)
    if model not in MODELS:
        raise ValueError(f"unknown model {model!r}, known: {', '.join(MODELS)}")
    scale = SPAN / T.max() if T.max() > 0 else 1.0
    k = k if model == "mbg" else 1
    data = sample(x, t_x, T, scale, k)
    found = _maximum(model, data, prior)
    theta = np.exp(found.x)
    value, _slope = total(model, theta, data)
    spread = covariance(found.x, model, data, prior)
    unscaled = [
        float(number / scale if name in TIMES else number)
        for name, number in zip(NAMES[model], theta, strict=True)
    ]
    return Params(
        model=model,
        **dict(zip(NAMES[model], unscaled, strict=True)),
        # Back in the data's unit, each repeat purchase has a density per time.
        log_likelihood=float(value + np.log(scale) * x.sum()),
        n=int(x.size),
        groups=int(data.counts.size),
        covariance=tuple(tuple(row) for row in spread.tolist()),
        converged=bool(found.success),
        dropout=_leaves(model, theta),
        k=k,
    )


def _maximum(model, data, prior):
    everything = model, data, prior
    if data.counts.size <= 2 * MOST:
        return likelihood.fit(loss, 4, *everything)
    some = model, thinned(data, MOST), prior
    return likelihood.fit_many(loss, 4, some, everything)


def fit_few(x, t_x, T):
    """Return MBG/NBD of a few customers, drawn towards what is usual.

    A posterior mode: customers differ as in an exponential distribution, and one in
    five leaves after a purchase, as far as the purchases do not say otherwise.

    :param x, t_x, T: see :func:`fit`; maybe of nobody

    >>> again = fit_few(np.full(20, 9.0), np.full(20, 50.0), np.full(20, 52.0))
    >>> again.a / (again.a + again.b) < 0.03
    True
    """
    r, a, b = FEW
    age = max(float(T.sum()), 1.0)
    centre = np.array([r, r * age / (float(x.sum()) + UNSEEN), a, b])
    found = likelihood.fit(drawn, 4, centre, FEW_SD, "mbg", sample(x, t_x, T))
    theta = (centre * np.exp(FEW_SD * found.x)).tolist()
    names = dict(zip(NAMES["mbg"], theta, strict=True))
    return Params("mbg", **names, n=int(x.size), converged=bool(found.success))


def _checked(x, t_x, T):
    """Return the columns as floats, or say what is wrong with them."""
    columns = [np.atleast_1d(np.asarray(c, dtype=float)) for c in (x, t_x, T)]
    x, t_x, T = columns
    if not x.size or len({column.shape for column in columns}) != 1:
        raise ValueError("x, t_x and T need equal lengths of one customer at least")
    if not all(np.isfinite(column).all() for column in columns):
        raise ValueError("x, t_x and T must be numbers")
    if (x < 0).any() or (t_x < 0).any() or (t_x > T).any():
        raise ValueError("a history needs x ≥ 0 and 0 ≤ t_x ≤ T")
    if ((x == 0) & (t_x > 0)).any():
        raise ValueError("without a repeat purchase t_x is 0")
    return columns


def _leaves(model, theta):
    """Return whether the data show that customers leave (the papers' a → 0, s → 0)."""
    if model == "pareto":
        _r, _alpha, s, beta = theta
        return bool(1 - (beta / (beta + SPAN)) ** s > NO_DROPOUT)
    _r, _alpha, a, b = theta
    return bool(a / (a + b) > NO_DROPOUT)


def probability_alive(params, x, t_x, T):
    """Return the probability to be still a customer, shape of ``x``.

    :param params: Params
    :param x, t_x, T: see :func:`fit`

    >>> params = Params("bg", r=0.243, alpha=4.414, a=0.793, b=2.426)
    >>> float(probability_alive(params, 26, 30.857, 31).round(3))
    0.969
    """
    x, t_x, T = np.broadcast_arrays(*(np.asarray(c, dtype=float) for c in (x, t_x, T)))
    if params.model == "pareto":
        return paretonbd.probability_alive(params.theta, x, t_x, T)
    modified = params.model == "mbg"
    return bgnbd.probability_alive(params.theta, x, t_x, T, modified, params.k)


def probability_silent(params, t, x, t_x, T):
    """Return the probability that who is alive buys nothing in the next ``t``.

    :param params: Params of "bg" or "mbg"
    :param t: length of the future, in the unit of the data
    :param x, t_x, T: see :func:`fit`

    >>> params = Params("mbg", r=1.0, alpha=1.0, a=1.0, b=1.0)
    >>> float(probability_silent(params, 1, 0, 0, 0))
    0.5
    """
    return bgnbd.probability_silent(params.theta, t, x, t_x, T, params.k)


def probability_none(params, t, x, t_x, T):
    """Return the probability of no purchase within the next ``t``, shape of ``x``.

    :param params: Params
    :param t: length of the future, in the unit of the data
    :param x, t_x, T: see :func:`fit`

    >>> params = Params("bg", r=1.0, alpha=1.0, a=1.0, b=1.0)
    >>> float(probability_none(params, 1, 0, 0, 0))
    0.5
    """
    x, t_x, T = np.broadcast_arrays(*(np.asarray(c, dtype=float) for c in (x, t_x, T)))
    if params.model == "pareto":
        return paretonbd.probability_none(params.theta, t, x, t_x, T)
    modified = params.model == "mbg"
    return bgnbd.probability_none(params.theta, t, x, t_x, T, modified, params.k)


def expected_purchases(params, t, x, t_x, T):
    """Return the purchases to expect within the next ``t``, shape of ``x``.

    :param params: Params
    :param t: length of the future, in the unit of the data
    :param x, t_x, T: see :func:`fit`

    >>> params = Params("bg", r=0.243, alpha=4.414, a=0.793, b=2.426)
    >>> float(expected_purchases(params, 39, 2, 30.43, 38.86).round(3))
    1.226
    """
    x, t_x, T = np.broadcast_arrays(*(np.asarray(c, dtype=float) for c in (x, t_x, T)))
    if params.model == "pareto":
        return paretonbd.expected_purchases(params.theta, t, x, t_x, T)
    modified = params.model == "mbg"
    return bgnbd.expected_purchases(params.theta, t, x, t_x, T, modified, params.k)


def discounted(cumulated, rate):
    """Return purchases at their present value.

    :param cumulated: shape (periods, n), purchases expected until each period's end
    :param rate: discount rate of one period
    :return: shape (n,): Σᵢ (E[X(tᵢ)] − E[X(tᵢ₋₁)]) / (1 + d)^i

    >>> discounted(np.array([[1.0], [2.0]]), 0.25).round(2).tolist()
    [1.44]
    """
    periods = np.arange(1, len(cumulated) + 1)
    return (1 + rate) ** -periods.astype(float) @ np.diff(
        cumulated, axis=0, prepend=0.0
    )


def contract_value(margin, retention, rate):
    """Return the value of a customer who renews each period with one probability.

    m·ρ / (1 + d − ρ), the first payment one period ahead (Gupta and Lehmann 2003,
    Customers as assets, J. of Interactive Marketing 17(1)).

    :param margin: m, of one period
    :param retention: ρ, 0–1
    :param rate: d, discount rate of one period, > 0

    >>> contract_value(100.0, 0.8, 0.1).round(2)
    np.float64(266.67)
    """
    retention = np.asarray(retention, dtype=float)
    return np.asarray(margin, dtype=float) * retention / (1 + rate - retention)
