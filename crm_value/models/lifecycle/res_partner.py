from odoo import fields, models


class ResPartner(models.Model):
    """A contact shows the lifecycle stage of its customer in the current company."""

    _inherit = "res.partner"

    value_stage_id = fields.Many2one(string="Lifecycle Stage")
