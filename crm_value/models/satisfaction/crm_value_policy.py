from odoo import fields, models

from ...analytics.satisfaction import responses


class CrmValuePolicy(models.Model):
    """Half-life and validity of survey responses, and the satisfaction threshold."""

    _inherit = "crm.value.policy"

    answer_half_life = fields.Integer(
        string="Response Half-Life (days)",
        default=180,
        required=True,
        help="A response counts half after this time and a quarter after twice as "
        "long, compared with one given today.",
    )
    answer_days = fields.Integer(
        string="Responses Valid For (days)",
        default=730,
        required=True,
        help="Older responses are ignored.",
    )
    satisfaction_cut = fields.Float(
        string="High Satisfaction From", default=60.0, required=True, help="0–100."
    )

    _satisfaction = models.Constraint(
        "CHECK (answer_half_life > 0 AND answer_days > 0 "
        "AND satisfaction_cut BETWEEN 0 AND 100)",
        "Responses must be valid for at least one day, and the satisfaction "
        "threshold must lie between 0 and 100.",
    )

    def _limits(self):
        answers = responses.Limits(
            half_life=self.answer_half_life,
            max_days=self.answer_days,
            cut=self.satisfaction_cut,
        )
        return [*super()._limits(), answers]
