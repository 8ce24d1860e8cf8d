"""Guessing of what each column holds, from its name and first values."""

import re

from .money import kind_of, settle
from .names import CUSTOMERS, normalise
from .values import to_text
from .words import MEANINGS, is_flag, is_known, is_nobody

TARGETS = (
    "date",
    "time",
    "customer_ref",
    "customer_vat",
    "customer_email",
    "customer_name",
    "amount",
    "amount_gross",
    "tax",
    "unit_price",
    "discount",
    "discount_rate",
    "returned",
    "shipping",
    "refunded",
    "currency",
    "margin",
    "document",
    "product",
    "quantity",
    "status",
    "status_2",
    "type",
    "channel",
    "country",
    "source_key",
)
CUSTOMER = {
    "ref": "customer_ref",
    "vat": "customer_vat",
    "email": "customer_email",
    "name": "customer_name",
}
MOST_WORDS = 40  # that a column of statuses holds
DOUBTFUL = {
    "cancelled",
    "refunded",
    "customer",
    "customer_vat",
    "source_key",
    *MEANINGS,
}
PLAIN_TAX = re.compile(r"\D{0,3}\d{1,3}([ ',.]?\d{3})?([.,]\d{1,2})?\D{0,3}", re.ASCII)


def guess(header, samples, labels=None):
    """Return the targets of the columns, None where nothing fits.

    :param list header: names of the columns
    :param list samples: the first cells of each column, one of each row
    :param dict labels: name → target, as this Odoo writes them in its own exports
    :return: list as long as ``header``; no target appears twice

    >>> guess(["Date", "Customer", "Amount", "Note"], [[], ["17850", "13047"], [], []])
    ['date', 'customer_ref', 'amount', None]
    """
    longest = max(map(len, samples), default=0)
    samples = [[*cells, *[None] * (longest - len(cells))] for cells in samples]
    own = {normalise(name): target for name, target in (labels or {}).items()}
    found = []
    for name, cells in zip(header, samples, strict=True):
        kind = own.get(normalise(name)) or kind_of(name)
        if normalise(name) in CUSTOMERS or kind == "customer":
            kind = "customer"
        kind = _by_cells(kind, normalise(name), cells)
        if kind == "status" and kind in found:
            kind = "status_2"
        found.append(kind if kind not in found else None)
    texts = _documents(found, samples)
    return _settle_company_money(settle(found, samples, texts))


def _by_cells(kind, name, cells):
    """Return what a column holds where its name leaves that to its cells."""
    if kind not in DOUBTFUL and name != "name":
        return kind
    texts = [text for text in map(to_text, cells) if text and not is_nobody(text)]
    if kind == "customer":
        return _kind_of_customer(texts)
    if kind == "cancelled" or (kind == "refunded" and is_flag(map(to_text, cells))):
        return "status" if is_flag(map(to_text, cells)) else None
    if kind in MEANINGS:
        # One word at least is known; a state can be that of an address.
        found = set(texts)
        is_kind = len(found) <= MOST_WORDS and any(is_known(kind, t) for t in found)
        return kind if is_kind else None
    if kind == "customer_vat":
        is_money = texts and all(map(PLAIN_TAX.fullmatch, texts))
        return "tax" if is_money else kind
    if kind == "time":
        return "date" if any(len(text) > 11 for text in texts) else kind
    if kind == "source_key":
        # What stands on several lines is the number of something else.
        is_own = name not in ("id", "key") or len(set(texts)) == len(texts)
        return kind if is_own else None
    if kind != "customer_name":
        return kind
    is_number = texts and all(re.fullmatch(r"#\S*\d+", text) for text in texts)
    return "document" if is_number else kind


def _documents(kinds, samples):
    if "document" not in kinds:
        return [""] * len(samples[0]) if samples else []
    return list(map(to_text, samples[kinds.index("document")]))


def _kind_of_customer(texts):
    if texts and all("@" in text for text in texts):
        return "customer_email"
    if texts and all(re.fullmatch(r"[\w./-]*\d[\w./-]*", text) for text in texts):
        return "customer_ref"
    return "customer_name"


def _settle_company_money(found):
    """Take money in company currency only where the file has no original amount.

    Such a column is never in the currency that stands beside the original one.
    """
    original = "amount" in found
    instead = {"amount_company": "amount", "margin_company": "margin"}
    if not original and "amount_company" in found:
        found = [None if target == "currency" else target for target in found]
    return [
        (None if original or instead[target] in found else instead[target])
        if target in instead
        else target
        for target in found
    ]
