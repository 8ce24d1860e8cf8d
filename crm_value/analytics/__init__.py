"""The arithmetic of customer value: arrays in, arrays out.

Nothing in this package knows Odoo, a clock, a currency or a file. It may be imported
and checked alone.
"""

from . import (
    ahp,
    costs,
    pareto,
    payments,
    purchases,
    ranking,
    rfm,
    rules,
    scoring,
    value,
)

__all__ = [
    "ahp",
    "costs",
    "pareto",
    "payments",
    "purchases",
    "ranking",
    "rfm",
    "rules",
    "scoring",
    "value",
]
