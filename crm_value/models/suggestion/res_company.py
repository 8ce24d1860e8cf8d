import secrets

from odoo import fields, models


class ResCompany(models.Model):
    """Has the seed by which it is drawn which suggestions are not shown."""

    _inherit = "res.company"

    value_offer_seed = fields.Char(
        default=lambda self: secrets.token_hex(8),
        required=True,
        copy=False,
        groups="base.group_system",
    )
