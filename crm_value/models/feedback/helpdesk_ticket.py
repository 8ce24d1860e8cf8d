from odoo import models


class HelpdeskTicket(models.Model):
    """A closed ticket is a moment to ask the customer."""

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

    def _value_reopen(self, note):
        """Put tickets back to work, and say why; who owns them is told."""
        for ticket in self:  # one answer, one ticket
            stages = ticket.team_id._get_applicable_stages()
            unsolved = stages.filtered(lambda stage: not stage.closed)
            ticket.stage_id = (
                unsolved.filtered(lambda s: not s.unattended)[:1] or unsolved[:1]
            )
            ticket._message_log(body=note)
