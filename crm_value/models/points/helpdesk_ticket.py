from odoo import api, models

from ...fields import NullableFloat


class HelpdeskTicket(models.Model):
    """Shows the customer's points on a ticket, to agents without sales rights too."""

    _inherit = "helpdesk.ticket"

    value_points = NullableFloat(
        string="Customer Points",
        digits=(16, 2),
        compute="_compute_value_points",
        compute_sudo=False,
        groups="crm_value.group_user",
    )

    @api.depends("partner_id", "company_id")
    @api.depends_context("company", "uid")
    def _compute_value_points(self):
        for company, tickets in self.grouped("company_id").items():
            partners = tickets.with_company(company or self.env.company).partner_id
            points = {partner.id: partner.value_points for partner in partners}
            for ticket in tickets:
                ticket.value_points = points.get(ticket.partner_id.id, False)
