from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """How a company keeps one face to its customers."""

    _inherit = "res.config.settings"

    value_face = fields.Selection(
        related="company_id.value_face", readonly=False, required=True
    )
