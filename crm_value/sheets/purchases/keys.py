"""Keys of purchases that bring none: what makes a line this purchase."""

import hashlib
import re

from odoo.tools.mail import email_normalize

from .headers import CUSTOMER

NO_ALNUM = re.compile(r"[\W_]+")


def of(texts, moment, customer, figures):
    """Return the key of a line.

    It is made of the texts as they are written, and where there is no channel it is
    what it has always been: what was imported long ago is found again.

    :param tuple customer: (kind, key), as ``Line`` has them
    :param str figures: amount, quantity and currency
    """
    kind, _key = customer
    written = texts.get(CUSTOMER.get(kind), "")
    if not written.isascii() and kind in ("ref", "name"):
        customer = kind, written.lower() if kind == "name" else written
    parts = texts["document"], moment, *customer, texts["product"], figures
    channel = texts["channel"]
    return _digest(*parts, channel) if channel else _digest(*parts)


def of_old_versions(texts, moment, written, figures):
    """Return the key of versions that saw no channel, no zone and no missing customer.

    :param dict written: kind → what the row has there, in the order of matching
    """
    if "vat" in written:
        written["vat"] = alnum(written["vat"])
    kind = next((kind for kind in written if written[kind]), "")
    text = written.get(kind, "")
    key = {"email": email_normalize, "name": str.lower}.get(kind, str)(text)
    return _digest(texts["document"], moment, kind, key, texts["product"], figures)


def alnum(vat):
    """Return the letters and digits of a VAT number.

    >>> alnum("be 0477.472.701")
    'BE0477472701'
    """
    return NO_ALNUM.sub("", vat).upper() if vat else ""


def _digest(*parts):
    joined = "\x1f".join(map(str, parts))
    return hashlib.blake2b(joined.encode(errors="replace"), digest_size=16).hexdigest()
