"""Decline and loss: what a model of buying says of a customer on one day.

Lost is a forecast: the chance of another purchase within a year is below a limit.
Decline is one too, against the customer's own past: it is silent for longer than its
rate explains, and the model expects much less than it used to buy; or its revenue fell
below its usual one by more than chance explains. The rate is gamma distributed over
customers, as in Schmittlein, Morrison and Colombo (1987), and money of a window is a
compound Poisson sum of purchases.
"""

import numpy as np

from ..forecast import clv
from ..purchases.histories import WEEK, YEAR
from ..purchases.purchases import CENT
from .state import CHECK, FEW

BY_CHANCE = 0.2  # share of customers as busy who are silent that long without a reason
FALLEN = -1.645  # standard deviations: one window in twenty is poorer by chance
PRIOR_RATE = 0.5  # purchases in no time that a rate starts from where no model is known
PRIOR_SCATTER, PRIOR_COUNT = 1.0, 2.0  # squared variation of money, in purchases


def unlikely_to_return(state, returning, limits):
    """Return who is lost by the chance of another purchase within a year, shape (n,).

    Nobody is who bought within one check, nor, with fewer than FEW purchases, within
    the days of exploration.

    :param state: CustomerState
    :param returning: forecast.returning.Returning
    :param limits: lifecycle.Limits

    >>> from ..forecast.returning import Returning
    >>> from .lifecycle import Limits
    >>> from .state import CustomerState
    >>> back = Returning(clv.Params("mbg", r=0.525, alpha=6.183, a=0.891, b=1.614))
    >>> one = np.ones(3); known = (one * 8, one * 500, one * [9, 40, 250], one * 30)
    >>> state = CustomerState(*known, *[one] * 7)
    >>> unlikely_to_return(state, back, Limits()).tolist()
    [False, False, True]
    """
    least = np.where(state.count >= FEW, CHECK, max(limits.explore_days, CHECK))
    with np.errstate(invalid="ignore"):
        rows = np.flatnonzero((state.count > 0) & (state.recency >= least))
    lost = np.zeros(state.count.shape, bool)
    chance = returning.chance(YEAR / WEEK, *_history(state, rows))
    lost[rows] = chance < limits.lost_below
    return lost


def slower(state, returning, share):
    """Return who is silent beyond chance and expected to buy below ``share``, (n,).

    :param share: of the usual rate, shape (n,)

    >>> from ..forecast.returning import Returning
    >>> from .state import CustomerState
    >>> back = Returning(clv.Params("mbg", r=0.525, alpha=6.183, a=0.891, b=1.614))
    >>> one = np.ones(2); known = (one * 8, one * 500, one * [40, 150], one * 30)
    >>> state = CustomerState(*known, *[one] * 7)
    >>> slower(state, back, one * 0.6).tolist()
    [False, True]
    """
    rows = np.flatnonzero(state.count >= FEW)
    x, t_x, T = _history(state, rows)
    # As it was expected when the customer had just bought.
    silent = clv.probability_silent(returning.buying, T - t_x, x, t_x, t_x)
    rows = rows[silent < BY_CHANCE]
    found = np.zeros(state.count.shape, bool)
    found[rows] = pace(returning, *_history(state, rows)) < share[rows]
    return found


def paces(state, returning):
    """Return the pace of each customer, NaN below FEW purchases; see :func:`pace`."""
    found = np.full(state.count.shape, np.nan)
    rows = np.flatnonzero(state.count >= FEW)
    found[rows] = pace(returning, *_history(state, rows))
    return found


def pace(returning, x, t_x, T):
    """Return what is expected now as a share of what the customer used to buy, (n,).

    The rate until the last purchase is what it used to buy at; expected is the rate
    until today, by the probability that it is still a customer.

    :param x, t_x, T: see :func:`clv.fit`, times in weeks

    >>> from ..forecast.returning import Returning
    >>> back = Returning(clv.Params("mbg", r=0.525, alpha=6.183, a=0.891, b=1.614))
    >>> pace(back, np.array([7, 7]), np.array([60, 60]), np.array([62, 80])).round(2)
    array([0.86, 0.44])
    """
    buying = returning.buying
    alive = clv.probability_alive(buying, x, t_x, T)
    return alive * (buying.alpha + t_x) / (buying.alpha + T)


def poorer(state, returning, days, share):
    """Return whose window brought less than usual, beyond chance, shape (n,).

    Below ``share`` of the usual revenue of such a window, and of that a year ago where
    the customer was one. Beyond chance are fewer purchases and smaller ones together,
    or smaller ones alone.

    :param days: length of the window
    :param share: shape (n,)

    >>> from .state import CustomerState
    >>> one = np.ones(2); known = (one * 99, one * 900, one * 9, one * 9)
    >>> window = (one * [900, 90], one, one, one * 90, one * 9e3, one * 9e5)
    >>> state = CustomerState(*known, *window, one * 800)
    >>> poorer(state, None, 90, one * 0.6).tolist()
    [False, True]
    """
    rows = np.flatnonzero((state.earlier >= FEW - 1) & (state.paid > CENT))
    found = np.zeros(state.count.shape, bool)
    each, scatter = _each(state, rows)
    usual, spread = _usual(state, returning, days, rows, scatter)
    window, age = state.window[rows] / each, state.age[rows]
    year_ago = np.where(age - days >= YEAR, state.year_ago[rows] / each, np.inf)
    bought = state.count[rows] - state.earlier[rows]
    apart = np.sqrt(scatter * bought * (1 + bought / state.earlier[rows]))
    rare = window - usual < FALLEN * spread
    small = window - bought < FALLEN * apart
    found[rows] = (window < share[rows] * np.minimum(usual, year_ago)) & (rare | small)
    return found


def _each(state, rows):
    """Return (mean money of a purchase before the window, its squared variation)."""
    count = state.earlier[rows]
    each = state.paid[rows] / count
    own = np.maximum(state.squares[rows] / each**2 - count, 0.0)
    return each, (own + PRIOR_SCATTER * PRIOR_COUNT) / (count - 1 + PRIOR_COUNT)


def _usual(state, returning, days, rows, scatter):
    """Return what to expect of a window by what was before, and its spread.

    Both in purchases of mean size.
    """
    count = state.earlier[rows]
    r, begin, k = PRIOR_RATE, 0.0, 1
    if returning:
        buying = returning.buying
        r, begin, k = buying.r, buying.alpha * WEEK, buying.k
    seen = begin + np.maximum(state.age[rows] - days, 1.0)
    bought = (r / k + count - 1) * days / seen
    variance = bought / k * (1 + days / seen) + bought * scatter
    variance += bought**2 * scatter / count
    return bought, np.sqrt(variance)


def _history(state, rows):
    """Return (x, t_x, T) of some customers, in weeks."""
    age, recency = state.age[rows], state.recency[rows]
    return state.count[rows] - 1.0, (age - recency) / WEEK, age / WEEK
