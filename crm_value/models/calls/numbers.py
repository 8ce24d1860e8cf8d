"""Telephone numbers, as people and telephone systems write them, in E.164.

Odoo asks phonenumbers for the rules of each country; here is what comes before that: an
address instead of a number, the digit for an outside line, an extension, or several
numbers in one field.
"""

import re

LONGEST = 64  # of what is taken for a number at all
ADDRESS = re.compile(r"(?:sips?|tel):([^@;>]+)", re.IGNORECASE)
EXTENSION = re.compile(
    r"\s*(?:转|轉|分机|分機|内线|內線|ext\.?|x|#)\D{0,2}\d{1,6}\s*$", re.IGNORECASE
)
DASHED = re.compile(r"-\d{1,5}\s*$")
SEVERAL = re.compile(r"[/;,|、，；\n]|\s(?:or|und|oder|et)\s|或")


def to_e164(partners, text, country, outside=""):
    """Return a number in E.164, False where it is none that can be dialled.

    :param partners: Odoo's ``res.partner``, whose rules for numbers are asked
    :param country: record of the country where the number is dialled
    :param outside: what has to be dialled for an outside line, "" for nothing
    """
    text = (text or "").strip()[:LONGEST]
    if address := ADDRESS.search(text):
        text = address[1]
    tries = [EXTENSION.sub("", text), DASHED.sub("", text)]
    if outside and text.startswith(outside):
        tries.insert(0, text.removeprefix(outside))
    for one in dict.fromkeys(tries):
        number = one and partners._phone_format_number(one, country=country)
        if number:
            return number
    return False


def all_e164(partners, text, country):
    """Return the numbers of a field where people may write more than one."""
    whole = to_e164(partners, text, country)
    if whole:
        return [whole]
    parts = SEVERAL.split(text or "")
    found = [to_e164(partners, part, country) for part in parts if len(parts) > 1]
    return [number for number in dict.fromkeys(found) if number]
