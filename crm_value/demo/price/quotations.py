"""Open quotations of the demo data, as a plain table."""

from dataclasses import dataclass

from ..core.characters import LINEN, SHELF, TABLEWARE


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation that is open.

    :param age: days since it was written
    :param lines: (product, quantity, discount in percent)
    """

    who: str
    salesperson: str
    age: int
    lines: tuple
    sent: bool = False


# The bargain hunter asks two of us.
QUOTATIONS = (
    Quotation(
        "partner_bargain", "base.user_demo", 5, ((SHELF, 40, 12), (LINEN, 10, 5)), True
    ),
    Quotation("partner_bargain", "base.user_admin", 1, ((SHELF, 40, 20),)),
)

# One of the others has bought crates every month, and is asked about linen alone.
REGULAR = 12  # its place among the customers
MONTHLY = (131, 101, 69, 38)  # days since it bought
REGULARLY = ((TABLEWARE, 4, 0),)
NOW = ((LINEN, 8, 0),)

# Others like the bargain hunter have bought shelves: (place, days ago, discount),
# none for less than the demo's authority allows.
COMPARABLE = (
    *((3, 24, 0), (4, 40, 5), (7, 75, 10), (10, 110, 0), (18, 130, 5), (24, 150, 8)),
    *((25, 171, 6), (35, 190, 0), (37, 204, 5), (40, 233, 10), (41, 260, 10)),
)
