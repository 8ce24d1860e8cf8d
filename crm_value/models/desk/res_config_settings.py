from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """What the service desk promises to everybody."""

    _inherit = "res.config.settings"

    value_response_hours = fields.Float(
        related="company_id.value_response_hours", readonly=False
    )
    value_resolution_hours = fields.Float(
        related="company_id.value_resolution_hours", readonly=False
    )
