"""Composition of an amount from the columns of a file: net, without tax.

What is chosen, in this order: a net amount; the gross amount less its tax; the unit
price times the quantity, less the discount; a gross amount of which nothing says how
much tax it holds. What was refunded is subtracted.
"""

from decimal import Decimal

from odoo.tools.translate import LazyTranslate

from .problems import ValueProblem

_lt = LazyTranslate(__name__)

PARTS = (
    "amount",
    "amount_gross",
    "tax",
    "unit_price",
    "quantity",
    "discount",
    "discount_rate",
    "returned",
    "shipping",
    "refunded",
)


def used(targets):
    """Return the targets that make the amount, the one to start from first.

    >>> used({"amount_gross", "tax", "quantity"})
    ('amount_gross', 'tax')
    >>> used({"unit_price", "date"})
    ()
    """
    start = _start(targets)
    parts = {
        ("amount",): ("returned", "shipping", "refunded"),
        ("amount_gross", "tax"): ("shipping", "refunded"),
        ("unit_price", "quantity"): ("discount_rate", "discount", "refunded"),
        ("amount_gross",): ("shipping", "refunded"),
        (): (),
    }[start]
    return start + tuple(part for part in parts if part in targets)


def _start(targets):
    ways = (
        ("amount",),
        ("amount_gross", "tax"),
        ("unit_price", "quantity"),
        ("amount_gross",),
    )
    return next((way for way in ways if targets >= set(way)), ())


def compose(parts, read):
    """Return the amount of a row, as a Decimal.

    :param tuple parts: what ``used`` says
    :param read: target → Decimal, None where the cell is empty
    """
    amount = _first(read, parts)
    if "tax" in parts:
        amount -= _signed(_wanted(read, "tax"), amount)
    elif "quantity" in parts:
        amount *= _wanted(read, "quantity")
    if "discount_rate" in parts:
        amount -= amount * share(read("discount_rate") or Decimal(0))
    for part in ("discount", "shipping"):
        if part in parts:
            amount -= _signed(read(part) or 0, amount)
    if "refunded" in parts:
        amount -= _refunded(amount, read)
    return amount


def _first(read, parts):
    """Return what the amount starts from, less what stands in a column of returns."""
    back = read("returned") if "returned" in parts else None
    if back is None:
        return _wanted(read, parts[0])
    return (read(parts[0]) or 0) - abs(back)


def share(rate):
    """Return the share that a rate of discount takes: 20 and 0.2 are a fifth.

    >>> share(Decimal(20)), share(Decimal("0.2"))
    (Decimal('0.2'), Decimal('0.2'))
    """
    return abs(rate) if abs(rate) < 1 else abs(rate) / 100


def _signed(part, amount):
    """Return a part to subtract with the sign of its whole, however it is written."""
    return -abs(part) if amount < 0 else abs(part)


def _refunded(net, read):
    """Return how much of the net amount was paid back, never more than there is.

    What is paid back holds tax. Where the row says how much tax there is, the share of
    the net amount is subtracted, else the refund as it stands.
    """
    refund = abs(read("refunded") or 0)
    tax = abs(read("tax") or 0)
    if refund and tax:
        refund = refund * abs(net) / (abs(net) + tax)
    return _signed(min(refund, abs(net)), net)


def _wanted(read, target):
    number = read(target)
    if number is None:
        raise ValueProblem(MISSING[target])
    return number


MISSING = {
    "amount": _lt("The amount is missing"),
    "amount_gross": _lt("The amount is missing"),
    "unit_price": _lt("The price is missing"),
    "quantity": _lt("The quantity is missing"),
    "tax": _lt("The tax is missing (write 0 where there is none)"),
}
