from odoo import fields, models

from ...analytics.worklist import worklist


class CrmValuePolicy(models.Model):
    """Worklist settings of a policy."""

    _inherit = "crm.value.policy"

    rest_days = fields.Integer(
        string="Pause after Contact (days)",
        default=30,
        required=True,
        help="How long a customer stays off the worklists after it was contacted, or "
        "until its next best date if that is later.",
    )
    day_cap = fields.Integer(
        string="Customers a Day",
        default=10,
        help="How many of the customers who are due a salesperson finds in the order "
        "of the day; the others follow on the next working days. 0: all of them.",
    )

    _cap = models.Constraint(
        "CHECK (day_cap >= 0)", "The customers of a day are at least none."
    )
    _rest = models.Constraint(
        "CHECK (rest_days > 0)", "The pause after a contact is at least one day."
    )

    def _limits(self):
        return [*super()._limits(), self._worklist_limits()]

    def _worklist_limits(self):
        """Return what the worklists depend on, as the analytics see it."""
        return worklist.Limits(
            risk=self.risk_limit,
            lost_gap=self.lost_gap,
            window_days=self.window_days,
            margin_rate=self.default_margin_rate,
        )
