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
ENDED = 0.05  # of subscriptions, a month
SWING = 0.8  # of a season, around the mean
CLOSED = (425.0, 486.0)  # days on which a company that closes for a while sells nothing
ONCE = 0.9  # of a marketplace's customers never come back
GROWTH = 4.0  # times as many new customers as a year before
UNSEEN = 730.0  # days before the file of a company that begins amid its customers


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
    "groceries": Company("groceries", customers=500),
    "subscriptions": Company("subscriptions", sd=0.0),
    "closed for two months": Company("closed"),
    "monthly orders of few businesses": Company("orders", customers=300, sd=1.0),
    "marketplace": Company("marketplace"),
    "fast growth": Company("growth"),
    "file that begins amid customers": Company("unseen"),
    "projects, some of them huge": Company("projects", customers=400, sd=2.0),
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
    if company.world in BEGINS:
        begin = BEGINS[company.world](begin, company.days)
    customer, day = WORLDS[company.world](rng, begin, company.days)
    customer = np.append(np.arange(begin.size), customer)
    day = np.append(begin, day)
    known = day >= 0
    customer, day = customer[known], FIRST + np.floor(day[known]).astype(int)
    order = np.lexsort((day, customer))
    half = company.sd / np.sqrt(2)
    own = rng.normal(np.log(50), half, begin.size)
    if company.world in FEES:  # each its own, the same every month
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
    return _monthly(rng, CANCELLED, begin, days)


def subscriptions(rng, begin, days):
    """Return purchases of each month, some days early or late; one in 20 ends each."""
    customer, day = _monthly(rng, ENDED, begin, days)
    return customer, np.minimum(day + rng.normal(0, 2, day.size), days - 0.5)


def seasonal(rng, begin, days):
    """Return purchases of Pareto/NBD, most of them before the end of the year."""
    customer, day = pareto(rng, begin, days)
    weight = 1 + SWING * np.sin(2 * np.pi * (day / 365.25 - 0.65))
    kept = rng.uniform(0, 1 + SWING, day.size) < weight
    return customer[kept], day[kept]


def groceries(rng, begin, days):
    """Return purchases every 3 to 14 days, regularly, for three years on average."""
    gap = np.exp(rng.uniform(np.log(3), np.log(14), begin.size))
    return _regular(
        rng, gap, 4, begin, begin + rng.exponential(1_095, begin.size), days
    )


def orders(rng, begin, days):
    """Return orders every 3 to 9 weeks, very regularly, for six years on average."""
    gap = WEEK * rng.uniform(3, 9, begin.size)
    return _regular(
        rng, gap, 6, begin, begin + rng.exponential(2_190, begin.size), days
    )


def closed(rng, begin, days):
    """Return purchases of Pareto/NBD but of the days on which the company is closed."""
    customer, day = pareto(rng, begin, days)
    there = (day < CLOSED[0]) | (day >= CLOSED[1])
    return customer[there], day[there]


def marketplace(rng, begin, days):
    """Return purchases every 2 to 4 months of the few who come back, for a year."""
    rate = WEEK / rng.uniform(60, 120, begin.size)
    life = np.where(rng.uniform(size=begin.size) < ONCE, 0, 1)
    life = life * rng.exponential(365, begin.size)
    return _poisson(rng, rate, begin, begin + life, days)


def projects(rng, begin, days):
    """Return projects every year or every second one, for ever."""
    rate = WEEK / rng.uniform(300, 700, begin.size)
    return _poisson(rng, rate, begin, np.full(begin.size, np.inf), days)


def growing(begin, days):
    """Return the same first days, GROWTH times as many each year."""
    times = GROWTH ** (days / 365.25)
    return np.log1p(begin / days * (times - 1)) / np.log(times) * days


def reopened(begin, days):
    """Return the same first days, none while the company is closed but right after."""
    return np.where((begin >= CLOSED[0]) & (begin < CLOSED[1]), CLOSED[1], begin)


def unseen(begin, days):
    """Return the same first days, some of them before the file begins."""
    return begin * (days + UNSEEN) / days - UNSEEN


WORLDS = {
    "steady": steady,
    "bg": bg,
    "pareto": pareto,
    "contracts": contracts,
    "seasonal": seasonal,
    "groceries": groceries,
    "subscriptions": subscriptions,
    "closed": closed,
    "orders": orders,
    "marketplace": marketplace,
    "growth": pareto,
    "unseen": pareto,
    "projects": projects,
}
BEGINS = {"closed": reopened, "growth": growing, "unseen": unseen}
FEES = ("contracts", "subscriptions")


def _monthly(rng, ends, begin, days):
    """Return (customer, day) of the same day of each month; ``ends`` of all each."""
    months = rng.geometric(ends, begin.size) - 1
    count = np.minimum(months, ((days - 1e-9 - begin) // MONTH).astype(int))
    customer = np.repeat(np.arange(begin.size), count)
    nth = np.arange(customer.size) - np.repeat(np.cumsum(count) - count, count) + 1
    return customer, begin[customer] + nth * MONTH


def _regular(rng, gap, shape, begin, end, days):
    """Return (customer, day) of purchases whose gaps are Erlang distributed.

    :param gap: mean of each, in days; :param shape: one is Poisson, more is regular
    """
    most = int(2 * days / gap.min()) + 10
    gaps = rng.gamma(shape, 1 / shape, (begin.size, most)) * gap[:, None]
    day = begin[:, None] + np.cumsum(gaps, axis=1)
    customer, _nth = at = np.nonzero(day < np.minimum(end, days)[:, None])
    return customer, day[at]


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
