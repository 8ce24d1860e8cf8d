from odoo import fields, models

from ...fields import NullableFloat
from .const import LOYALTY_CLASSES, LOYALTY_KINDS


class CrmValueFigures(models.AbstractModel):
    """Figures of a customer's behavioural and attitudinal loyalty."""

    _inherit = "crm.value.figures"
    _field_part = "loyalty"

    window_count = fields.Integer(
        string="Purchases in Window", help="Days with a purchase in the value window."
    )
    discounted_count = fields.Integer(
        string="Discounted Purchases in Window",
        help="Purchases with a discount in the value window.",
    )
    window_order_count = fields.Integer(string="Orders in Window")
    reward_count = fields.Integer(
        string="Orders with a Reward",
        help="Confirmed orders of the value window with a loyalty program reward. "
        "Gift cards and eWallets are means of payment, not rewards.",
    )
    gap_variation = NullableFloat(
        string="Purchase Cycle Variability",
        aggregator="avg",
        help="Standard deviation of the days between purchases divided by their "
        "mean. Zero: always equal; about one: random.",
    )
    loyalty_behaviour = NullableFloat(
        string="Behavioural Loyalty",
        aggregator="avg",
        help="0–100: the customer's mean percentile rank among all customers by "
        "purchases in the value window, recency relative to its own purchase "
        "cycle, and number of different products. 0 for who is lost.",
    )
    loyalty_attitude = NullableFloat(
        string="Attitudinal Loyalty",
        aggregator="avg",
        help="0–100, from the customer's latest survey response. Empty without a "
        "response within the months set in the policy.",
    )
    attitude_date = fields.Date(string="Attitude as Of")
    loyalty_class = fields.Selection(
        LOYALTY_CLASSES,
        help="Behaviour and attitude both high: loyal; only behaviour high: "
        "spurious; only attitude high: latent. Not known if either one is not "
        "known.",
    )
    loyalty_kind = fields.Selection(
        LOYALTY_KINDS,
        string="Loyalty Type",
        help="What probably keeps the customer loyal: set manually, or otherwise "
        "suggested where the data point to a type.",
    )
    loyalty_kind_computed = fields.Selection(
        LOYALTY_KINDS, string="Suggested Loyalty Type"
    )
