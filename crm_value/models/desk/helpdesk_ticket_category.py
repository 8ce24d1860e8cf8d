from odoo import fields, models

from ...const import USER


class HelpdeskTicketCategory(models.Model):
    """A category of tickets may promise more than others."""

    _inherit = "helpdesk.ticket.category"

    value_target_ids = fields.One2many(
        "crm.value.service.target",
        "category_id",
        string="Targets",
        groups=USER,
        help="Where they are shorter than what everybody or the tier is promised.",
    )
