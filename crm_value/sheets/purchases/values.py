"""Parsing of cells: texts and amounts as people write them.

Nothing is guessed silently: what can be read in two ways is a problem, not a value.
"""

import re
from collections import namedtuple
from datetime import datetime, time
from decimal import Decimal
from functools import lru_cache

from odoo.tools.translate import LazyTranslate

from .problems import ValueProblem

_lt = LazyTranslate(__name__)

LONGEST_TEXT = 500
LONGEST_VALUE = 100  # of an amount or a date
LARGEST_AMOUNT = Decimal(10) ** 12

PLAIN_AMOUNT = re.compile(r"-?\d{1,12}(\.\d{1,9})?", re.ASCII)
# In India hundreds of thousands are grouped by two.
GROUPED = {
    "point": re.compile(
        r"(\d+|[1-9]\d{0,2}([ ,'])\d{3}(\2\d{3})*|[1-9]\d?(,\d\d)+,\d{3})(\.\d*)?"
        r"|\.\d+",
        re.ASCII,
    ),
    "comma": re.compile(
        r"(\d+|[1-9]\d{0,2}([ .'])\d{3}(\2\d{3})*)(,\d*)?|,\d+", re.ASCII
    ),
}
GROUPING = str.maketrans("", "", " '")
SCIENTIFIC = re.compile(r"\d+(\.\d+)?[eE][+-]?\d{1,2}", re.ASCII)
# Look-alikes, and the wide signs that Chinese keyboards write.
LOOK_ALIKES = str.maketrans("−–—﹣\u2019\xa0\u202f\u2009￥￡", "----'   ¥£") | {
    code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)
}

# What stands before or behind a number. Creditors' accounts write CR for what is owed
# to the customer: it is negative as a return is.
SIGNS = {"+": False, "-": True, "CR": True, "DR": False}
MONEY_SIGN = "[$¢-¥֏؋৲৳฿៛\u20a0-\u20c0﷼]"
SYMBOLS = (
    rf"(?:[A-Za-z]{{0,2}}{MONEY_SIGN}|[A-Z]{{3}}|元|圆|圓|円|원|RMB|人民币|"
    r"(?i:kr\.?|zł|kč|ft|lei|лв\.?|rs\.?|rm|rp\.?|s/\.?|s?fr\.?|руб\.?|р\.|tl))"
)
AT_START = re.compile(rf"[+-]|{SYMBOLS}(?![^\W\d_])")
AT_END = re.compile(rf"([+-]|(?<![^\W\d_])(?:(?i:cr|dr)|{SYMBOLS}))$")
NO_CENTS = re.compile(r"(?<=\d)([.,])--?(?=\D*$)")  # 12.– is 12.00
Written = namedtuple("Written", "body is_negative symbol")

# What programs write where they know nothing; errors of spreadsheets are like it.
NOTHING = frozenset(
    "- -- --- – — _ . ? / null (null) <null> \\n nil nan -nan n/a n.a. none (none) "
    "<na> <none> (blank) (empty) undefined #n/a #na #nv #n/d #null! 无 無 空".split()
)
CELL_ERROR = re.compile(r"#[^\W\d_]+(/0)?[!?]")


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
        return f"{value.date()} {clock_text(value.time())}".rstrip()
    return str(value)


def is_filled(row):
    """Return whether a row holds anything.

    >>> is_filled(["x", ""]), is_filled([" ", None]), is_filled(["", 0.5])
    (True, False, True)
    """
    first = row[0] if row else None
    # Most rows begin with a letter or a figure: that is seen at once.
    return (first.__class__ is str and first[:1].isalnum()) or any(map(to_text, row))


def clock_text(clock):
    """Return a time of day as it enters the key; midnight is what a bare date has."""
    return "" if clock == time.min else str(clock.replace(microsecond=0, tzinfo=None))


def is_nothing(text):
    """Return whether a text is empty or a word that programs write for nothing.

    "NA" only in capitals: it is a name, too, and the code of a country.

    >>> [is_nothing(text) for text in ("", "NULL", "nan", "–", "#REF!", "Null AG")]
    [True, True, True, True, True, False]
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


def to_amount(value, style="point"):
    """Return a cell as (Decimal, how its currency is written or "").

    :param str style: "point" or "comma", which decides what two readings fit, or ""
        for a file whose style is not known

    >>> to_amount("(1,234.56)")
    (Decimal('-1234.56'), '')
    >>> to_amount("¥ 1.234,5-", "comma")
    (Decimal('-1234.5'), '¥')
    >>> to_amount("USD 1,234"), to_amount("1,234", "comma")
    ((Decimal('1234'), 'USD'), (Decimal('1.234'), ''))
    """
    if style == "point" and isinstance(value, str) and PLAIN_AMOUNT.fullmatch(value):
        return Decimal(value), ""
    if isinstance(value, bool) or value is None:
        raise ValueProblem(_lt("“%(value)s” is not an amount", value=to_text(value)))
    if isinstance(value, int | float):
        return _limited(Decimal(repr(value)), value), ""
    text = to_text(value)
    if len(text) > LONGEST_VALUE:
        raise ValueProblem(_lt("“%(value)s” is not an amount", value=shortened(text)))
    return _written_amount(text, style)


def _written_amount(text, style):
    found = _taken_apart(text.translate(LOOK_ALIKES))
    readings = _readings(found.body) if found else {}
    if not readings:
        raise ValueProblem(_lt("“%(value)s” is not an amount", value=text))
    if len(readings) == 1 or len(set(readings.values())) == 1:
        number = next(iter(readings.values()))
    elif style:
        number = readings[style]
    else:
        raise ValueProblem(two_readings(text, readings))
    return _limited(-number if found.is_negative else number, text), found.symbol


def two_readings(text, readings):
    """Return the question which of two readings of a number is meant."""
    return _lt(
        "“%(value)s” can be read as %(point)s or as %(comma)s (choose the decimal "
        "sign)",
        value=text,
        point=f"{readings['point']:f}",
        comma=f"{readings['comma']:f}",
    )


def _taken_apart(text):
    """Return the Written parts of an amount, None if there is too much of them."""
    body, signs, symbols = text, [], []
    if body[:2] == '="' and body[-1:] == '"':  # a number that Excel shall keep a text
        body = body[2:-1]
    body = NO_CENTS.sub(r"\g<1>00", body.removeprefix("'")).strip()
    while body:
        if body[0] == "(" and body[-1] == ")":
            signs.append("-")
            body = body[1:-1].strip()
            continue
        found = AT_START.match(body) or AT_END.search(body)
        if not found:
            break
        (signs if found[0].upper() in SIGNS else symbols).append(found[0])
        body = (body[: found.start()] + body[found.end() :]).strip()
    if len(signs) > 1 or len(symbols) > 1:
        return None
    if not body and signs == ["-"]:
        body = "0"  # as spreadsheets show a zero in accounts
    return Written(body, bool(SIGNS.get("".join(signs).upper())), "".join(symbols))


@lru_cache(maxsize=1 << 12)
def _readings(body):
    """Return style → number for each style in which ``body`` is a number."""
    found = {}
    if SCIENTIFIC.fullmatch(body):
        return {"point": Decimal(body)}
    for style, mark, other in (("point", ".", ","), ("comma", ",", ".")):
        if GROUPED[style].fullmatch(body):
            digits = body.translate(GROUPING).replace(other, "")
            found[style] = Decimal(digits.replace(mark, "."))
    return found


def _limited(number, value):
    if not number.is_finite() or abs(number) >= LARGEST_AMOUNT:
        text = shortened(to_text(value))
        raise ValueProblem(_lt("“%(value)s” is not an amount", value=text))
    return number


def style_of(value):
    """Return which style a number is written in: "point", "comma", "either" or "".

    "either" is what two readings fit with different results, "" what no style changes.

    >>> [style_of(text) for text in ("12.50", "1.234,50", "1.234", "1234", "0.123")]
    ['point', 'comma', 'either', '', 'point']
    """
    if not isinstance(value, str) or value.isdecimal() or len(value) > LONGEST_VALUE:
        return ""
    found = _taken_apart(to_text(value).translate(LOOK_ALIKES))
    readings = _readings(found.body) if found else {}
    if len(set(readings.values())) > 1:
        return "either"
    return next(iter(readings)) if len(readings) == 1 else ""


def settled_style(styles):
    """Return the one style of a file: "point", "comma", or "" where it does not tell.

    :param set styles: those of its numbers

    >>> settled_style({"either", "comma"}), settled_style({"comma", "point"})
    ('comma', '')
    """
    shown = {"point", "comma"} & styles
    return shown.pop() if len(shown) == 1 else ""
