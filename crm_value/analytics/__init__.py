"""The arithmetic of customer value: arrays in, arrays out.

Nothing in this package knows Odoo, a clock, a currency or a file. It may be imported
and checked alone. A folder holds what one capability needs; the names below are those
by which the outside may rely on them: ``from analytics import lifecycle`` is the module
analytics/lifecycle/lifecycle.py.
"""

from .statistics import (
    accuracy,
    bootstrap,
    grouping,
    interval,
    likelihood,
    logistic,
    months,
    ranking,
    survival,
)
from .policy import ahp, rules
from .purchases import assortment, costs, deliveries, histories, payments, purchases
from .service import service
from .scoring import pareto, rfm, scoring, value
from .forecast import (
    alike,
    backtest,
    bgnbd,
    calibration,
    clv,
    clv_likelihood,
    credibility,
    fitting,
    forecast,
    judgement,
    pairs,
    paretonbd,
    past,
    prediction,
    returning,
    rows,
    spend,
    stacking,
    total,
    track,
)
from .lifecycle import lifecycle, state
from .months import monthly
from .equity import restated, retention, valuation
from .churn import (
    churn,
    samples,
    fitting as churn_fitting,
    endings,
    seasons,
    trial,
)
from .worklist import next_contact, worklist
from .tier import conditions, tier
from .faq import likeness
from .points import points
from .loyalty import loyalty, kind
from .satisfaction import (
    benchmark,
    careless,
    choices,
    index,
    pls,
    responses,
    satisfaction,
)

__all__ = [
    "accuracy",
    "ahp",
    "alike",
    "assortment",
    "backtest",
    "benchmark",
    "bgnbd",
    "bootstrap",
    "calibration",
    "careless",
    "choices",
    "churn",
    "churn_fitting",
    "clv",
    "clv_likelihood",
    "conditions",
    "costs",
    "deliveries",
    "endings",
    "fitting",
    "forecast",
    "grouping",
    "histories",
    "index",
    "interval",
    "judgement",
    "kind",
    "lifecycle",
    "likelihood",
    "likeness",
    "logistic",
    "loyalty",
    "monthly",
    "months",
    "next_contact",
    "pareto",
    "pairs",
    "paretonbd",
    "payments",
    "pls",
    "points",
    "prediction",
    "purchases",
    "ranking",
    "responses",
    "restated",
    "retention",
    "returning",
    "rfm",
    "rules",
    "samples",
    "satisfaction",
    "scoring",
    "seasons",
    "service",
    "spend",
    "state",
    "survival",
    "tier",
    "total",
    "track",
    "trial",
    "valuation",
    "value",
    "worklist",
]
