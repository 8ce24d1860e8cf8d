"""Who and when a row names, without the accidents of how it is written."""

import re
import unicodedata
from datetime import datetime, time, timedelta, timezone
from functools import lru_cache

from odoo.tools.mail import email_normalize, email_split_tuples
from odoo.tools.translate import LazyTranslate

from .dates import HOURS
from .headers import CUSTOMER
from .problems import ValueProblem
from .values import shortened, to_text
from .words import is_total

_lt = LazyTranslate(__name__)

NOBODY = "nobody"  # kind and key of all lines that name no customer
# Letters that nobody sees: zero-width ones, marks of direction, soft hyphens.
UNSEEN = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad"))
ZONE = re.compile(
    r":\d\d(?:\.\d+)?\s*(?:[AP]\.?M\.?)?\s*"
    rf"({'|'.join(HOURS)}|(?:UTC|GMT)?[+-]\d{{2}}:?\d{{2}})(?:\s*\([^()]*\))?$",
    re.ASCII | re.IGNORECASE,
)


def plain(text):
    """Return a text with composed letters and without those that nobody sees.

    >>> plain("Zoe\u0308\u200b"), plain("Ann\u200b Lee\ufeff")
    ('Zoë', 'Ann Lee')
    """
    if text.isascii():
        return text
    return " ".join(unicodedata.normalize("NFC", text.translate(UNSEEN)).split())


def all_plain(texts):
    """Return a dict of texts, each as ``plain`` writes it."""
    if "".join(texts.values()).isascii():  # of most rows, all of them
        return texts
    return {name: plain(text) for name, text in texts.items()}


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


def local_moment(day, clock, cell, zone):
    """Return (day, clock, zone as written) of a moment, as clocks show it in ``zone``.

    :param str clock: "HH:MM:SS", empty for midnight
    :param cell: where both were read; without a zone in it they stay

    >>> from datetime import date
    >>> shop = timezone(timedelta(hours=8))
    >>> local_moment(date(2025, 3, 31), "17:30:00", "2025-03-31T17:30:00Z", shop)
    (datetime.date(2025, 4, 1), '01:30:00', 'Z')
    """
    found = isinstance(cell, str) and ZONE.search(cell.rstrip())
    if not found:
        return day, clock, ""
    written = found[1].upper()
    moment = datetime.combine(day, time.fromisoformat(clock or "00:00:00"))
    try:
        moment = moment.replace(tzinfo=_offset(written)).astimezone(zone)
    except OverflowError:  # the first or the last day that there is
        return day, clock, written
    text = moment.strftime("%H:%M:%S")
    return moment.date(), "" if text == "00:00:00" else text, written


def _offset(written):
    if written in HOURS:
        return timezone(timedelta(hours=HOURS[written]))
    written = written.removeprefix("UTC").removeprefix("GMT")
    hours, minutes = int(written[1:3]), int(written[-2:])
    sign = -1 if written[0] == "-" else 1
    return timezone(sign * timedelta(hours=min(hours, 23), minutes=min(minutes, 59)))
