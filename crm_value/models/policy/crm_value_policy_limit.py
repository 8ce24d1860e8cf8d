from odoo import api, fields, models
from odoo.exceptions import ValidationError


class CrmValuePolicyLimit(models.Model):
    """Fixed limits of one RFM dimension, instead of equal fifths of the customers."""

    _name = "crm.value.policy.limit"
    _inherit = ["crm.value.policy.part"]
    _description = "RFM Limits"
    _order = "id"

    dimension = fields.Selection(
        [("r", "Recency (days)"), ("f", "Frequency (purchases)"), ("m", "Money")],
        required=True,
    )
    limit_2 = fields.Float(string="Score 2 from", required=True)
    limit_3 = fields.Float(string="Score 3 from", required=True)
    limit_4 = fields.Float(string="Score 4 from", required=True)
    limit_5 = fields.Float(string="Score 5 from", required=True)

    _once = models.Constraint(
        "UNIQUE (policy_id, dimension)", "Each RFM dimension has one set of limits."
    )

    @api.constrains("dimension", "limit_2", "limit_3", "limit_4", "limit_5")
    def _check_order(self):
        for limit in self:
            values = limit._limits()
            if values != sorted(values, reverse=limit.dimension == "r"):
                raise ValidationError(
                    self.env._(
                        "Limits rise with the score; for recency they fall, because "
                        "fewer days since the last purchase are better."
                    )
                )

    def _limits(self):
        self.ensure_one()
        return [self.limit_2, self.limit_3, self.limit_4, self.limit_5]
