from odoo import fields, models


class ResPartner(models.Model):
    """A contact shows the tier of its customer in the current company."""

    _inherit = "res.partner"

    value_tier_id = fields.Many2one(string="Loyalty Tier")
