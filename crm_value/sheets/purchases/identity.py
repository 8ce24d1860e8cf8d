"""Who a row names, without the accidents of how it is written."""

import re
import unicodedata
from functools import lru_cache

from odoo.tools.mail import email_normalize, email_split_tuples
from odoo.tools.translate import LazyTranslate

from .headers import CUSTOMER
from .problems import ValueProblem
from .values import shortened, to_text
from .words import is_total

_lt = LazyTranslate(__name__)

NOBODY = "nobody"  # kind and key of all lines that name no customer
# Letters that nobody sees: zero-width ones, marks of direction, soft hyphens.
UNSEEN = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad"))

# Of a number with an exponent, only one that shows all its digits is known.
POINTED = re.compile(r"(\d+)\.0+", re.ASCII)
SCIENTIFIC = re.compile(r"(\d)\.(\d+)[eE]\+?(\d{1,2})", re.ASCII)


def whole(text):
    """Return the whole number that a spreadsheet wrote with a point, else "".

    >>> whole("13085.0"), whole("1.3085E4"), whole("1.3085E+12"), whole("13085")
    ('13085', '13085', '', '')
    """
    if found := POINTED.fullmatch(text):
        return found[1]
    found = SCIENTIFIC.fullmatch(text)
    if not found or len(found[2].rstrip("0")) > int(found[3]):
        return ""
    lead, digits, exponent = found[1], found[2], int(found[3])
    return lead + digits[:exponent] if len(digits) >= exponent else ""


def plain(text):
    """Return a text with composed letters and without those that nobody sees.

    >>> plain("Zoe\u0308\u200b"), plain("Ann\u200b Lee\ufeff")
    ('Zoë', 'Ann Lee')
    """
    if text.isascii():
        return text
    return " ".join(unicodedata.normalize("NFC", text.translate(UNSEEN)).split())


@lru_cache(maxsize=50_000)
def address(text):
    """Return (e-mail address, name in front of it) of a text.

    What is no address stays as it is, for somebody to mend.

    >>> address("Ann Lee <Ann@Example.com>"), address("ann@example.com")
    (('ann@example.com', 'Ann Lee'), ('ann@example.com', ''))
    """
    if not text:
        return "", ""
    text = text.removeprefix("mailto:")
    if found := email_normalize(text):
        name = "" if "<" not in text else email_split_tuples(text)[0][0]
        return found, plain(name)
    return text.lower(), ""


def written_alike(kind, text):
    """Return a customer's text as it is compared.

    >>> written_alike("name", "Ann Lee"), written_alike("ref", "C-1")
    ('ann lee', 'C-1')
    """
    if kind == "email" and email_normalize(text) != text:
        raise ValueProblem(
            _lt("“%(value)s” is not an e-mail address", value=shortened(text))
        )
    return text.lower() if kind == "name" else text


def of_nobody(customer, is_taken, cell):
    """Return (kind, key) of a line that names nobody, the same for all of them.

    :param customer: what names it otherwise than customers are to be found
    :param bool is_taken: whether there is a contact for such lines
    :param cell: function that returns what the row has for a target
    """
    if any(customer):
        raise ValueProblem(_lt("The customer is missing"))
    named = (to_text(cell(target)) for target in CUSTOMER.values())
    if not is_taken or any(map(is_total, named)):
        raise ValueProblem(
            _lt(
                "The customer is missing (a contact for all such lines can be chosen "
                "under “Lines without a Customer Belong to”)"
            )
        )
    for text in (to_text(cell(target)) for target in ("document", "product")):
        if is_total(text):
            raise ValueProblem(
                _lt(
                    "“%(value)s” may be a total: name the customer if it is none",
                    value=shortened(text),
                )
            )
    return NOBODY, NOBODY
