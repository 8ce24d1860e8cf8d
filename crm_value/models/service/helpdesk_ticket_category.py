from odoo import fields, models

from ...const import USER


class HelpdeskTicketCategory(models.Model):
    """A category of tickets says whether they are about defects of our own."""

    _inherit = "helpdesk.ticket.category"

    value_own_defect = fields.Boolean(
        string="Our Own Defect",
        groups=USER,
        help="Tickets of this category, such as complaints that were upheld, are not "
        "counted in the customer's cost to serve.",
    )
