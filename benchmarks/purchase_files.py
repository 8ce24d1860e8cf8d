"""Purchases of a file, as arrays: csv, csv.gz, or the layout that CDNOW came in."""

import csv
import gzip
from datetime import date

import numpy as np

EPOCH = date(1970, 1, 1).toordinal()
DATES = ("date", "datetime")


class Unreadable(Exception):
    """What is wrong with a file, and where."""


def read(path):
    """Return (customer, day, amount): positions, days since 1970, net money.

    Lines without a customer say nothing about one and are left out.
    """
    opened = gzip.open if str(path).endswith(".gz") else open
    try:
        # Whatever the other columns are written in: those that are read are plain.
        form = {"encoding": "utf-8-sig", "errors": "surrogateescape", "newline": ""}
        with opened(path, "rt", **form) as lines:
            rows = list(_rows(lines, path))
    except (OSError, EOFError, csv.Error) as error:
        raise Unreadable(f"{path}: {error}") from error
    if not rows:
        raise Unreadable(f"{path}: no line with a customer")
    names, day, amount = zip(*rows, strict=True)
    customer = np.unique(names, return_inverse=True)[1]
    return customer, np.array(day), np.array(amount)


def _rows(lines, path):
    """Yield (customer, day, amount) of each line."""
    first = next(lines, "")
    if len(first.split()) in (4, 5) and not set(first) - set("0123456789.- \r\n"):
        width = len(first.split())
        columns = (width - 4, width - 3, width - 1)
        found = (line.split() for line in _again(first, lines))
    else:
        sign = max(",;\t", key=first.count)
        columns = _columns(next(csv.reader([first], delimiter=sign), []), path)
        found = csv.reader(lines, delimiter=sign)
    seen = {}
    for number, row in enumerate(found, 1):
        if row:
            try:
                who, when, money = (row[at].strip() for at in columns)
                if who:
                    yield who, _day(when, seen), _money(money)
            except (IndexError, ValueError) as error:
                raise Unreadable(f"{path}: data line {number}: {error}") from error


def _again(first, lines):
    yield first
    yield from lines


def _columns(header, path):
    names = [name.strip().lower() for name in header]
    when = next((name for name in DATES if name in names), None)
    missing = {"customer", "amount"}.difference(names)
    if missing or when is None:
        lack = [*sorted(missing), *([] if when else ["date"])]
        raise Unreadable(f"{path}: no column {', '.join(lack)} in {', '.join(names)}")
    return tuple(names.index(name) for name in ("customer", when, "amount"))


def _day(text, seen):
    """Return days since 1970 of 2026-01-31, 2026/01/31 or 20260131, and a time."""
    text = text.replace("/", "-")
    text = text[:8] if text[:8].isdigit() else text[:10]
    if text not in seen:
        seen[text] = date.fromisoformat(text).toordinal() - EPOCH
    return seen[text]


def _money(text):
    money = float(text)
    if not np.isfinite(money):
        raise ValueError(f"{text} is no amount")
    return money
