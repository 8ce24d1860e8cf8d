from odoo import fields, models

from ...fields import NullableFloat


class CrmValueFigures(models.AbstractModel):
    """Lifecycle figures of a customer: stage, since when, overdue ratio."""

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
        string="Overdue Ratio",
        aggregator="avg",
        help="Recency in purchase cycles: days since the last purchase divided by the "
        "customer's purchase cycle, its usual number of days between two "
        "purchases; below three purchases, by that of all customers.",
    )
    window_trend = NullableFloat(
        string="Revenue Year on Year",
        aggregator="avg",
        help="Change of the revenue of the lifecycle window against the same window a "
        "year before, or against the previous window where there is none.",
    )
