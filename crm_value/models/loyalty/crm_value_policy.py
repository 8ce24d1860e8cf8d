from odoo import fields, models

from ...analytics.loyalty import loyalty


class CrmValuePolicy(models.Model):
    """The limits of loyalty: its classes, and the kinds that data hint at."""

    _inherit = "crm.value.policy"

    loyalty_behaviour_cut = fields.Float(
        string="High Behaviour from",
        default=50.0,
        required=True,
        help="0–100. About half of the customers lie above 50.",
    )
    loyalty_attitude_cut = fields.Float(
        string="High Attitude from", default=50.0, required=True, help="0–100."
    )
    attitude_months = fields.Integer(
        string="Answers Count for (months)",
        default=12,
        required=True,
        help="An attitude answered longer ago counts as not known.",
    )
    loyalty_price_share = fields.Float(
        string="Price: Discounted from",
        default=0.5,
        required=True,
        help="Share of the purchases in the value window with a discount from which on "
        "loyalty by price is suggested. Raise it where discounts are the rule.",
    )
    loyalty_incentive_share = fields.Float(
        string="Incentive: Rewarded from",
        default=0.5,
        required=True,
        help="Share of the orders in the value window with a reward of a loyalty "
        "program from which on loyalty by incentive is suggested.",
    )

    _loyalty = models.Constraint(
        "CHECK (loyalty_behaviour_cut BETWEEN 0 AND 100 "
        "AND loyalty_attitude_cut BETWEEN 0 AND 100 AND attitude_months > 0 "
        "AND loyalty_price_share > 0 AND loyalty_price_share <= 1 "
        "AND loyalty_incentive_share > 0 AND loyalty_incentive_share <= 1)",
        "Limits of loyalty lie between 0 and 100, shares above 0 and up to 100 %, and "
        "answers count for at least a month.",
    )

    def _limits(self):
        limits = loyalty.Limits(
            behaviour_cut=self.loyalty_behaviour_cut,
            attitude_cut=self.loyalty_attitude_cut,
            attitude_months=self.attitude_months,
            price_share=self.loyalty_price_share,
            incentive_share=self.loyalty_incentive_share,
            silent=self.decline_gap,
        )
        return [*super()._limits(), limits]
