"""Simulated companies whose truth is known: purchases drawn from a seed.

Customers come evenly over the time, buy at once, and again until they leave. Times are
in weeks, as in the papers whose worlds they are.
"""

from dataclasses import dataclass, replace

import numpy as np

WEEK = 7.0
MONTH = 30.4375
FIRST = 18_262  # 1 January 2020, in days since 1970
NEVER = np.iinfo(np.int64).max
BG = (0.243, 4.414, 0.793, 2.426)  # CDNOW, Fader, Hardie and Lee (2005)
PARETO = (0.553, 10.578, 0.606, 11.669)  # the same, Pareto/NBD
CANCELLED = 0.02  # of contracts, a month
SWING = 0.8  # of a season, around the mean


@dataclass(frozen=True)
class Company:
    """A company to be simulated.

    :param world: of WORLDS, how customers buy and leave
    :param sd: standard deviation of the logarithm of a purchase's money; half of its
        variance lies between customers
    :param days: since the first customer; :param seed: another seed, another company
    """

    world: str = "pareto"
    customers: int = 1_000
    days: int = 730
    sd: float = 0.5
    seed: int = 19


COMPANIES = {
    "steady Poisson buyers who never leave": Company("steady"),
    "BG/NBD": Company("bg"),
    "Pareto/NBD": Company("pareto"),
    "monthly contracts": Company("contracts", sd=0.0),
    "seasonal": Company("seasonal", days=1_095),
    "money with sd 1.0": Company(sd=1.0),
    "money with sd 1.5": Company(sd=1.5),
    "20 customers": Company(customers=20),
    "100 customers": Company(customers=100),
    "20,000 customers": Company(customers=20_000),
    "young: 60 days": Company(days=60),
}


def simulate(company):
    """Return (customer, day, amount) of a company: one row a purchase, in order.

    >>> customer, day, amount = simulate(Company(customers=5, days=60))
    >>> np.unique(customer).tolist(), bool((day < FIRST + 60).all())
    ([0, 1, 2, 3, 4], True)
    """
    rng = np.random.default_rng(company.seed)
    begin = rng.uniform(0, company.days, company.customers)
    begin[0] = 0.0
    customer, day = WORLDS[company.world](rng, begin, company.days)
    customer = np.append(np.arange(begin.size), customer)
    day = FIRST + np.floor(np.append(begin, day)).astype(int)
    order = np.lexsort((day, customer))
    half = company.sd / np.sqrt(2)
    own = rng.normal(np.log(50), half, begin.size)
    if company.world == "contracts":  # each its own fee, the same every month
        own = rng.normal(np.log(50), 0.5, begin.size)
    money = np.exp(own[customer] + rng.normal(0, half, customer.size)).round(2)
    return customer[order], day[order], np.maximum(money, 0.01)[order]


def again(company, seed):
    """Return the company as another seed draws it."""
    return replace(company, seed=seed)


def steady(rng, begin, days):
    """Return (customer, day) of purchases every 20 to 60 days on average, for ever."""
    rate = WEEK / rng.uniform(20, 60, begin.size)
    return _poisson(rng, rate, begin, np.full(begin.size, np.inf), days)


def bg(rng, begin, days):
    """Return purchases as BG/NBD has them: who has bought again may leave."""
    r, alpha, a, b = BG
    rate = rng.gamma(r, 1 / alpha, begin.size)
    limit = rng.geometric(np.maximum(rng.beta(a, b, begin.size), 1e-9))
    ever = np.full(begin.size, np.inf)
    return _poisson(rng, rate, begin, ever, days, limit)


def pareto(rng, begin, days):
    """Return purchases as Pareto/NBD has them: leaving is a matter of time."""
    r, alpha, s, beta = PARETO
    rate = rng.gamma(r, 1 / alpha, begin.size)
    life = WEEK * rng.exponential(1 / rng.gamma(s, 1 / beta, begin.size))
    return _poisson(rng, rate, begin, begin + life, days)


def contracts(rng, begin, days):
    """Return purchases on the same day of each month, until the contract ends."""
    months = rng.geometric(CANCELLED, begin.size) - 1
    count = np.minimum(months, ((days - 1e-9 - begin) // MONTH).astype(int))
    customer = np.repeat(np.arange(begin.size), count)
    nth = np.arange(customer.size) - np.repeat(np.cumsum(count) - count, count) + 1
    return customer, begin[customer] + nth * MONTH


def seasonal(rng, begin, days):
    """Return purchases of Pareto/NBD, most of them before the end of the year."""
    customer, day = pareto(rng, begin, days)
    weight = 1 + SWING * np.sin(2 * np.pi * (day / 365.25 - 0.65))
    kept = rng.uniform(0, 1 + SWING, day.size) < weight
    return customer[kept], day[kept]


WORLDS = {
    "steady": steady,
    "bg": bg,
    "pareto": pareto,
    "contracts": contracts,
    "seasonal": seasonal,
}


def _poisson(rng, rate, begin, end, days, limit=None):
    """Return (customer, day) of Poisson purchases, at most ``limit`` of each.

    :param rate: a week; :param end: day on which each leaves
    """
    stay = np.minimum(end, days) - begin
    count = rng.poisson(rate * stay / WEEK)
    customer = np.repeat(np.arange(begin.size), count)
    day = begin[customer] + rng.uniform(0, 1, customer.size) * stay[customer]
    order = np.lexsort((day, customer))
    nth = np.arange(customer.size) - np.repeat(np.cumsum(count) - count, count)
    kept = nth < (NEVER if limit is None else limit[customer])
    return customer[kept], day[order][kept]
