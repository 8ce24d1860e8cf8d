from odoo import models


class HelpdeskTicket(models.Model):
    """Plans survey invitations when a ticket is closed."""

    _inherit = "helpdesk.ticket"

    def write(self, vals):
        """Plan the invitations of tickets that were closed."""
        if "stage_id" not in vals:
            return super().write(vals)
        unsolved = self.filtered(lambda ticket: not ticket.stage_id.closed)
        result = super().write(vals)
        closed = unsolved.filtered("stage_id.closed")
        for company, tickets in closed.grouped("company_id").items():
            self.env["crm.value.invitation"]._plan("ticket", company, tickets.ids)
        return result
