"""Parsing of dates as people and programs write them.

Nothing is guessed silently: what can be read in two ways is a problem, not a value.
"""

import re
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from functools import cache, lru_cache

from babel import Locale, UnknownLocaleError
from babel.dates import get_day_names, get_month_names

from odoo.tools.translate import LazyTranslate

from .problems import ValueProblem
from .values import LONGEST_VALUE, clock_text, shortened, to_text
from .zones import HOURS, OFFSET, UNIX

_lt = LazyTranslate(__name__)

YEAR_FIRST = re.compile(r"(\d{4})([-/.]) ?(\d{1,2})\2 ?(\d{1,2})\.?", re.ASCII)
YEAR_LAST = re.compile(r"(\d{1,2})([-/.]) ?(\d{1,2})\2 ?(\d{4}|\d{2})", re.ASCII)
EASTERN = re.compile(
    r"(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日号號일]", re.ASCII
)
COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
COMPACT_CLOCK = re.compile(r"(\d{2})(\d{2})(\d{2})", re.ASCII)
CLOCK = re.compile(
    r"[T\s]*(?P<before>[上下]午|午[前後]|오[전후])?\s*"
    r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(:(?P<second>\d{2})([.,]\d+)?)?"
    r"\s*(?P<behind>[AaPp]\.?\s?[Mm]\.?)?"
    rf"\s*(?P<zone>[A-Z]{{1,4}})?(?P<offset>{OFFSET})?(\s*\([^()]*\))?",
    re.ASCII,
)
AFTERNOON = ("下午", "午後", "오후")
WEEKDAY = re.compile(
    r"\s*[（(]?(星期|週|周)[一二三四五六日天][)）]?|\s*\([月火水木金土日]\)"
)
WORD = re.compile(r"[^\W\d_]+")
NUMBER = re.compile(r"\d+", re.ASCII)
FILLERS = {
    "de",
    "del",
    "of",
    "the",
    "d",
    "di",
    "st",
    "nd",
    "rd",
    "th",
    "г",
    "r",
    "er",
    "m",
}
# Days since 1900 as spreadsheets count them; those of the years 1990 to 2063.
SERIAL = re.compile(r"\d{5}(\.\d+)?", re.ASCII)
FIRST_SERIAL, LAST_SERIAL = 32874, 59900
# Where the languages of the installation know no month of a name, these are asked; a
# name that is two months among them, such as “listopad”, is none.
EVERYWHERE = tuple(
    "bg cs da de el es et fi fr hr hu id it lt lv nb nl pl pt ro ru sk sl sr sv tr uk "
    "sr_Latn".split()
)
HAS_LETTERS = re.compile(r"[^\W\d_]{3}")


def to_moment(value, order="auto", languages=()):
    """Return a cell as (date, time of day as text or ""), both as they are written.

    :param str order: "dmy", "mdy", or "auto", which takes only what is unambiguous
    :param tuple languages: codes of the languages whose months are known, with English

    >>> to_moment("2024年3月5日"), to_moment("25/12/2024 8:26 PM")
    ((datetime.date(2024, 3, 5), ''), (datetime.date(2024, 12, 25), '20:26:00'))
    >>> to_moment("1. März 2024", languages=("de_DE",))
    (datetime.date(2024, 3, 1), '')
    >>> to_moment("5 marca 2025"), to_moment("45721.5")
    ((datetime.date(2025, 3, 5), ''), (datetime.date(2025, 3, 5), '12:00:00'))
    """
    if isinstance(value, datetime):
        return value.date(), clock_text(value.time())
    if isinstance(value, date):
        return value, ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = to_text(value)
    if len(text) > LONGEST_VALUE:
        raise ValueProblem(_not_a_date(shortened(text)))
    return _written_moment(text, order, languages)


@lru_cache(maxsize=50_000)
def _written_moment(text, order, languages):
    plain = WEEKDAY.sub("", text.removeprefix("'").rstrip(","))
    for pattern in (YEAR_FIRST, EASTERN, COMPACT, YEAR_LAST):
        found = pattern.match(plain)
        rest = plain[found.end() :] if found else ""
        clock = _read_clock(rest, pattern) if found else None
        if clock is not None:
            parts = _year_month_day(found, pattern, order, text)
            return _calendar_day(*parts, text, order), clock_text(clock)
    if HAS_LETTERS.search(plain):
        if found := _by_name(plain, languages) or _by_name(plain, EVERYWHERE):
            return found[0], clock_text(found[1])
    if found := _by_number(plain):
        return found.date(), clock_text(found.time())
    if text.replace(".", "", 1).isdigit():
        raise ValueProblem(
            _lt(
                "“%(value)s” is a number, not a date (give the column a date format "
                "in the spreadsheet)",
                value=text,
            )
        )
    raise ValueProblem(_not_a_date(text))


def _by_number(text):
    """Return the moment that a number means: of a spreadsheet, or of a computer."""
    if UNIX.fullmatch(text):
        return datetime(1970, 1, 1) + timedelta(seconds=int(text[:10]))
    if SERIAL.fullmatch(text) and FIRST_SERIAL <= float(text) < LAST_SERIAL:
        seconds = round(float(text) * 86400)
        return datetime(1899, 12, 30) + timedelta(seconds=seconds)
    return None


def is_number(text):
    """Return whether a date is written as a number of days or seconds.

    >>> is_number("45721.5"), is_number("1741132800"), is_number("20250305")
    (True, True, False)
    """
    return _by_number(text) is not None


def _not_a_date(text):
    return _lt("“%(value)s” is not a date", value=text)


def _read_clock(text, pattern=None):
    """Return the time behind a date: midnight if there is none, None if wrong."""
    if not text:
        return time.min
    if pattern is COMPACT and (found := COMPACT_CLOCK.fullmatch(text)):
        with suppress(ValueError):
            return time(*map(int, found.groups()))
        return None
    found = CLOCK.fullmatch(text)
    if not found:
        return None
    hour, zone = int(found["hour"]), found["zone"]
    if found["behind"] or found["before"]:
        is_late = (found["behind"] or "a")[0] in "Pp" or found["before"] in AFTERNOON
        hour = hour % 12 + 12 * is_late
    if zone and zone not in HOURS:
        return None
    with suppress(ValueError):
        return time(hour, int(found["minute"]), int(found["second"] or 0))
    return None


def _by_name(text, languages):
    """Return (day, clock) of a date that names its month, None if it is none."""
    head, mark, rest = re.match(r"(.*?)((?:,|T|\s)+(?=\d{1,2}:)|$)(.*)", text).groups()
    clock = _read_clock(f"{mark}{rest}".lstrip(","))
    numbers = NUMBER.findall(head)
    words = [w for w in WORD.findall(head.casefold()) if w not in FILLERS]
    months = [_months(languages)[w] for w in words if w in _months(languages)]
    others = [w for w in words if w not in _months(languages)]
    if clock is None or len(months) != 1 or len(numbers) != 2:
        return None
    if any(word not in _weekdays(languages) for word in others):
        return None
    year, number = numbers if len(numbers[0]) == 4 else numbers[::-1]
    if len(number) > 2 or len(year) not in (2, 4):
        return None
    with suppress(ValueError):
        return date(_full_year(year), months[0], int(number)), clock
    return None


@cache
def _months(languages):
    """Return name → number of the months; a name of two months is left out."""
    found = {"sept": {9}}
    for locale in _locales(languages):
        for width in ("wide", "abbreviated"):
            for context in ("format", "stand-alone"):
                for number, name in get_month_names(width, context, locale).items():
                    for word in _spellings(name):
                        found.setdefault(word, set()).add(number)
    return {word: min(numbers) for word, numbers in found.items() if len(numbers) == 1}


@cache
def _weekdays(languages):
    return frozenset(
        word
        for locale in _locales(languages)
        for width in ("wide", "abbreviated")
        for name in get_day_names(width, "format", locale).values()
        for word in WORD.findall(name.casefold())
    )


def _locales(languages):
    for code in dict.fromkeys(("en", *languages)):
        with suppress(ValueError, UnknownLocaleError):
            yield Locale.parse(code.partition("@")[0])


def _spellings(name):
    """Return the words a month is written as; numbers with a sign are none."""
    words = WORD.findall(name.casefold())
    if len(words) != 1 or NUMBER.search(name):
        return set()
    return {words[0], words[0].translate(WITHOUT_ACCENTS)}


WITHOUT_ACCENTS = str.maketrans("áàâäãéèêëíìîïóòôöõúùûüçñ", "aaaaaeeeeiiiiooooouuuucn")


def _year_month_day(found, pattern, order, text):
    if pattern is YEAR_FIRST:
        return int(found[1]), int(found[3]), int(found[4])
    if pattern is not YEAR_LAST:
        return int(found[1]), int(found[2]), int(found[3])
    first, second, year = int(found[1]), int(found[3]), _full_year(found[4])
    if order == "auto":
        order = _only_order(first, second, found[2])
    if order == "both":
        raise ValueProblem(
            _lt(
                "“%(value)s” can be read as day/month or as month/day (choose the date "
                "format)",
                value=text,
            )
        )
    return (year, second, first) if order != "mdy" else (year, first, second)


def _full_year(digits):
    year = int(digits)
    return year + (1900 if year > 68 else 2000) if len(digits) == 2 else year


def _only_order(first, second, separator):
    """Return "dmy" or "mdy" where only one fits, "" where both say the same."""
    if first > 12 or separator == ".":
        return "dmy"
    if second > 12:
        return "mdy"
    return "" if first == second else "both"


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
    raise ValueProblem(_not_a_date(text))


def order_of(value):
    """Return the order a date is written in: "dmy", "mdy", "both" or "".

    >>> [order_of(text) for text in ("25/03/2024", "03/25/24", "03/04/24", "2024-3-4")]
    ['dmy', 'mdy', 'both', '']
    """
    found = YEAR_LAST.match(value.strip()) if isinstance(value, str) else None
    if not found or found[2] == ".":
        return ""
    first, second = int(found[1]), int(found[3])
    if max(first, second) > 31 or min(first, second) > 12:
        return ""
    return _only_order(first, second, found[2])


def settled_order(orders):
    """Return the one order of a file's dates: "dmy", "mdy", or "auto" if it shows none.

    :param set orders: those of its dates

    >>> settled_order({"both", "dmy"}), settled_order({"dmy", "mdy"})
    ('dmy', 'auto')
    """
    shown = {"dmy", "mdy"} & orders
    return shown.pop() if len(shown) == 1 else "auto"
