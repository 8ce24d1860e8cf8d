"""The arithmetic of customer value: arrays in, arrays out.

Nothing in this package knows Odoo, a clock, a currency or a file. It may be imported
and checked alone.
"""

from . import (
    ahp,
    backtest,
    bgnbd,
    calibration,
    clv,
    clv_likelihood,
    costs,
    fitting,
    forecast,
    grouping,
    histories,
    interval,
    pareto,
    paretonbd,
    payments,
    prediction,
    purchases,
    ranking,
    rfm,
    rules,
    scoring,
    spend,
    valuation,
    value,
)

__all__ = [
    "ahp",
    "backtest",
    "bgnbd",
    "calibration",
    "clv",
    "clv_likelihood",
    "costs",
    "fitting",
    "forecast",
    "grouping",
    "histories",
    "interval",
    "pareto",
    "paretonbd",
    "payments",
    "prediction",
    "purchases",
    "ranking",
    "rfm",
    "rules",
    "scoring",
    "spend",
    "valuation",
    "value",
]
