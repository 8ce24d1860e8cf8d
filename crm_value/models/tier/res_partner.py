from odoo import fields, models


class ResPartner(models.Model):
    """Shows the customer's tier in the current company on a contact."""

    _inherit = "res.partner"

    value_tier_id = fields.Many2one(string="Loyalty Tier")
