from odoo import fields, models

from ...const import USER


class ResPartner(models.Model):
    """A contact says why its customer is on a worklist."""

    _inherit = "res.partner"

    value_worklist_reason = fields.Char(
        related="value_profile_id.worklist_reason",
        string="What to Do Next",
        related_sudo=False,
        groups=USER,
    )
