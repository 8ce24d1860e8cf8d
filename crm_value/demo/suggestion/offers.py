"""What was suggested to the demo customers in a year, drawn from a fixed seed."""

from dataclasses import dataclass
from random import Random

from ..core.characters import LINEN, SHELF, TABLEWARE, Order

SEED = 2026
OFFERED = 480
PRODUCTS = (LINEN, TABLEWARE, SHELF)
KINDS = ("similar", "similar", "due", "new")
# Of the suggestions of a kind, how many are added, and how many more are bought so.
TAKEN = {"similar": 0.16, "due": 0.45, "new": 0.08}
OF_THEMSELVES = {"similar": 0.05, "due": 0.3, "new": 0.03}
REASONS = ("unneeded", "elsewhere", "price", "other")
AGES = (95, 330)
# Customers who buy alike, every six weeks; the first is due again today.
ALIKE = ("customer_1", "customer_3", "customer_4", "customer_6")
CYCLE = 42


def orders():
    """Return the orders of who buys alike, the oldest first.

    >>> {order.who for order in orders()} == set(ALIKE)
    True
    """
    return [
        Order(who, CYCLE * times - 9 * at, {SHELF: 6 + at, TABLEWARE: 3, **more})
        for times in (3, 2, 1)
        for at, (who, more) in enumerate(
            zip(ALIKE, ({}, {LINEN: 5}, {LINEN: 4}, {LINEN: 8}), strict=True)
        )
    ]


@dataclass(frozen=True, slots=True)
class Offer:
    """A suggestion that is over: ``margin`` is what was bought of it, 0 nothing."""

    customer: int
    product: str
    because: str
    kind: str
    age: int
    outcome: str
    reason: str
    margin: float


def offers(customers, held_out):
    """Return suggestions to ``customers`` customers, each customer and product once.

    :param held_out: function of (customer, product): whether it was not shown

    >>> rows = offers(50, lambda customer, product: False)
    >>> len(rows) == len({(row.customer, row.product) for row in rows}) == 150
    True
    """
    random, found = Random(SEED), []
    units = [(at, product) for at in range(customers) for product in PRODUCTS]
    for customer, product in random.sample(units, min(OFFERED, len(units))):
        kind = random.choice(KINDS)
        because = random.choice([one for one in PRODUCTS if one != product])
        added = random.random() < TAKEN[kind]
        anyway = random.random() < OF_THEMSELVES[kind]
        hidden = held_out(customer, product)
        outcome, reason = _answer(random, added, hidden)
        bought = anyway or (added and not hidden)
        margin = round(random.lognormvariate(4.5, 0.7), 2) if bought else 0.0
        age = random.randint(*AGES)
        found.append(
            Offer(customer, product, because, kind, age, outcome, reason, margin)
        )
    return found


def _answer(random, added, hidden):
    """Return what became of a suggestion and, if it was dismissed, why."""
    dismissed, reason = random.random() < 0.2, random.choice(REASONS)
    if hidden:
        return "open", ""
    if added:
        return "added", ""
    return ("dismissed", reason) if dismissed else ("ignored", "")
