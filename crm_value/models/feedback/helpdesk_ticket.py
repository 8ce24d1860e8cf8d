from odoo import models
from odoo.tools import format_date

from .const import UNDONE

RECOVERY = "crm.value.recovery"


class HelpdeskTicket(models.Model):
    """Plans survey invitations when a ticket is closed; names what was answered badly.

    A negative response of the customer that nobody has dealt with is shown on its
    tickets, whoever serves them.
    """

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

    def _value_panel_lines(self):
        lines = super()._value_panel_lines()
        if not self.env.user.has_group("crm_value.group_part_satisfaction"):
            return lines
        undone = [
            ("company_id", "in", (self.company_id | self.env.company).ids),
            ("customer_id", "in", self.partner_id.commercial_partner_id.ids),
            ("kind", "=", "bad"),
            ("state", "in", UNDONE),
        ]
        found = self.env[RECOVERY].search_fetch(
            undone, ["company_id", "customer_id", "date"], order="date, id"
        )
        theirs = found.grouped(lambda one: (one.company_id.id, one.customer_id.id))
        for ticket in self:
            if answers := theirs.get(ticket._value_customer()):
                lines[ticket].append(ticket._value_answer_line(answers))
        return lines

    def _value_answer_line(self, answers):
        date = format_date(self.env, answers[0].date)
        said = self.env._("Negative response of %(date)s, not dealt with", date=date)
        first = self.env._("See to the negative response of %(date)s.", date=date)
        opens = self.env["crm.value.section"]._rows_of(
            self.env._("Negative Responses"), RECOVERY, [("id", "in", answers.ids)]
        )
        return self._value_panel_line(20, "answer", said, (20, first), "danger", opens)
