from odoo import fields, models

from .const import FACES


class ResCompany(models.Model):
    """How a company keeps one face to its customers."""

    _inherit = "res.company"

    value_face = fields.Selection(
        FACES,
        string="Another Open Offer to the Customer",
        default="reason",
        groups="base.group_system",
        help="When a quotation is sent while the customer has another open one of the "
        "same product, at another price or by another salesperson.",
    )
