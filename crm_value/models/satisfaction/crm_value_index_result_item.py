from odoo import fields, models

from ...fields import NullableFloat


class CrmValueIndexResultItem(models.Model):
    """What one question said in one period, and how much it counted."""

    _name = "crm.value.index.result.item"
    _inherit = ["crm.value.index.result.part"]
    _description = "Question in a Satisfaction Result"
    _order = "result_id, sequence, id"
    _rec_name = "item"

    construct_id = fields.Many2one(
        "crm.value.construct", required=True, index=True, ondelete="restrict"
    )
    sequence = fields.Integer()
    item = fields.Char(string="Item Code", required=True)
    mean = NullableFloat(aggregator=None, digits=(5, 2), help="0–100.")
    share = NullableFloat(
        string="Weight", aggregator=None, help="Within its construct."
    )
    loading = NullableFloat(
        aggregator=None, help="Correlation with its construct; from 0.7 on it fits."
    )
    answer_count = fields.Integer(string="Answers", aggregator=None)
