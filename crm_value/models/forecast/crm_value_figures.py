from odoo import fields, models

from ...const import OFFICER
from ...fields import NullableFloat, NullableMoney
from .const import CONFIDENCES, RELATIONS


class CrmValueFigures(models.AbstractModel):
    """Forecast figures: expected purchases, revenue and lifetime value."""

    _inherit = "crm.value.figures"

    p_alive = NullableFloat(
        string="Still a Customer",
        aggregator="avg",
        help="Probability that the customer is still active. Empty where the data show "
        "no churn, or are too few to tell.",
    )
    return_chance = NullableFloat(
        string="Buys Within a Year",
        aggregator="avg",
        help="Probability of another purchase within 365 days, calibrated by what "
        "customers did in the past. Empty where there is too little to tell.",
    )
    expected_purchases = NullableFloat(
        string="Expected Purchases",
        aggregator="sum",
        help="Over the horizon of the policy.",
    )
    expected_spend = NullableMoney(
        string="Expected Amount per Purchase", aggregator="avg"
    )
    expected_revenue = NullableMoney(
        string="Expected Revenue",
        aggregator="sum",
        help="Over the horizon of the policy, not discounted.",
    )
    clv = NullableMoney(
        string="Lifetime Value",
        aggregator="sum",
        groups=OFFICER,
        help="Customer lifetime value: the margin expected over the horizon of the "
        "policy, at its present value.",
    )
    clv_low = NullableMoney(
        string="Lifetime Value (Low)",
        aggregator=None,
        groups=OFFICER,
        help="80 % interval: eight in ten customers end up between this and the upper "
        "figure.",
    )
    clv_high = NullableMoney(
        string="Lifetime Value (High)", aggregator=None, groups=OFFICER
    )
    clv_confidence = fields.Selection(CONFIDENCES, string="Confidence")
    relation = fields.Selection(
        RELATIONS,
        help="Lost: the probability of another purchase within a year is below the "
        "policy's limit or, where it is not known, there was no purchase for too many "
        "purchase cycles or days. The lifecycle stage says the same.",
    )
