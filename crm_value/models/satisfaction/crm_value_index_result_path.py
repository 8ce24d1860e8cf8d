from odoo import api, fields, models

from ...fields import NullableFloat


class CrmValueIndexResultPath(models.Model):
    """How strongly one construct acted on another in one period."""

    _name = "crm.value.index.result.path"
    _inherit = ["crm.value.index.result.part"]
    _description = "Path in a Satisfaction Result"
    _order = "result_id, sequence, id"

    cause_id = fields.Many2one(
        "crm.value.construct", required=True, index=True, ondelete="restrict"
    )
    effect_id = fields.Many2one(
        "crm.value.construct", required=True, index=True, ondelete="restrict"
    )
    sequence = fields.Integer()
    coefficient = NullableFloat(
        aggregator=None, help="Standard deviations of the effect for one of the cause."
    )
    low = NullableFloat(aggregator=None)
    high = NullableFloat(aggregator=None)
    significant = fields.Boolean(
        compute="_compute_significant", help="The 95 % interval leaves zero out."
    )

    @api.depends("high", "low")
    def _compute_significant(self):
        for path in self:
            known = path.low is not False and path.high is not False
            path.significant = known and path.low * path.high > 0
