from odoo import fields, models

from ...analytics.lifecycle.lifecycle import Limits
from ...analytics.worklist import worklist


class CrmValuePolicy(models.Model):
    """The limits that tell the stages of the lifecycle apart."""

    _inherit = "crm.value.policy"

    rest_days = fields.Integer(
        string="Rest after Contact (days)",
        default=30,
        required=True,
        help="So long a customer that was worked stays off the worklists, or until its "
        "next best date if that is later.",
    )

    _rest = models.Constraint(
        "CHECK (rest_days > 0)", "A customer that was worked rests at least one day."
    )

    def _as_limits(self):
        """Return them as the analytics see them."""
        return Limits(
            explore_purchases=self.explore_purchases,
            explore_days=self.explore_days,
            decline_gap=self.decline_gap,
            decline_share=self.decline_share,
            window_days=self.stage_window_days,
            lost_gap=self.lost_gap,
            lost_days=self.lost_days,
            stable_purchases=self.stable_purchases,
            stable_days=self.stable_days,
            stable_growth=self.stable_growth,
        )

    def _as_worklist_limits(self):
        """Return what the worklists depend on, as the analytics see it."""
        return worklist.Limits(
            risk=self.risk_limit,
            lost_gap=self.lost_gap,
            window_days=self.window_days,
            margin_rate=self.default_margin_rate,
        )
