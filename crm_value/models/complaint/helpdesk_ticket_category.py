from odoo import fields, models

from ..desk.helpdesk_ticket import DESK


class HelpdeskTicketCategory(models.Model):
    """A category of tickets says whether they are complaints."""

    _inherit = "helpdesk.ticket.category"

    value_complaint = fields.Boolean(
        string="Complaint",
        groups=DESK,
        help="Tickets of this category are acknowledged, assessed, investigated, "
        "remedied, told about and confirmed, in the order of ISO 10002.",
    )
