from odoo import fields, models

from ...const import LOYALTY_CLASSES, LOYALTY_KINDS
from ...fields import NullableFloat


class CrmValueFigures(models.AbstractModel):
    """How loyal a customer is, by what it does and by what it says."""

    _inherit = "crm.value.figures"

    window_count = fields.Integer(
        string="Purchases in Window", help="Days of the value window with a purchase."
    )
    discounted_count = fields.Integer(
        string="Discounted in Window",
        help="Purchases of the value window with a discount.",
    )
    window_order_count = fields.Integer(string="Orders in Window")
    reward_count = fields.Integer(
        string="Orders with a Reward",
        help="Confirmed orders of the value window on which a loyalty program gave "
        "something; gift cards and eWallets are money, no reward.",
    )
    gap_variation = NullableFloat(
        string="Variation of the Rhythm",
        aggregator="avg",
        help="Standard deviation of the days between two purchases, over their mean. "
        "Zero: always the same; about one: at random.",
    )
    loyalty_behaviour = NullableFloat(
        string="Loyal Behaviour",
        aggregator="avg",
        help="0–100: mean of the ranks among all customers by purchases in the window, "
        "by silence in own rhythms, and by different products.",
    )
    loyalty_attitude = NullableFloat(
        string="Loyal Attitude",
        aggregator="avg",
        help="0–100, as the customer answered last; empty without an answer in the "
        "months that the policy sets.",
    )
    attitude_date = fields.Date(string="Attitude Answered on")
    loyalty_class = fields.Selection(
        LOYALTY_CLASSES,
        help="Behaviour and attitude both high: loyal; behaviour alone: spurious; "
        "attitude alone: latent. Not known where either is not.",
    )
    loyalty_kind = fields.Selection(
        LOYALTY_KINDS,
        string="Kind of Loyalty",
        help="What the customer may be loyal by: set by hand if that is in force, else "
        "suggested where the data hint at one.",
    )
    loyalty_kind_computed = fields.Selection(
        LOYALTY_KINDS, string="Suggested Kind of Loyalty"
    )
