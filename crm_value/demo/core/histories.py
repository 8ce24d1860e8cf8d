"""Purchase histories of the many ordinary demo customers, drawn from a fixed seed.

Rhythms and money are log-normal, so that a fifth of the customers makes most of the
revenue. Both follow a season that is counted backwards from the installation, not taken
from the calendar: the same population stands there whenever the demo is installed.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import log
from random import Random

SEED = 2019
SEASON = (0.8, 0.7, 0.95, 1, 1.05, 1, 0.85, 0.75, 1.1, 1.15, 1.35, 1.4)
# The day on which the season ends for everybody: shortly before the end of a busy year.
SEASON_END = date(2026, 11, 21)
PRODUCTS = ("Office supplies", "Furniture", "Kitchen", "Textiles", "Gifts", "Lighting")
CHANNELS = ("Shop", "Shop", "Web", "Phone")


@dataclass(frozen=True, slots=True)
class Kind:
    """A way of buying; each range is (least, most).

    :param share: how many of all customers, relative to the other kinds
    :param began: days since the first purchase
    :param ended: days since the latest purchase that is possible
    :param gap: usual days between two purchases
    :param spend: median amount of a purchase
    :param trend: how a gap, and the inverse of an amount, grows over the history
    :param stays: days from the first purchase to the latest possible, None: see ended
    """

    share: int
    began: tuple
    ended: tuple
    gap: tuple
    spend: float
    trend: float = 1.0
    stays: tuple | None = None


KINDS = (
    Kind(18, (500, 1090), (1, 1), (18, 50), 730),  # regular
    Kind(10, (400, 900), (1, 1), (30, 60), 220, 0.5),  # growing
    Kind(14, (600, 1090), (120, 260), (20, 50), 1500, 1.3),  # fading
    Kind(12, (700, 1090), (366, 650), (25, 90), 350),  # lost
    Kind(8, (5, 120), (1, 1), (14, 40), 280),  # new
    Kind(12, (10, 1000), (1, 1), (5000, 5000), 400),  # once
    Kind(26, (500, 1090), (1, 1), (70, 150), 2500),  # occasional
)
# The last customers of the file came one after the other, so many a month, until today.
ARRIVALS = 100
MONTHS = 30
ARRIVED = (
    Kind(30, (0, 30), (1, 1), (20, 55), 590),  # comes back
    Kind(15, (0, 30), (1, 1), (60, 110), 1180),  # comes back now and then
    Kind(30, (0, 30), (1, 1), (20, 60), 530, stays=(30, 150)),  # a few purchases
    Kind(25, (0, 30), (1, 1), (5000, 5000), 230),  # never again
)


@dataclass(frozen=True, slots=True)
class Purchase:
    """One imported row; ``customer`` is its position, a return is negative."""

    customer: int
    date: object
    amount: float
    margin: float | None
    quantity: int
    product: str
    channel: str


def purchases(customers, today):
    """Return the purchases of ``customers`` customers up to the day before ``today``.

    >>> from datetime import date
    >>> rows = purchases(20, date(2026, 3, 1))
    >>> rows == purchases(20, date(2026, 3, 1))
    True
    >>> max(row.date for row in rows) < date(2026, 3, 1)
    True
    """
    random = Random(SEED)
    found = []
    settled = max(customers - ARRIVALS, customers // 2)
    for customer in range(customers):
        if customer < settled:
            kind = random.choices(KINDS, [kind.share for kind in KINDS])[0]
        else:
            at = (customer - settled) / (customers - settled)
            kind = _arrival(random, round(30.4 * MONTHS * at))
        found += _history(random, customer, kind, today)
    return found


def _arrival(random, age):
    """Return the kind of a customer who came about so many days ago."""
    kind = random.choices(ARRIVED, [kind.share for kind in ARRIVED])[0]
    least, most = (age + days + 1 for days in kind.began)
    return replace(kind, began=(least, most))


def _history(random, customer, kind, today):
    """Return the purchases of one customer, with an occasional return."""
    spend = random.lognormvariate(log(kind.spend), 1.25)
    rate = random.uniform(0.18, 0.45) if random.random() < 0.7 else None
    returns = 0.12 if random.random() < 0.25 else 0.0
    product, channel = random.choice(PRODUCTS), random.choice(CHANNELS)
    found = []
    for age, trend in _ages(random, kind):
        amount = spend * _season(age) / trend * random.lognormvariate(0, 0.35)
        other = random.random() < 0.3
        sold = random.choice(PRODUCTS) if other else product
        parts = (random.randint(1, 12), sold, channel)
        found.append(_purchase(random, customer, today, age, amount, rate, parts))
        if random.random() < returns:
            back = (max(age - random.randint(3, 15), 1), -amount * random.random())
            found.append(_purchase(random, customer, today, *back, rate, parts))
    return found


def _ages(random, kind):
    """Yield (days ago, trend so far) of each purchase, the first purchase first."""
    first, last = random.randint(*kind.began), random.randint(*kind.ended)
    if kind.stays:
        last = max(first - random.randint(*kind.stays), last)
    gap = random.uniform(*kind.gap)
    age = first
    while age >= last:
        trend = kind.trend ** ((first - age) / max(first - last, 1))
        yield age, trend
        step = gap * trend / _season(age) * random.lognormvariate(0, 0.3)
        age -= max(round(step), 1)


def _season(age):
    """Return how busy customers were ``age`` days ago, 1 being usual."""
    return SEASON[(SEASON_END - timedelta(days=age)).month - 1]


def _purchase(random, customer, today, age, amount, rate, parts):
    amount = round(amount, 2)
    margin = None if rate is None else amount * rate * random.uniform(0.85, 1.15)
    quantity, product, channel = parts
    return Purchase(
        customer,
        today - timedelta(days=age),
        amount,
        margin and round(margin, 2),
        quantity if amount > 0 else -1,
        product,
        channel,
    )
