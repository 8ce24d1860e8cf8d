from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """What an hour of work on a ticket costs."""

    _inherit = "res.config.settings"

    value_hour_cost = fields.Monetary(
        related="company_id.value_hour_cost", readonly=False
    )
