"""What a document line delivers: goods, nothing, or goods that come back.

A line that delivers nothing (a discount, a goodwill credit, a rounding) costs nothing
and takes its whole amount off revenue and margin. A credited line brings its goods
back where it is credited at the price it was invoiced at; at a lower one the price was
reduced, and the goods stay where they are. Delivered quantities decide where known.
"""

import numpy as np

from ..statistics.grouping import in_parts
from .costs import positions

GOODS, DEDUCTION, PAYMENT, DOWN = range(4)
# Rounding of documents moves a price by less.
CLOSE = 0.001


def shares(lines, rounding):
    """Return which share of its quantity each line moves, shape (n,).

    :param lines: dict of arrays: ``nature`` (GOODS, DEDUCTION, PAYMENT or DOWN),
        ``product`` (id, 0 none), ``bought`` (money, negative where it comes back),
        ``quantity`` (the same), ``size`` (of its unit), ``move`` (its document),
        ``root`` (the first document of the chain that it credits, 0 none), ``sold``
        (the order line, 0 none or not needed), ``delivered`` (quantity of the order
        line that the customer has, in units of size 1, NaN unknown)
    :param rounding: smallest money there is

    >>> one = np.ones(3)
    >>> lines = {"nature": np.zeros(3, int), "product": np.array([7, 7, 7]),
    ...     "bought": np.array([100.0, -10.0, -40.0]), "size": one,
    ...     "quantity": np.array([1.0, -1.0, -0.4]), "move": np.array([1, 2, 3]),
    ...     "root": np.array([0, 1, 1]), "sold": np.zeros(3, int),
    ...     "delivered": one * np.nan}
    >>> shares(lines, 0.01).tolist()
    [1.0, 0.0, 1.0]
    """
    share = (lines["nature"] == GOODS).astype(float)
    back = came_back(lines) & (share > 0)
    if not back.any():
        return share
    alone = back & (lines["root"] == 0)
    share[alone] = lines["product"][alone] != 0
    for key, later in ((_documents(lines, back), back & ~alone), (_sold(lines), alone)):
        rows = np.flatnonzero((key != 0) & (share + back > 0))
        if rows.size and later[rows].any():
            some = {name: column[rows] for name, column in lines.items()}
            found = _priced(some, key[rows], later[rows], share[rows], rounding)
            share[rows] = found
    return _delivered(lines, back, share)


def came_back(lines):
    """Return which lines undo others: of a chain, or with a negative quantity."""
    return (lines["root"] > 0) | (lines["quantity"] < 0)


def _documents(lines, back):
    """Return a key of first document and product, 0 where nothing credits it."""
    first = np.where(lines["root"] > 0, lines["root"], lines["move"]).astype(np.int64)
    credited = np.unique(lines["root"][back & (lines["root"] > 0)])
    known = positions(credited, first) >= 0
    return np.where(known, (first << 32) | lines["product"], 0)


def _sold(lines):
    return np.where(lines["root"] == 0, lines["sold"], 0)


def _priced(lines, key, later, share, rounding):
    """Return the shares of lines with a key; ``later`` ones are compared by price."""
    groups, group = np.unique(key, return_inverse=True)
    later = later & (lines["nature"] == GOODS)
    first = ~later & (share > 0)
    if not first.any():
        return np.where(later & (lines["root"] > 0), 0.0, share)
    known = np.isin(group, group[first])
    quantity = lines["quantity"] * lines["size"]
    full = later & _at_price(lines["bought"], quantity, group, first, later, rounding)
    low = later & ~full & (known | (lines["root"] > 0))

    def total(values, where):
        return np.bincount(group[where], values[where], groups.size)

    # What is credited in several steps until nothing is left came back after all.
    goods = first | later
    gone = total(lines["bought"], goods) <= 2 * rounding
    remaining = total(quantity, first | full)
    cheap = -total(quantity, low)
    with np.errstate(invalid="ignore", divide="ignore"):
        rest = np.where(gone & (cheap > 0), remaining / cheap, 0.0)
    return np.where(full, 1.0, np.where(low, rest.clip(0, 1)[group], share))


def _at_price(money, quantity, group, first, later, rounding):
    """Return which later lines have a unit price at which the group was invoiced."""
    with np.errstate(invalid="ignore", divide="ignore"):
        price = np.abs(money / quantity)
        slack = 2 * rounding / np.abs(quantity)
    known = np.flatnonzero(first & np.isfinite(price))
    asked = np.flatnonzero(later & np.isfinite(price))
    prices, at = (group[known], price[known]), group[asked]
    low = (price[asked] - slack[asked]) / (1 + CLOSE)
    high = (price[asked] + slack[asked]) / (1 - CLOSE)
    found = np.zeros(money.size, bool)
    found[asked] = _below(*prices, at, high, 1) > _below(*prices, at, low, -1)
    # Nobody pays back more than it got: dearer than the dearest is all of it.
    dearest = np.zeros(group.max() + 1)
    np.maximum.at(dearest, *prices)
    usual = dearest[at] * np.abs(quantity[asked])
    found[asked] |= (usual > 0) & (np.abs(money[asked]) >= usual)
    return found


def _below(groups, values, at, limits, tie):
    """Count, for each limit, the values of its group and those before, up to it.

    :param tie: 1 to count what equals a limit, −1 not to
    """
    kind = np.concatenate((np.zeros(values.size, int), np.full(at.size, tie)))
    order = np.lexsort((kind, np.concatenate((values, limits)), np.append(groups, at)))
    count = np.empty(kind.size, int)
    count[order] = np.cumsum(kind[order] == 0)
    return count[values.size :]


def _delivered(lines, back, share):
    """Return the shares where an order line says what the customer has."""
    rows = np.flatnonzero(~np.isnan(lines["delivered"]) & (lines["nature"] == GOODS))
    if not rows.size:
        return share
    _orders, group = np.unique(lines["sold"][rows], return_inverse=True)
    quantity = (lines["quantity"] * lines["size"])[rows]
    mine = back[rows]
    credited = np.bincount(group, np.where(mine, -quantity, 0.0))
    invoiced = np.bincount(group, np.where(mine, 0.0, quantity))
    has = np.zeros(credited.size)
    has[group] = lines["delivered"][rows]
    with np.errstate(invalid="ignore", divide="ignore"):
        part = np.where(credited > 0, (invoiced - has) / credited, 1.0).clip(0, 1)
    share = share.copy()
    share[rows[mine]] = part[group[mine]]
    return share


def line_figures(lines, unit_cost, share):
    """Return the money figures of purchase lines.

    :param lines: see :func:`shares`, and ``amount`` (money of the ledger), ``waived``
        (list price waived by the discount of the line)
    :param unit_cost: cost of one unit, NaN unknown
    :param share: of :func:`shares`

    >>> two = {"nature": np.array([0, 1]), "amount": np.array([100.0, -20.0]),
    ...     "quantity": np.ones(2), "root": np.zeros(2), "waived": np.zeros(2)}
    >>> two["bought"] = two["amount"]
    >>> figures = line_figures(two, np.array([60.0, np.nan]), np.array([1.0, 0.0]))
    >>> {name: column.tolist() for name, column in figures.items()}
    ... # doctest: +NORMALIZE_WHITESPACE
    {'bought': [100.0, -20.0], 'returned': [0.0, 0.0], 'costed': [100.0, -20.0],
     'cost': [60.0, 0.0], 'deducted': [0.0, -20.0], 'discount': [0.0, 20.0]}
    """

    def some(rows):
        return _some_figures(
            {name: column[rows] for name, column in lines.items()},
            unit_cost[rows],
            share[rows],
        )

    return in_parts(some, share.size)


def _some_figures(lines, unit_cost, share):
    nature, back = lines["nature"], came_back(lines)
    goods, money = nature == GOODS, nature != DOWN
    bought = np.where(money, lines["bought"], 0.0)
    # What a rate of another day adds to the ledger is neither bought nor earned.
    drift = np.where(money, lines["amount"] - bought, 0.0)
    nothing = (1 - share) * bought
    known = ~np.isnan(unit_cost)
    cost = np.where(known & goods, unit_cost * lines["quantity"] * share, 0.0)
    lowered = np.where(goods, nothing, 0.0)
    given = np.where(nature == DEDUCTION, bought, 0.0)
    return {
        "bought": bought,
        "returned": np.where(back, -np.where(goods, share * bought, bought), 0.0) + 0.0,
        "costed": np.where(known & goods, bought, nothing) + drift,
        "cost": cost + drift,
        "deducted": nothing + drift,
        "discount": np.where(back, -lowered, np.where(goods, lines["waived"], -given))
        + 0.0,
    }
