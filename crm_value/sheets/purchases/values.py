"""Parsing of cells: texts, amounts and dates as people write them.

Nothing is guessed silently: what can be read in two ways is a problem, not a value.
"""

import re
import unicodedata
from contextlib import suppress
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from odoo.tools.translate import LazyTranslate

from .problems import ValueProblem

_lt = LazyTranslate(__name__)

LONGEST_TEXT = 500
LONGEST_VALUE = 100  # of an amount or a date
LARGEST_AMOUNT = Decimal(10) ** 12

PLAIN_AMOUNT = re.compile(r"-?\d{1,12}(\.\d{1,9})?", re.ASCII)
GROUPED = {
    False: re.compile(r"(\d+|\d{1,3}([ ,']\d{3})+)(\.\d*)?|\.\d+", re.ASCII),
    True: re.compile(r"(\d+|\d{1,3}([ .']\d{3})+)(,\d*)?|,\d+", re.ASCII),
}
SCIENTIFIC = re.compile(r"\d+(\.\d+)?[eE][+-]?\d{1,2}", re.ASCII)
# Look-alikes, and the wide signs that Chinese keyboards write.
LOOK_ALIKES = str.maketrans("−–—﹣\u2019\xa0\u202f\u2009￥￡", "----'   ¥£") | {
    code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)
}

# What programs write where they know nothing; errors of spreadsheets are like it.
NOTHING = frozenset(
    "- -- --- – — _ . ? / null (null) <null> \\n nil nan -nan n/a n.a. none (none) "
    "<na> <none> (blank) (empty) undefined #n/a #na #nv #n/d #null! 无 無 空".split()
)
CELL_ERROR = re.compile(r"#[^\W\d_]+(/0)?[!?]")

YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})", re.ASCII)
YEAR_LAST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})", re.ASCII)
CHINESE = re.compile(r"(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*[日号號]", re.ASCII)
COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
CLOCK = re.compile(
    r"[T\s]*(\d{1,2}):(\d{2})(:\d{2}(\.\d+)?)?\s*([AaPp]\.?[Mm]\.?)?"
    r"\s*(Z|UTC|[+-]\d{2}:?\d{2})?"
)


def to_text(value):
    """Return a cell as one line of text.

    >>> to_text("  two\\n lines "), to_text(17850.0), to_text(None)
    ('two lines', '17850', '')
    """
    if isinstance(value, str):
        return " ".join(value.replace("\0", "").split())
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return f"{value.date()} {_clock_text(value.time())}".rstrip()
    return str(value)


def is_nothing(text):
    """Return whether a text is empty or a word that programs write for nothing.

    "NA" only in capitals: it is a name, too, and the code of a country.

    >>> [is_nothing(text) for text in ("", "NULL", "nan", "–", "#REF!", "NA", "Null AG")]
    [True, True, True, True, True, True, False]
    """
    text = text.strip()
    return (
        not text
        or text == "NA"
        or text.lower() in NOTHING
        or bool(CELL_ERROR.fullmatch(text))
    )


def shortened(text):
    """Return a text as a sentence quotes it.

    >>> shortened("abc" * 100)[-4:]
    'abc…'
    """
    return text if len(text) <= LONGEST_VALUE else f"{text[: LONGEST_VALUE - 1]}…"


def to_amount(value, decimal_comma=False):
    """Return a cell as (Decimal, currency symbol or "").

    >>> to_amount("(1,234.56)")
    (Decimal('-1234.56'), '')
    >>> to_amount("¥ 1.234,5-", decimal_comma=True)
    (Decimal('-1234.5'), '¥')
    """
    if isinstance(value, str) and PLAIN_AMOUNT.fullmatch(value):
        if not decimal_comma or "." not in value:
            return Decimal(value), ""
    if isinstance(value, bool) or value is None:
        raise ValueProblem(_lt("“%(value)s” is not an amount", value=to_text(value)))
    if isinstance(value, int | float):
        return _limited(Decimal(repr(value)), value), ""
    text = to_text(value)
    if len(text) > LONGEST_VALUE:
        raise ValueProblem(_lt("“%(value)s” is not an amount", value=shortened(text)))
    return _written_amount(text, decimal_comma)


def _written_amount(text, decimal_comma):
    plain = text.translate(LOOK_ALIKES)
    symbols = [c for c in plain if unicodedata.category(c) == "Sc" or c == "元"]
    body = "".join(c for c in plain if c not in symbols).strip()
    negative = body.startswith("(") and body.endswith(")")
    if negative:
        body = body[1:-1].strip()
    elif body[:1] in "+-" or body[-1:] == "-":
        negative = "-" in (body[:1], body[-1:])
        body = body[1:] if body[:1] in "+-" else body[:-1]
    body = body.strip()
    number = _number(body, decimal_comma) if len(symbols) < 2 else None
    if number is None:
        raise ValueProblem(_not_an_amount(text, body, decimal_comma))
    return _limited(-number if negative else number, text), "".join(symbols)


def _number(body, decimal_comma):
    if GROUPED[decimal_comma].fullmatch(body):
        grouping = " '." if decimal_comma else " ',"
        digits = body.translate({ord(c): None for c in grouping})
        return Decimal(digits.replace(",", "."))
    if not decimal_comma and SCIENTIFIC.fullmatch(body):
        return Decimal(body)
    return None


def _limited(number, value):
    if not number.is_finite() or abs(number) >= LARGEST_AMOUNT:
        text = shortened(to_text(value))
        raise ValueProblem(_lt("“%(value)s” is not an amount", value=text))
    return number


def _not_an_amount(text, body, decimal_comma):
    if _number(body, not decimal_comma) is None:
        return _lt("“%(value)s” is not an amount", value=text)
    if decimal_comma:
        return _lt(
            "“%(value)s” is not an amount with a decimal comma (switch “Decimal "
            "comma” off if the point is the decimal sign)",
            value=text,
        )
    return _lt(
        "“%(value)s” is not an amount with a decimal point (switch “Decimal comma” on "
        "if the comma is the decimal sign)",
        value=text,
    )


def to_moment(value, order="auto"):
    """Return a cell as (date, time of day as text or "").

    :param str order: "dmy", "mdy", or "auto", which takes only what is unambiguous

    >>> to_moment("2024年3月5日"), to_moment("25/12/2024 8:26 PM")
    ((datetime.date(2024, 3, 5), ''), (datetime.date(2024, 12, 25), '20:26:00'))
    """
    if isinstance(value, datetime):
        return value.date(), _clock_text(value.time())
    if isinstance(value, date):
        return value, ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = to_text(value)
    if len(text) > LONGEST_VALUE:
        raise ValueProblem(_lt("“%(value)s” is not a date", value=shortened(text)))
    return _written_moment(text, order)


@lru_cache(maxsize=50_000)
def _written_moment(text, order):
    for pattern in (YEAR_FIRST, CHINESE, COMPACT, YEAR_LAST):
        found = pattern.match(text)
        rest = text[found.end() :] if found else ""
        clock = _read_clock(rest) if found else None
        if clock is not None:
            parts = _year_month_day(found, pattern, order, text)
            return _calendar_day(*parts, text, order), _clock_text(clock)
    if text.replace(".", "", 1).isdigit():
        raise ValueProblem(
            _lt(
                "“%(value)s” is a number, not a date (give the column a date format "
                "in the spreadsheet)",
                value=text,
            )
        )
    raise ValueProblem(_lt("“%(value)s” is not a date", value=text))


def _read_clock(text):
    """Return the time behind a date: midnight if there is none, None if wrong."""
    found = CLOCK.fullmatch(text)
    if not text or not found:
        return None if text else time.min
    hour = int(found[1])
    if found[5]:
        hour = hour % 12 + 12 * (found[5][0] in "Pp")
    try:
        return time(
            hour, int(found[2]), int((found[3] or ":0").lstrip(":").partition(".")[0])
        )
    except ValueError:
        return None


def _clock_text(clock):
    """Return a time of day as it enters the key; midnight is what a bare date has."""
    return "" if clock == time.min else str(clock.replace(microsecond=0, tzinfo=None))


def _year_month_day(found, pattern, order, text):
    if pattern is YEAR_FIRST:
        return int(found[1]), int(found[3]), int(found[4])
    if pattern is not YEAR_LAST:
        return int(found[1]), int(found[2]), int(found[3])
    first, second, year = int(found[1]), int(found[3]), int(found[4])
    if len(found[4]) == 2:
        year += 1900 if year > 68 else 2000
    if order == "auto":
        order = _day_or_month_first(first, second, found[2], text)
    return (year, second, first) if order == "dmy" else (year, first, second)


def _day_or_month_first(first, second, separator, text):
    if first > 12 or separator == "." or first == second:
        return "dmy"
    if second > 12:
        return "mdy"
    raise ValueProblem(
        _lt(
            "“%(value)s” can be read as day/month or as month/day (choose the date "
            "format)",
            value=text,
        )
    )


def _calendar_day(year, month, day, text, order):
    with suppress(ValueError):
        return date(year, month, day)
    if order == "dmy":
        raise ValueProblem(
            _lt("“%(value)s” is not a date in the format day/month/year", value=text)
        )
    if order == "mdy":
        raise ValueProblem(
            _lt("“%(value)s” is not a date in the format month/day/year", value=text)
        )
    raise ValueProblem(_lt("“%(value)s” is not a date", value=text))


def guess_date_order(texts):
    """Return "dmy" or "mdy" if some of ``texts`` allow only that one, else "auto".

    >>> guess_date_order(["03/04/2024", "25/04/2024"])
    'dmy'
    """
    pairs = [YEAR_LAST.match(text) for text in texts]
    pairs = [(int(found[1]), int(found[3])) for found in pairs if found]
    days_first = any(first > 12 for first, second in pairs)
    months_first = any(second > 12 for first, second in pairs)
    if days_first == months_first:
        return "auto"
    return "dmy" if days_first else "mdy"


def guess_decimal_comma(texts):
    """Return whether the amounts in ``texts`` are written with a decimal comma.

    >>> guess_decimal_comma(["1.234,50"]), guess_decimal_comma(["1,234"])
    (True, False)
    """

    def readable(decimal_comma):
        count = 0
        for text in texts:
            try:
                to_amount(text, decimal_comma)
                count += 1
            except (ValueProblem, InvalidOperation):
                continue
        return count

    return readable(True) > readable(False)
