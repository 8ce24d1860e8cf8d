"""Purchase histories for the tests of customer lifetime value: real and simulated.

Without Odoo, so that ``benchmarks`` can use them too.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

CDNOW = Path(__file__).parents[1] / "data" / "cdnow" / "CDNOW_sample.txt"
WEEK = np.timedelta64(7, "D")
CALIBRATED = np.datetime64("1997-09-30")
HOLD_OUT = 39  # weeks
TRUTH = {
    "bg": (0.243, 4.414, 0.793, 2.426),
    "mbg": (0.525, 6.183, 0.891, 1.614),
    "pareto": (0.553, 10.578, 0.606, 11.669),
}
SPENDING = (6.25, 3.74, 15.44)


@dataclass(frozen=True)
class Histories:
    """One row a customer: x, t_x, T in weeks, mean repeat spend m, hold-out purchases.

    ``left`` says, of simulated customers, who is gone.
    """

    x: np.ndarray
    t_x: np.ndarray
    T: np.ndarray
    m: np.ndarray | None = None
    later: np.ndarray | None = None
    left: np.ndarray | None = None

    @property
    def rows(self):
        """What the models of buying take."""
        return self.x, self.t_x, self.T


@cache
def cdnow():
    """Return the 2,357 customers of the CDNOW sample, as the papers count them.

    Several purchases of one day are one. Age and recency in weeks, from the first day.
    """
    customer, day, spent = _purchases()
    known = day <= CALIBRATED
    starts = np.flatnonzero(np.diff(customer, prepend=-1))
    number = np.searchsorted(customer[starts], customer)
    first, size = day[starts], starts.size
    last = np.full(size, np.datetime64("1997-01-01"))
    np.maximum.at(last, number[known], day[known])
    again = known & (day > first[number])
    x = np.bincount(number[again], minlength=size)
    money = np.bincount(number[again], spent[again], minlength=size)
    return Histories(
        x.astype(float),
        (last - first) / WEEK,
        (CALIBRATED - first) / WEEK,
        money / np.maximum(x, 1),
        np.bincount(number[_held_out(day)], minlength=size),
    )


def _held_out(day):
    return (day > CALIBRATED) & (day <= CALIBRATED + HOLD_OUT * WEEK)


def _purchases():
    """Return (customer, day, spent), one row a day with a purchase, in order."""
    table = np.loadtxt(CDNOW, usecols=(1, 2, 4))
    days = np.array(
        [f"{d[:4]}-{d[4:6]}-{d[6:]}" for d in table[:, 1].astype(int).astype(str)],
        dtype="datetime64[D]",
    )
    keys = table[:, 0].astype(np.int64) << 32 | days.astype(np.int64)
    keys, number = np.unique(keys, return_inverse=True)
    spent = np.bincount(number, table[:, 2])
    return keys >> 32, (keys & 0xFFFFFFFF).astype("datetime64[D]"), spent


def simulated(model, theta, n, seed=19, ages=(10.0, 100.0), ahead=HOLD_OUT):
    """Return customers who buy as a model says.

    Between two times the purchases of a Poisson process lie independently, so the x-th
    of N is the time's length × Beta(x, N + 1 − x).

    :param theta: the model's parameters, in weeks
    :param ages: shortest and longest T, uniform between
    :param ahead: weeks in which ``later`` counts
    """
    rng = np.random.default_rng(seed)
    r, alpha, *leaving = theta
    rate, T = rng.gamma(r, 1 / alpha, n), rng.uniform(*ages, n)
    limit, end = np.full(n, np.iinfo(np.int64).max), np.full(n, np.inf)
    if model == "pareto":
        s, beta = leaving
        end = rng.exponential(1 / rng.gamma(s, 1 / beta, n))
    else:
        limit = rng.geometric(np.maximum(rng.beta(*leaving, n), 1e-9))
        limit -= model == "mbg"  # who may leave after the first purchase too
    bought = rng.poisson(rate * np.minimum(T, end))
    x = np.minimum(bought, limit)
    position = rng.beta(np.maximum(x, 1), bought + 1 - x)
    t_x = np.where(x > 0, position * np.minimum(T, end), 0.0)
    further = rng.poisson(rate * np.clip(end - T, 0, ahead))
    return Histories(
        x.astype(float),
        t_x,
        T,
        later=np.minimum(further, limit - x),
        left=(bought >= limit) | (end < T),
    )


def simulated_spend(theta, x, seed=19):
    """Return the mean repeat spend of customers whose spend is Gamma-Gamma."""
    rng = np.random.default_rng(seed)
    p, q, v = theta
    own = rng.gamma(q, 1 / v, x.size)
    bought = np.maximum(x, 1)
    return np.where(x > 0, rng.gamma(p * bought) / (own * bought), 0.0)


def compared(model, source):
    """Return the customers on whom a model is compared with the one of lifetimes."""
    if source == "cdnow":
        return cdnow()
    return simulated(model, TRUTH[model], 1_500, ages=(20, 60))


def compared_spend(source):
    """Return (x, m) of the customers on whom the model of spending is compared."""
    if source == "cdnow":
        return cdnow().x, cdnow().m
    x = simulated("bg", TRUTH["bg"], 1_500).x
    return x, simulated_spend(SPENDING, x)
