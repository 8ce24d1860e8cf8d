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
    regression,
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
from .credit import credit, trial as credit_trial
from .faq import likeness as question_likeness
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
from .quotation import rhythm, share
from .price import ruler
from .authority import discount
from .suggestion import chance, gain, likeness as product_likeness, outcomes
from .lead import foresight, likeness as lead_likeness, newcomers
from .solution import solutions
from .scorecard import arrows, customers, scorecard, verdict
from .campaign import drawing, economics, lift, weekly
from .plan import belief, choice
from .scenario import contacts, hours, outcome

__all__ = [
    "accuracy",
    "ahp",
    "alike",
    "arrows",
    "assortment",
    "backtest",
    "belief",
    "benchmark",
    "bgnbd",
    "bootstrap",
    "calibration",
    "careless",
    "chance",
    "choice",
    "choices",
    "churn",
    "churn_fitting",
    "clv",
    "clv_likelihood",
    "conditions",
    "contacts",
    "costs",
    "credit",
    "credit_trial",
    "customers",
    "cycle",
    "deliveries",
    "discount",
    "drawing",
    "economics",
    "endings",
    "fitting",
    "forecast",
    "gain",
    "foresight",
    "grouping",
    "histories",
    "hours",
    "index",
    "interval",
    "judgement",
    "kind",
    "lifecycle",
    "likelihood",
    "lead_likeness",
    "question_likeness",
    "lift",
    "logistic",
    "loyalty",
    "monthly",
    "months",
    "newcomers",
    "next_contact",
    "outcome",
    "outcomes",
    "pareto",
    "pairs",
    "paretonbd",
    "payments",
    "pls",
    "points",
    "prediction",
    "product_likeness",
    "purchases",
    "ranking",
    "regression",
    "responses",
    "restated",
    "retention",
    "returning",
    "rfm",
    "rhythm",
    "ruler",
    "rules",
    "samples",
    "satisfaction",
    "scorecard",
    "scoring",
    "seasons",
    "service",
    "share",
    "solutions",
    "spend",
    "state",
    "survival",
    "tier",
    "total",
    "track",
    "trial",
    "valuation",
    "value",
    "verdict",
    "weekly",
    "worklist",
]
