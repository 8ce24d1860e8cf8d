from odoo import fields, models

from ...analytics.loyalty import loyalty


class CrmValuePolicy(models.Model):
    """Thresholds of the loyalty classes and of the suggested loyalty types."""

    _inherit = "crm.value.policy"

    loyalty_behaviour_cut = fields.Float(
        string="High Behavioural Loyalty From",
        default=50.0,
        required=True,
        help="0–100. About half of all customers score above 50.",
    )
    loyalty_attitude_cut = fields.Float(
        string="High Attitudinal Loyalty From",
        default=50.0,
        required=True,
        help="0–100.",
    )
    attitude_months = fields.Integer(
        string="Responses Valid For (months)",
        default=12,
        required=True,
        help="If the latest response is older, the attitude counts as not known.",
    )
    loyalty_price_share = fields.Float(
        string="Price-Driven From (discount share)",
        default=0.5,
        required=True,
        help="Price-driven loyalty is suggested from this share of discounted "
        "purchases in the value window. Raise it if discounts are the norm.",
    )
    loyalty_incentive_share = fields.Float(
        string="Incentive-Driven From (reward share)",
        default=0.5,
        required=True,
        help="Incentive-driven loyalty is suggested from this share of orders with "
        "a loyalty program reward in the value window.",
    )

    _loyalty = models.Constraint(
        "CHECK (loyalty_behaviour_cut BETWEEN 0 AND 100 "
        "AND loyalty_attitude_cut BETWEEN 0 AND 100 AND attitude_months > 0 "
        "AND loyalty_price_share > 0 AND loyalty_price_share <= 1 "
        "AND loyalty_incentive_share > 0 AND loyalty_incentive_share <= 1)",
        "Loyalty thresholds must lie between 0 and 100, shares above 0 and up to "
        "100%, and responses must count for at least one month.",
    )

    def _limits(self):
        limits = loyalty.Limits(
            behaviour_cut=self.loyalty_behaviour_cut,
            attitude_cut=self.loyalty_attitude_cut,
            attitude_months=self.attitude_months,
            price_share=self.loyalty_price_share,
            incentive_share=self.loyalty_incentive_share,
            inactive=self.decline_gap,
        )
        return [*super()._limits(), limits]
