from odoo import fields, models

from ...fields import NullableFloat


class CrmValueIndexResultConstruct(models.Model):
    """The value of one construct in one period, and what it does to the index."""

    _name = "crm.value.index.result.construct"
    _inherit = ["crm.value.index.result.part"]
    _description = "Construct in a Satisfaction Result"
    _order = "result_id, sequence, id"
    _rec_name = "construct_id"

    construct_id = fields.Many2one(
        "crm.value.construct", required=True, index=True, ondelete="restrict"
    )
    sequence = fields.Integer()
    value = NullableFloat(string="Index", aggregator=None, digits=(5, 2))
    low = NullableFloat(aggregator=None, digits=(5, 2))
    high = NullableFloat(aggregator=None, digits=(5, 2))
    r2 = NullableFloat(
        string="R²", aggregator=None, help="Share of it that what acts on it explains."
    )
    total = NullableFloat(
        string="Total Effect",
        aggregator=None,
        help="Direct and indirect effect on the index, in standard deviations.",
    )
    total_low = NullableFloat(aggregator=None)
    total_high = NullableFloat(aggregator=None)
