"""What the six characters of the demo data bought, as plain tables.

All days are counted backwards from the installation. The older part of each history
is a row of imported purchases, the newer part real documents, as in a company that
came to Odoo about a year ago.
"""

from dataclasses import dataclass

LINEN, TABLEWARE, SHELF = "linen", "tableware", "shelf"


@dataclass(frozen=True, slots=True)
class Order:
    """A sale order and what became of it.

    :param who: xml id (without ``demo_``) of the partner or contact
    :param age: days since the order
    :param lines: product → quantity
    :param discount: percent on each line
    :param late: days from the due date to the payment, None not paid
    :param cancelled: the order was called off
    :param returned: share of each line that came back
    """

    who: str
    age: int
    lines: dict
    discount: float = 0.0
    late: int | None = 0
    cancelled: bool = False
    returned: float = 0.0


@dataclass(frozen=True, slots=True)
class Ticket:
    """A request for help, closed after some days or still open (None)."""

    who: str
    age: int
    title: str
    days: float | None


def orders():
    """Return the orders of all characters, the oldest first."""
    found = [
        *_platinum(),
        *_fading(),
        Order("partner_once", 402, {TABLEWARE: 6}),
        *_bargain(),
        *_late(),
        *_seasonal(),
    ]
    return sorted(found, key=lambda order: -order.age)


def _platinum():
    """Every three or four weeks, by one of three buyers, paid before it is due."""
    buyers = ("partner_platinum", "contact_platinum_1", "contact_platinum_2")
    for number, age in enumerate(range(6, 366, 24)):
        yield Order(
            buyers[number % 3],
            age,
            {LINEN: 60 - number, TABLEWARE: 24 + 5 * (number % 4)},
            discount=3,
            late=-5 if age > 30 else None,
            returned=0.05 if number == 7 else 0,
        )


def _fading():
    """Every three weeks, each time a little less, then nothing for half a year."""
    for number, age in enumerate(range(188, 366, 19)):
        yield Order(
            "contact_fading",
            age,
            {SHELF: 18 + 4 * number, LINEN: 8},
            late=18,
            cancelled=number == 0,
            returned=0.4 if number == 1 else 0,
        )


def _bargain():
    """Large orders at a third off; some cancelled, some sent back."""
    for number, age in enumerate(range(11, 380, 32)):
        yield Order(
            "partner_bargain",
            age,
            {SHELF: 90 + 10 * (number % 3), TABLEWARE: 10},
            discount=28 + 3 * (number % 4),
            cancelled=number in (2, 6, 9),
            returned={4: 1.0, 8: 0.3}.get(number, 0),
        )


def _late():
    """Every month at list price; paid two or three months late, the latest not yet."""
    for number, age in enumerate(range(18, 380, 33)):
        late = 58 + 9 * (number % 4)
        unpaid = age <= 30 + late
        yield Order(
            "partner_late",
            age,
            {SHELF: 35 + 5 * (number % 3), TABLEWARE: 6},
            late=None if unpaid else late,
            cancelled=number == 6,
        )


def _seasonal():
    """Four orders within six weeks, the same weeks each year."""
    for age, crates in ((106, 20), (118, 35), (131, 30), (147, 12)):
        yield Order("partner_seasonal", age, {TABLEWARE: crates, LINEN: crates})


def imported():
    """Return (who, age, amount, margin) of the years before."""
    found = [("partner_platinum", age, 9200, 3700) for age in range(390, 1090, 26)]
    found += [
        ("partner_fading", age, 3900 - 2 * (1090 - age), None)
        for age in range(385, 1090, 14)
    ]
    found += [("partner_late", age, 3900, 1150) for age in range(415, 1000, 33)]
    found += [("partner_bargain", age, 4600, 150) for age in range(410, 900, 40)]
    found += [
        ("partner_seasonal", age + 365 * year, amount - 500 * year, None)
        for year in (1, 2)
        for age, amount in ((106, 4200), (119, 7400), (133, 6600), (145, 2700))
    ]
    return found


TICKETS = (
    Ticket("contact_platinum_1", 40, "Second delivery address", 0.4),
    Ticket("contact_platinum_2", 155, "Crate arrived damaged", 1.2),
    Ticket("contact_fading", 215, "Shelf modules do not fit", 24),
    Ticket("contact_fading", 240, "Nobody calls back", 31),
    Ticket("contact_fading", 290, "Wrong colour delivered", 12),
    Ticket("partner_bargain", 5, "Price matched by a competitor?", None),
    Ticket("partner_bargain", 33, "Refund for scratched shelves", 6),
    Ticket("partner_bargain", 97, "Delivery refused", 9),
    Ticket("partner_bargain", 160, "Refund for missing screws", 4),
    Ticket("partner_bargain", 251, "Discount missing on the invoice", 3),
    Ticket("partner_late", 62, "Please resend all invoices", 2),
    Ticket("partner_late", 190, "Payment plan", 8),
    Ticket("partner_seasonal", 121, "Can it arrive before the fair?", 0.6),
)
EVERY = 8  # of the other customers, one asks for help
# What they ask, and the days until it was closed.
QUESTIONS = (
    ("Where is my order?", 1.0),
    ("Invoice address has changed", 0.5),
    ("Spare part needed", 5.0),
    ("Wrong article delivered", 3.0),
    ("Question about the warranty", None),
    ("Missing delivery note", 2.0),
)


def question(number):
    """Return (days ago, title, days until closed) of another customer's ticket."""
    return 12 + 9 * number, *QUESTIONS[number % len(QUESTIONS)]
