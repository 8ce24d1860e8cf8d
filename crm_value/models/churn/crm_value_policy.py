from odoo import fields, models

from ...analytics.churn import churn


class CrmValuePolicy(models.Model):
    """Churn risk settings of a policy."""

    _inherit = "crm.value.policy"

    risk_days = fields.Integer(
        string="Churn Risk Horizon (days)",
        default=90,
        required=True,
        help="The churn risk is the probability that an active customer does not buy "
        "within this many days.",
    )
    risk_limit = fields.Float(
        string="At Risk from",
        default=0.5,
        required=True,
        help="Customers with a churn risk of at least this are at risk, once their "
        "purchase cycle is over.",
    )

    _risk = models.Constraint(
        "CHECK (risk_days BETWEEN 7 AND 730 AND risk_limit BETWEEN 0 AND 1)",
        "The churn risk horizon must be between 7 and 730 days, the limit between 0 "
        "and 100%.",
    )

    def _limits(self):
        risk = churn.Limits(days=self.risk_days, chance=self.risk_limit)
        return [*super()._limits(), risk]
