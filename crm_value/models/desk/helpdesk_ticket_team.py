from odoo import fields, models


class HelpdeskTicketTeam(models.Model):
    """A team may work at other hours than the company."""

    _inherit = "helpdesk.ticket.team"

    value_calendar_id = fields.Many2one(
        "resource.calendar",
        string="Service Hours",
        check_company=True,
        ondelete="restrict",
        help="In which targets of the team's tickets count. Empty: the company's.",
    )
