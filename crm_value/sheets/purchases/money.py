"""Which of the columns of money make the amount: by their names, then by numbers.

Names are tried first: a net amount is one. What they leave open the figures decide:
net + tax = gross, price × quantity = total, and the round rate that a tax has.
"""

import re
import unicodedata

from odoo.tools.translate import LazyTranslate

from . import amounts
from .names import KNOWN, OTHER_MONEY, normalise, without_currency
from .problems import ValueProblem
from .values import settled_style, style_of, to_amount, to_text

_lt = LazyTranslate(__name__)

WHOLE = ("amount", "amount_total", "amount_gross")  # of a line or document, maybe gross
KINDS = ("amount_net", *WHOLE, "tax", "unit_price", "price", "discount")
KINDS += ("discount_rate", "refunded", "returned", "debit", "credit", "shipping")
MOST = 0.9  # of the rows have to agree
FEW = 3  # rows, whose round figures can be chance


def kind_of(name):
    """Return what a column's name says that it holds, None where it says nothing."""
    bare = without_currency(name)
    tried = (name, bare, re.sub(r"[(\[（].*?[)\]）]", "", name))
    kind = next(filter(None, (KNOWN.get(normalise(text)) for text in tried)), None)
    return "discount_rate" if kind == "discount" and "%" in name else kind


def sign_of(cells):
    """Return the sign of a currency that all amounts of a column have, or "".

    Those of many currencies say nothing.

    >>> sign_of(["1,50 €", "€2", ""]), sign_of(["1,50 €", "2"]), sign_of(["1 zł"])
    ('€', '', 'zł')
    """
    signs = {
        "".join(s for s in text if unicodedata.category(s) == "Sc" or s.isalpha())
        for text in map(to_text, cells)
        if any(map(str.isdigit, text))
    }
    return signs.pop() if len(signs) == 1 and signs.isdisjoint("$¥￥＄") else ""


def settle(kinds, columns, documents):
    """Return the kinds with those of money made targets, None where not needed.

    :param list kinds: what the names say; a kind stands once
    :param list columns: the first cells of each column, a cell of each row
    :param list documents: the document of each row, "" where there is none
    """
    wanted = (*KINDS, "quantity", "fee")
    at = {kind: kinds.index(kind) for kind in wanted if kind in kinds}
    figures = _figures({kind: columns[position] for kind, position in at.items()})
    chosen = _choose(figures, documents)
    gone = {*KINDS, *OTHER_MONEY}
    found = [None if kind in gone else kind for kind in kinds]
    for target, kind in chosen.items():
        found[at[kind]] = target
    return found


def _figures(columns):
    """Return kind → its numbers, None where a cell holds none."""
    texts = [to_text(cell) for cells in columns.values() for cell in cells]
    style = settled_style(set(map(style_of, texts))) or "point"

    def number(cell):
        try:
            if isinstance(cell, str) and cell.strip().endswith("%"):
                return float(to_amount(cell.strip()[:-1], style)[0]) / 100
            return float(to_amount(cell, style)[0])
        except ValueProblem:
            return None

    return {kind: list(map(number, cells)) for kind, cells in columns.items()}


def _choose(figures, documents):
    """Return target → kind of the column that it is taken from."""
    chosen = _choose_start(figures, documents)
    if "unit_price" in chosen and "quantity" in figures:
        chosen |= _choose_discount(figures)
    start = next(iter(chosen.values()), None)
    if "shipping" in figures and start in ("amount_total", "amount_gross"):
        chosen["shipping"] = "shipping"
    if "returned" in figures and start in ("amount", "amount_total"):
        chosen["returned"] = "returned"
    if "refunded" in figures and chosen:
        chosen["refunded"] = "refunded"
        if "tax" in figures:  # it says how much of what was paid back is net
            chosen["tax"] = "tax"
    return chosen


def _choose_discount(figures):
    """Take the discount as money, or as a share where it is never one whole unit."""
    if "discount" in figures:
        found = [abs(number) for number in figures["discount"] if number]
        is_share = any(found) and max(found) < 1
        return {"discount_rate" if is_share else "discount": "discount"}
    return {k: k for k in ("discount_rate",) if k in figures}


def _choose_start(figures, documents):
    wholes = [kind for kind in WHOLE if kind in figures]
    price = next((kind for kind in ("unit_price", "price") if kind in figures), None)
    if "amount_net" in figures:
        return _choose_net(figures)
    if "tax" in figures and wholes:
        return _choose_by_tax(figures, wholes)
    if price and "quantity" in figures and "amount" not in wholes:
        return _choose_by_price(figures, price, wholes, documents)
    if wholes:
        target = "amount_gross" if wholes[0] == "amount_gross" else "amount"
        return {target: wholes[0]}
    if price:
        return {"amount" if price == "price" else price: price}
    return _choose_side(figures)


def _choose_side(figures):
    """Take debit less credit, or the reverse: sales are more than returns."""
    if not {"debit", "credit"} <= figures.keys():
        return {}
    lines = {
        side: len(list(filter(None, figures[side]))) for side in ("debit", "credit")
    }
    if lines["debit"] == lines["credit"]:
        return {}
    sale, back = sorted(lines, key=lines.get, reverse=True)
    return {"amount": sale, "returned": back}


def _choose_net(figures):
    """Take the net amount, unless figures say that it is net of something else.

    One to which no tax is added in the total holds the tax.
    """
    gross = next((k for k in ("amount_gross", "amount_total") if k in figures), None)
    whole = gross or ("amount" if "amount" in figures else None)
    if whole and "fee" in figures:
        for sign in (1, -1):
            fees = [(number or 0) * sign for number in figures["fee"]]
            if _agree(_less(figures[whole], fees), figures["amount_net"], fees):
                return {"amount_gross": whole}  # what is left of it after the fees
    if gross and "tax" in figures:
        net, tax = figures["amount_net"], figures["tax"]
        shipped = [number or 0 for number in figures.get("shipping", [0] * len(net))]
        goods = _less(figures[gross], shipped)
        if _agree(net, goods, tax) and not _agree(_less(goods, tax), net, tax):
            return {"amount_gross": "amount_net", "tax": "tax"}
    return {"amount": "amount_net"}


def _choose_by_tax(figures, wholes):
    tax = figures["tax"]
    for net in wholes:
        for gross in wholes:
            if _agree(_less(figures[gross], tax), figures[net], tax):
                return {"amount": net}
    start = wholes[0]
    shipped = [number or 0 for number in figures.get("shipping", [0] * len(tax))]
    found = [
        holds_tax(numbers, tax)
        for numbers in (figures[start], _less(figures[start], shipped))
    ]
    if start == "amount_gross" or True in found:
        return {"amount_gross": start, "tax": "tax"}
    few = len(list(filter(None, tax))) < FEW  # a total mostly holds its tax
    if start == "amount_total" and (few or None in found):
        return {"amount_gross": start, "tax": "tax"}
    return {"amount": start}


def _choose_by_price(figures, price, wholes, documents):
    """Take price × quantity, unless a total is exactly this or more than this."""
    chosen = {"unit_price": price}
    if not wholes:
        return chosen
    total, product = figures[wholes[0]], _times(figures[price], figures["quantity"])
    less = _less(product, [abs(d or 0) for d in figures.get("discount", product)])
    is_one = _agree(total, product) or ("discount" in figures and _agree(total, less))
    if is_one or not (stands_on_each(total, documents) or _is_raised(total, product)):
        target = "amount_gross" if wholes[0] == "amount_gross" else "amount"
        return {target: wholes[0]}
    return chosen


def _times(ones, others):
    return [
        None if a is None or b is None else a * b
        for a, b in zip(ones, others, strict=True)
    ]


def _less(ones, others):
    return [
        None if a is None or b is None else a - b
        for a, b in zip(ones, others, strict=True)
    ]


def _agree(ones, others, where=None):
    """Return whether two columns are the same, to the cent, where ``where`` is any."""
    where = where or ones
    pairs = [
        abs(a - b) < 0.015
        for a, b, weight in zip(ones, others, where, strict=True)
        if weight and a is not None and b is not None
    ]
    return bool(pairs) and sum(pairs) >= MOST * len(pairs)


def _is_raised(total, product):
    """Return whether a total is price × quantity raised by one rate: that of a tax."""
    rates = [
        round(a / b, 2)
        for a, b in zip(total, product, strict=True)
        if a and b and b > 1
    ]
    usual = max(rates, key=rates.count, default=0)
    return 1 < usual < 1.3 and rates.count(usual) >= MOST * len(rates)


def holds_tax(amounts_, taxes):
    """Return whether the amounts hold their taxes; None where the figures leave it.

    >>> holds_tax([119.0, 238.0], [19.0, 38.0]), holds_tax([100.0, 200.0], [19.0, 38.0])
    (True, False)
    >>> holds_tax([100.0], [0.0])
    """
    pairs = [(a, t) for a, t in zip(amounts_, taxes, strict=True) if a and t and a != t]
    as_gross = sum(_is_round(t / (a - t), a) for a, t in pairs)
    as_net = sum(_is_round(t / a, a) for a, t in pairs)
    if as_gross == as_net or max(as_gross, as_net) < MOST * len(pairs):
        return None
    return as_gross > as_net


def _is_round(rate, amount):
    halves = abs(rate) * 200  # rates of taxes have half per cents
    return abs(halves - round(halves)) <= min(0.4, 200 * 0.006 / abs(amount))


def stands_on_each(numbers, documents):
    """Return whether a number is the same on all lines of each document.

    >>> stands_on_each([5.0, 5.0, 7.0, 7.0], ["a", "a", "b", "b"])
    True
    """
    first, repeated = {}, 0
    for number, document in zip(numbers, documents, strict=True):
        if not document:
            continue
        if document not in first:
            first[document] = number
        elif number == first[document]:
            repeated += 1
        else:
            return False
    return repeated > 0 and len(set(first.values())) > 1


def explain(columns):
    """Return how the amount is made, and what is left out and why.

    :param list columns: (name, target) of each column
    :return: (list of (name, how it enters: "", "+", "−", "×"), list of (name, reason))
    """
    targets = {target: name for name, target in columns if target}
    parts = amounts.used(targets.keys())
    formula = [
        (targets[part], SIGNS.get(part, "−" if at else ""))
        for at, part in enumerate(parts)
    ]
    left_out = []
    for name, target in columns:
        kind = target if target in amounts.PARTS else kind_of(name)
        if target in parts or (target and target not in amounts.PARTS):
            continue
        if reason := _reason(kind, parts):
            left_out.append((name, reason))
    return formula, left_out


def _reason(kind, parts):
    if kind in REASONS and (kind != "shipping" or parts):
        return REASONS[kind]
    if not parts or kind not in KINDS:
        return None
    if kind in ("price", "unit_price", "discount", "discount_rate"):
        return _lt("there is an amount of the whole line")
    if kind == "tax":
        return _lt("the amount is without tax")
    if kind == "amount_gross" or (kind == "amount_total" and parts[0] == "amount"):
        return _lt("it may hold tax, or be the total of several lines")
    return _lt("another column is the amount")


SIGNS = {"quantity": "×", "discount_rate": "− %"}
REASONS = {
    "shipping": _lt("the cost of shipping is no purchase"),
    "cost": _lt("it is what the goods cost you"),
    "balance": _lt("it is what is still to be paid"),
    "list_price": _lt("it is not the price that was paid"),
    "fee": _lt("fees and tips are no purchase"),
    "rate": _lt("it is the rate of the tax"),
    "tax_part": _lt("it is part of the tax"),
}
assert set(REASONS) == {*OTHER_MONEY, "shipping"}
