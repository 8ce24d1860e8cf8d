from odoo import fields, models

from ...fields import NullableFloat


class CrmValueFigures(models.AbstractModel):
    """Where the customer stands in its life."""

    _inherit = "crm.value.figures"

    stage_id = fields.Many2one(
        "crm.value.stage",
        ondelete="restrict",
        help="A manual stage if one is in force, else the computed one.",
    )
    stage_computed_id = fields.Many2one(
        "crm.value.stage", string="Computed Stage", ondelete="restrict"
    )
    stage_since = fields.Date(string="In Stage Since")
    overdue = NullableFloat(
        string="Silent for (rhythms)",
        aggregator="avg",
        help="Days since the last purchase, in units of the customer's own rhythm.",
    )
    window_trend = NullableFloat(
        string="Window Against a Year Before",
        aggregator="avg",
        help="Revenue of the lifecycle window against the same window a year before, "
        "or the window before it, minus one.",
    )
