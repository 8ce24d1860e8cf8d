from odoo import fields, models
from odoo.tools import format_date

from ... import words
from ..service.crm_value_ticketing import TICKET


class HelpdeskTicket(models.Model):
    """What else the customer of a ticket asks, and why it is on a worklist."""

    _inherit = "helpdesk.ticket"

    def _value_panel_lines(self):
        lines = super()._value_panel_lines()
        asked = self.filtered("partner_id")
        theirs = asked._value_open_tickets().grouped(lambda t: t._value_customer())
        for ticket in asked:
            others = theirs.get(ticket._value_customer(), self.browse())
            others -= ticket._origin
            if others:
                lines[ticket].append(ticket._value_ticket_line(others))
            if ticket.value_profile_id.worklist_reason:
                lines[ticket].append(ticket._value_worklist_line())
        return lines

    def _value_open_tickets(self):
        """Return all open tickets of the customers that the reader may see."""
        companies = self.company_id | self.env.company
        customers = self.partner_id.commercial_partner_id
        return self.search_fetch(
            [
                ("company_id", "in", [*companies.ids, False]),
                ("commercial_partner_id", "in", customers.ids),
                ("stage_id.closed", "=", False),
                ("duplicate_id", "=", False),
            ],
            ["company_id", "partner_id", "create_date"],
        )

    def _value_ticket_line(self, others):
        since = min(ticket.create_date for ticket in others)
        said = self.env._(
            "%(tickets)s open besides, since %(date)s",
            tickets=words.tickets(self.env, len(others)),
            date=format_date(self.env, fields.Datetime.context_timestamp(self, since)),
        )
        first = self.env._(
            "See whether the customer's other tickets are about the same."
        )
        opens = self._value_rows(
            self.env._("Other Open Tickets"), TICKET, [("id", "in", others.ids)]
        )
        return self._value_panel_line(50, "tickets", said, (60, first), opens=opens)

    def _value_worklist_line(self):
        """Return why the customer is on a worklist, unless somebody has decided."""
        profile = self.value_profile_id
        labels = dict(profile._fields["worklist"]._description_selection(self.env))
        first = self.env._(
            "Then %(worklist)s: %(reason)s.",
            worklist=labels[profile.worklist],
            reason=profile.worklist_reason,
        )
        rank = None if profile.decision_id else (40, first)
        opens = {
            "title": profile.display_name,
            "model": profile._name,
            "id": profile.id,
        }
        return self._value_panel_line(60, "worklist", first=rank, opens=opens)
