"""Purchases for the tests of the forecast: as days, and from the retail file."""

import csv
import gzip
from datetime import date
from functools import cache

import numpy as np

from ...analytics.policy.rules import Rules
from ...analytics.purchases.purchases import Days
from ...const import to_day
from ..purchases.retail_file import RETAIL

RULES = Rules(365, 365, 0.3, "revenue", ())
AS_OF = 1000


def days_of(purchases, as_of=AS_OF):
    """Return Days of (customer, day, amount) tuples, costing 60 % each."""
    customer, day, amount = (
        np.array(column)
        for column in (zip(*purchases, strict=True) if purchases else ((), (), ()))
    )
    amount = amount.astype(float)
    lines = {
        "partner": customer.astype(np.int32),
        "day": day.astype(np.int32),
        "product": np.zeros(amount.size, np.int32),
        "amount": amount,
        "returned": np.maximum(-amount, 0),
        "costed": amount,
        "cost": amount * 0.6,
        "discount": np.zeros(amount.size),
    }
    return Days(lines, as_of, 0.3)


def regular(customers, gap=30, amount=50.0, start=0, end=AS_OF):
    """Return purchases of customers who all buy alike, each from another day on."""
    return [
        (customer, day, amount)
        for customer in range(customers)
        for day in range(start + customer % gap, end, gap)
    ]


@cache
def retail():
    """Return the purchase occasions of the retail file."""
    return days_of(retail_rows(), to_day(date(2011, 12, 9))).occasions()


@cache
def retail_rows():
    """Return the lines of the retail file as (customer, day, amount) tuples."""
    numbers, purchases = {}, []
    with gzip.open(RETAIL, "rt", encoding="utf-8") as source:
        for row in csv.DictReader(source):
            customer = numbers.setdefault(row["customer"], len(numbers))
            day = to_day(date.fromisoformat(row["datetime"][:10]))
            purchases.append((customer, day, float(row["amount"])))
    return purchases
