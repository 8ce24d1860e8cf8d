from odoo import fields, models


class CrmValueNeed(models.Model):
    """What customers need, and what it is measured in: persons, square metres."""

    _inherit = "crm.value.need"

    measure = fields.Char(
        string="Measured In",
        translate=True,
        help="What an amount of it counts, such as persons or square metres.",
    )
