from odoo import fields, models


class CrmValueIndexConstruct(models.Model):
    """A construct's place in the causal order of an index."""

    _name = "crm.value.index.construct"
    _description = "Construct of an Index"
    _order = "sequence, id"
    _rec_name = "construct_id"

    index_id = fields.Many2one(
        "crm.value.index", required=True, index=True, ondelete="cascade"
    )
    construct_id = fields.Many2one(
        "crm.value.construct", required=True, index=True, ondelete="restrict"
    )
    sequence = fields.Integer(default=10)

    _construct_uniq = models.Constraint(
        "UNIQUE (index_id, construct_id)", "An index has each construct once."
    )
