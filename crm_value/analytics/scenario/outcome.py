"""What today's customers would bring in the coming year if something were otherwise.

The expected months of a forecast, moved by what is changed: who stays (Gupta, Lehmann
and Stuart 2004, Valuing customers, Journal of Marketing Research 41(1)), what they pay
and how much they buy at it. What the figures cannot tell, how buyers answer to a price
above all, is an assumption that somebody enters.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtri

from ..equity.retention import YEAR_DAYS, bounded_value, wilson, yearly
from ..equity.valuation import discount_factors
from ..forecast import total

MEASURES = ("customers", "revenue", "margin", "equity", "lifetime")
YEAR = 12
LEVEL = 0.8  # the share of the draws that an interval holds
DRAWS = 1000


@dataclass(frozen=True, slots=True)
class Base:
    """Cells of customers, and what is known of them; arrays of shape (k,).

    :param customers: how many are not lost
    :param margin: what those brought in a year
    :param revenue: expected of each coming month, shape (months, k)
    :param margin_rate: share of the expected revenue that is margin
    :param kept: how many of a cell's kind stayed, of those at the earlier end
    :param of: how many there were, 0: not known
    :param days: between both ends
    :param rate: discount rate of a year
    :param horizon: months that the equity looks ahead
    :param discounted: share of the list price that is waived, NaN: not known
    :param typical: error of totals in the past as a logarithm, None: not known
    :param cuts: from how many cut-offs
    """

    customers: np.ndarray
    margin: np.ndarray
    revenue: np.ndarray
    margin_rate: np.ndarray
    kept: np.ndarray
    of: np.ndarray
    days: float = YEAR_DAYS
    rate: float = 0.1
    horizon: int = YEAR
    discounted: float = np.nan
    typical: float | None = None
    cuts: int = 0

    @property
    def retention(self):
        """Retention of a year by cell, NaN where it is not known."""
        with np.errstate(invalid="ignore", divide="ignore"):
            return yearly(self.kept / self.of, self.days)


@dataclass(frozen=True, slots=True)
class Change:
    """What is otherwise.

    :param points: added to the retention of each cell, as shares, shape (k,)
    :param price: share by which prices change
    :param discount: added to the share of the list price that is waived
    :param demand: share by which more is bought, whatever the price
    :param elasticity: percent bought more for each percent of price, below zero as a
        rule; zero: buyers do not react
    :param cost: that a year costs more
    :param rate: discount rate of a year, None: as it is
    :param horizon: months that the equity looks ahead, None: as it is
    """

    points: np.ndarray | float = 0.0
    price: float = 0.0
    discount: float = 0.0
    demand: float = 0.0
    elasticity: float = 0.0
    cost: float = 0.0
    rate: float | None = None
    horizon: int | None = None


def paid(change, discounted):
    """Return what buyers pay at a change, as a share of what they pay today.

    >>> round(paid(Change(price=0.1), np.nan), 4)
    1.1
    >>> round(paid(Change(discount=0.02), 0.2), 4)
    0.975
    """
    if not change.discount:
        return 1 + change.price
    waived = discounted + change.discount
    return (1 + change.price) * (1 - waived) / (1 - discounted)


def outcome(base, change, retention=None, elasticity=None):
    """Return what comes out at a change: one array per measure, of shape (draws,).

    With p points more, what is expected of month i is multiplied by ((ρ + p)/ρ)^(i/12).
    At a price f times today's, f^ε times as much is bought, and costs as much each.

    :param retention: ρ by draw and cell, shape (draws, k); None: the one known
    :param elasticity: ε by draw, shape (draws, 1); None: the one of the change
    :return: {measure: array of shape (draws,)}; NaN where something is not known

    >>> one = np.ones(1)
    >>> base = Base(10 * one, 500 * one, np.full((60, 1), 100.0), 0.5 * one, 80 * one,
    ...     100 * one, rate=0.1, horizon=12)
    >>> found = outcome(base, Change(points=np.array([0.01])))
    >>> [round(float(found[name][0]), 2) for name in MEASURES]
    [8.1, 1208.11, 604.05, 573.82, 1396.55]
    """
    rho = base.retention[None, :] if retention is None else retention
    moved = np.clip(rho + change.points, 0.0, 1.0)
    amount, unit = _money(base, change, elasticity)
    rate = base.rate if change.rate is None else change.rate
    revenue, margin, equity = _years(base, change, _stays(rho, moved), rate)
    with np.errstate(invalid="ignore"):
        value = base.margin * bounded_value(unit, moved, rate)
    return {
        "customers": moved @ base.customers,
        "revenue": revenue.sum(axis=1) * amount[:, 0],
        "margin": (margin * unit).sum(axis=1) - change.cost,
        "equity": (equity * unit).sum(axis=1) - _present(change, base, rate),
        "lifetime": value.sum(axis=1),
    }


def _stays(rho, moved):
    """Return by how much more stay of a year, 1 where nothing is changed."""
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(moved == rho, 1.0, np.where(np.isnan(rho), 1.0, moved / rho))


def _money(base, change, elasticity):
    """Return what revenue, and the margin of each cell, is multiplied by.

    :return: shapes (draws, 1) and (draws, k)
    """
    answer = np.array([[change.elasticity]]) if elasticity is None else elasticity
    price = paid(change, base.discounted)
    bought = price**answer * (1 + change.demand)
    with np.errstate(invalid="ignore", divide="ignore"):
        margin = (price - (1 - base.margin_rate)) / base.margin_rate
    known = np.where(base.margin_rate == 0, price, margin)
    return price * bought, known * bought


def _years(base, change, stays, rate):
    """Return revenue, margin and present margin of each cell, before prices move."""
    months = np.arange(1, len(base.revenue) + 1)
    horizon = base.horizon if change.horizon is None else change.horizon
    factors = discount_factors(rate, months.size) * (months <= horizon)
    kept = stays[:, None, :] ** (months[:, None] / YEAR)
    expected = kept * base.revenue
    revenue = expected[:, :YEAR].sum(axis=1)
    present = np.einsum("dmk,m->dk", expected, factors)
    return revenue, revenue * base.margin_rate, present * base.margin_rate


def _present(change, base, rate):
    """Return what a yearly cost takes from the equity: a twelfth each month."""
    horizon = base.horizon if change.horizon is None else change.horizon
    return change.cost / YEAR * discount_factors(rate, horizon).sum()


@dataclass(frozen=True, slots=True)
class Draws:
    """What might be true as well: the same draws for every change.

    :param retention: shape (draws, k), None: not known
    :param elasticity: shape (draws, 1), None: nobody has entered a range
    :param error: factor on money, shape (draws,), None: not known
    :param chance: of who stays by luck, uniform, shape (draws,)
    """

    retention: np.ndarray | None
    elasticity: np.ndarray | None
    error: np.ndarray | None
    chance: np.ndarray


def draw(base, assumed, seed):
    """Return Draws from a seed: who stays by Jeffreys' beta, totals by Student's t.

    :param assumed: (low, likely, high) of the elasticity, None: no range
    """
    rng = np.random.default_rng(seed)
    chance = rng.random(DRAWS)
    error = elasticity = None
    if base.typical is not None and base.cuts:
        error = np.exp(rng.standard_t(base.cuts, DRAWS) * base.typical)
    if assumed:
        elasticity = rng.triangular(*assumed, (DRAWS, 1))
    retention = None
    if (base.of > 0).all():
        kinds, cell = np.unique(
            np.column_stack((base.kept, base.of)), axis=0, return_inverse=True
        )
        kept, of = kinds.T
        rates = rng.beta(kept + 0.5, of - kept + 0.5, (DRAWS, len(kinds)))
        retention = yearly(rates, base.days)[:, cell.reshape(-1)]
    return Draws(retention, elasticity, error, chance)


def spread(base, change, draws):
    """Return {measure: (draws,)} of a change, None where no range can be given.

    Whether each customer stays is chance as well, of many nearly none.
    """
    found = outcome(base, change, draws.retention, draws.elasticity)
    size = np.ones(DRAWS)
    money = {
        name: None if draws.error is None else found[name] * size * draws.error
        for name in ("revenue", "margin", "equity")
    }
    if draws.retention is None:
        return {"customers": None, "lifetime": None, **money}
    moved = np.clip(draws.retention + change.points, 0.0, 1.0)
    deviation = np.sqrt((moved * (1 - moved)) @ base.customers)
    customers = found["customers"] + deviation * ndtri(draws.chance)
    return {"customers": customers, "lifetime": found["lifetime"] * size, **money}


def edges(values, level=LEVEL):
    """Return (low, high) that hold a share of some draws, None of none.

    >>> [round(edge) for edge in edges(np.arange(101.0))], edges(None)
    ([10, 90], None)
    """
    if values is None or np.isnan(values).any():
        return None
    low, high = np.quantile(values, ((1 - level) / 2, (1 + level) / 2))
    return float(low), float(high)


def retention_edges(base, level=LEVEL):
    """Return by how many points the retention of all may be lower, and higher.

    >>> one = np.ones(1)
    >>> base = Base(one, one, np.ones((60, 1)), one, 80 * one, 100 * one)
    >>> [round(edge, 3) for edge in retention_edges(base)]
    [-0.056, 0.046]
    """
    kinds = np.unique(np.column_stack((base.kept, base.of)), axis=0)
    kept, of = kinds.sum(axis=0)
    if not of:
        return None
    ends = (yearly(edge, base.days) for edge in wilson(kept, of, level))
    return tuple(float(edge - yearly(kept / of, base.days)) for edge in ends)


def error_edges(base):
    """Return by which factors money may be off, as past totals were.

    >>> one = np.ones(1)
    >>> base = Base(one, one, np.ones((60, 1)), one, one, one, typical=0.12, cuts=4)
    >>> [round(edge, 3) for edge in error_edges(base)]
    [0.832, 1.202]
    """
    return total.interval(1.0, base.typical, base.cuts)
