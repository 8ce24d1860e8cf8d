"""Time zones as moments name them, and the day and clock of a company there."""

import re
from datetime import UTC, datetime, time, timedelta, timezone
from functools import lru_cache

from odoo.tools.translate import LazyTranslate

from .problems import ValueProblem

_lt = LazyTranslate(__name__)

HOURS = {  # of zones as they are named in RFC 822, and in Europe
    "Z": 0,
    "UT": 0,
    "UTC": 0,
    "GMT": 0,
    "EST": -5,
    "EDT": -4,
    "CST": -6,
    "CDT": -5,
    "MST": -7,
    "MDT": -6,
    "PST": -8,
    "PDT": -7,
    "CET": 1,
    "CEST": 2,
}
ELSEWHERE = {"CST"}  # China's, too: for RFC 822 only where that is the nearer one
UNIX = re.compile(r"1\d{9}(\d{3})?", re.ASCII)  # seconds, or thousandths, since 1970
OFFSET = r"[+-]\d{2}:?\d{2}"
ZONE = re.compile(
    r":\d\d(?:\.\d+)?\s*(?:[AP]\.?M\.?)?\s*"
    rf"({'|'.join(HOURS)}|(?:UTC|GMT)?{OFFSET})(?:\s*\([^()]*\))?$",
    re.ASCII | re.IGNORECASE,
)


def local_moment(day, clock, cell, zone):
    """Return (day, clock, zone as written) of a moment, as clocks show it in ``zone``.

    :param str clock: "HH:MM:SS", empty for midnight
    :param cell: where both were read; without a zone in it they stay

    >>> from datetime import date
    >>> shop = timezone(timedelta(hours=8), "CST")
    >>> local_moment(date(2025, 3, 31), "17:30:00", "2025-03-31T17:30:00Z", shop)
    (datetime.date(2025, 4, 1), '01:30:00', 'Z')
    >>> local_moment(date(2025, 3, 31), "17:30:00", "2025-03-31 17:30:00 CST", shop)
    (datetime.date(2025, 3, 31), '17:30:00', 'CST')
    """
    found = isinstance(cell, str) and ZONE.search(cell.rstrip())
    if not found and not UNIX.fullmatch(str(cell)):
        return day, clock, ""
    written = found[1].upper() if found else "UTC"
    moment = datetime.combine(day, time.fromisoformat(clock or "00:00:00"))
    try:
        offset = timezone(_offset(written, day.year, zone))
        moment = moment.replace(tzinfo=offset).astimezone(zone)
    except OverflowError:  # the first or the last day that there is
        return day, clock, written
    text = moment.strftime("%H:%M:%S")
    return moment.date(), "" if text == "00:00:00" else text, written


@lru_cache(maxsize=1000)
def _offset(written, year, zone):
    """Return how far a zone is from UTC; its name is the company's own first."""
    if written in HOURS:
        own = _own_names(year, zone)
        if written in own:
            return own[written]
        if written in ELSEWHERE and min(own.values()) >= timedelta():
            raise ValueProblem(
                _lt(
                    "“%(zone)s” names several time zones (set the company's time zone, "
                    "or write the hours, such as +08:00)",
                    zone=written,
                )
            )
        return timedelta(hours=HOURS[written])
    written = written.removeprefix("UTC").removeprefix("GMT")
    hours, minutes = int(written[1:3]), int(written[-2:])
    offset = timedelta(hours=min(hours, 23), minutes=min(minutes, 59))
    return -offset if written[0] == "-" else offset


def _own_names(year, zone):
    """Return name → distance from UTC of a company's winter and summer time."""
    seasons = (
        datetime(year, month, 1, tzinfo=UTC).astimezone(zone) for month in (1, 7)
    )
    return {season.tzname(): season.utcoffset() for season in seasons}
