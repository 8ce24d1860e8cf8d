"""Purchases of a file, as arrays: csv, csv.gz, or the layout that CDNOW came in."""

import csv
import gzip
import re
from datetime import date
from itertools import chain

import numpy as np

EPOCH = date(1970, 1, 1).toordinal()
NAMES = {  # without signs and spaces; of several, the first that is there
    "customer": "customer customerid customername customerno customernumber custid "
    "client clientid clientname partner partnerid user userid buyer buyerid",
    "date": "date datetime orderdate invoicedate purchasedate transactiondate day "
    "timestamp createdat orderedat",
    "amount": "amount total amounttotal totalamount orderamount netamount revenue "
    "sales turnover value ordervalue totalprice",
}
SIGNS = ",;\t|"
TURNED = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})(?!\d)")


class Unreadable(Exception):
    """What is wrong with a file, and where."""


class Unjudgeable(Unreadable):
    """Why a file that can be read has nothing to foretell or to judge by."""


def read(path):
    """Return (customer, day, amount): positions, days since 1970, net money.

    Lines without a customer say nothing about one and are left out.
    """
    try:
        rows = list(_cells(path))
    except (OSError, EOFError, csv.Error, UnicodeError) as error:
        raise Unreadable(f"{path}: {error}") from error
    if not rows:
        raise Unreadable(f"{path}: no line with a customer")
    line, who, when, money = zip(*rows, strict=True)
    day = _each(path, line, when, _day, _order(when))
    amount = _each(path, line, money, _money, _decimal(money))
    names, customer = np.unique(who, return_inverse=True)
    return customer, day, amount


def read_for_judging(path):
    """Return the same of a file that has something to foretell and to judge by."""
    customer, day, amount = read(path)
    if not _bought(customer, day, amount):
        raise Unjudgeable(
            f"{path}: nobody bought anything for more than was returned"
        )
    if np.ptp(day) == 0:
        raise Unjudgeable(
            f"{path}: all purchases are of one day, nothing came after it"
        )
    return customer, day, amount


def _bought(customer, day, amount):
    """Return whether any customer's day has a positive net."""
    _days, at = np.unique(np.stack([customer, day]), axis=1, return_inverse=True)
    return bool((np.bincount(at.ravel(), amount) > 0).any())


def _encoding(path, opened):
    with opened(path, "rb") as raw:
        start = raw.read(2)
    return "utf-16" if start in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"


def _cells(path):
    """Yield (data line, customer, date, amount), as they are written."""
    opened = gzip.open if str(path).endswith(".gz") else open
    # Whatever the other columns are written in: those that are read are plain.
    form = {"errors": "surrogateescape", "newline": ""}
    with opened(path, "rt", encoding=_encoding(path, opened), **form) as lines:
        first = next(lines, "")
        if len(first.split()) in (4, 5) and not set(first) - set("0123456789.- \r\n"):
            width = len(first.split())
            columns = (width - 4, width - 3, width - 1)
            found = (line.split() for line in chain([first], lines))
        else:
            sign = max(SIGNS, key=first.count)
            columns = _columns(next(csv.reader([first], delimiter=sign), []), path)
            found = csv.reader(lines, delimiter=sign)
        for number, row in enumerate(found, 1):
            if row and len(row) <= max(columns):
                raise Unreadable(f"{path}: data line {number} has too few columns")
            cells = [row[at].strip() for at in columns] if row else [""]
            if cells[0]:
                yield number, *cells


def _columns(header, path):
    names = [re.sub(r"[\W_]", "", name).lower() for name in header]
    found = {
        what: next((name for name in known.split() if name in names), None)
        for what, known in NAMES.items()
    }
    if lack := sorted(what for what, name in found.items() if name is None):
        there = ", ".join(name.strip() for name in header) or "an empty first line"
        # What cannot be written was no text of ours.
        there = there.encode(errors="replace").decode()
        raise Unreadable(f"{path}: no column {', '.join(lack)} in {there}")
    return tuple(names.index(name) for name in found.values())


def _each(path, lines, texts, read_one, way):
    """Return an array of what is read of each text; equal ones are read once."""
    seen = {}
    for line, text in zip(lines, texts, strict=True):
        if text not in seen:
            try:
                seen[text] = read_one(text, way)
            except ValueError as error:
                raise Unreadable(f"{path}: data line {line}: {error}") from error
    return np.array([seen[text] for text in texts])


def _order(texts):
    """Return which of two numbers before the year is the day: 0, 1, or None.

    None where the file has both ways or no number that tells.
    """
    found = (TURNED.match(text) for text in set(texts))
    parts = [(int(one[1]), int(one[2]), "." in one[0]) for one in found if one]
    first = any(one > 12 or dotted for one, _other, dotted in parts)
    second = any(other > 12 for _one, other, _dotted in parts)
    return None if first == second else int(second)


def _day(text, day_at):
    """Return days since 1970 of 2026-01-31, 31.1.2026 or 20260131, and a time."""
    if turned := TURNED.match(text):
        if day_at is None:
            raise ValueError(f"{text} may be a day of two months")
        year, month, day = turned[3], turned[2 - day_at], turned[1 + day_at]
    elif found := re.match(r"(\d{4})[-/.]?(\d{1,2})[-/.]?(\d{1,2})(?!\d)", text):
        year, month, day = found.groups()
    else:
        raise ValueError(f"{text or 'an empty cell'} is no date")
    try:
        return date(int(year), int(month), int(day)).toordinal() - EPOCH
    except ValueError as error:
        raise ValueError(f"{text}: {error}") from error


def _decimal(texts):
    """Return the sign before the decimals, "." or ","."""
    found = set()
    for text in set(texts):
        if signs := re.findall(r"[.,]", text):
            last = re.split(r"[.,]", text)[-1]
            if len(set(signs)) == 2 or len(signs) == 1 and len(last.strip()) != 3:
                found.add(signs[-1])
            elif len(signs) > 1:  # between thousands
                found.add({",": ".", ".": ","}[signs[0]])
    return "," if found == {","} else "."


def _money(text, decimal):
    """Return the amount of 1,234.50, of (1,234.50), and of 1.234,50 if so written."""
    plain = re.sub(r"[\s'$€£¥]", "", text)
    if plain[:1] == "(" and plain[-1:] == ")":
        plain = f"-{plain[1:-1]}"
    plain = plain.replace("," if decimal == "." else ".", "").replace(decimal, ".")
    try:
        money = float(plain)
    except ValueError:
        money = np.nan
    if not np.isfinite(money):
        raise ValueError(f"{text or 'an empty cell'} is no amount")
    return money
