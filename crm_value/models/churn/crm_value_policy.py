from odoo import fields, models

from ...analytics.churn import churn


class CrmValuePolicy(models.Model):
    """The limits of the risk of decline."""

    _inherit = "crm.value.policy"

    risk_days = fields.Integer(
        string="Risk Looks Ahead (days)",
        default=90,
        required=True,
        help="The risk of decline is the probability that an active customer does not "
        "buy within so many days.",
    )
    risk_limit = fields.Float(
        string="At Risk from",
        default=0.5,
        required=True,
        help="A customer whose risk of decline is at least this is at risk.",
    )

    _risk = models.Constraint(
        "CHECK (risk_days BETWEEN 7 AND 730 AND risk_limit BETWEEN 0 AND 1)",
        "The risk of decline looks 7 to 730 days ahead; its limit lies between 0 and "
        "100 %.",
    )

    def _limits(self):
        risk = churn.Limits(days=self.risk_days, chance=self.risk_limit)
        return [*super()._limits(), risk]
