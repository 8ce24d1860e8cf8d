from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """The switch of the yearly control group, and its size."""

    _inherit = "res.config.settings"

    value_holdout = fields.Boolean(related="company_id.value_holdout", readonly=False)
    value_holdout_share = fields.Float(
        related="company_id.value_holdout_share", readonly=False
    )
