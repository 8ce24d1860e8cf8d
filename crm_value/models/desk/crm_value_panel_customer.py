from odoo import fields, models
from odoo.tools import format_date

from ... import words
from ..service.crm_value_ticketing import TICKET


class CrmValuePanel(models.AbstractModel):
    """What the customer of a document asks, and why it is on a worklist."""

    _inherit = "crm.value.panel"

    def _value_panel_lines(self):
        lines = super()._value_panel_lines()
        asked = self._value_asked()
        tickets = asked._value_open_tickets()
        readable = self.env[TICKET].browse(tickets.ids)._filtered_access("read")
        theirs = tickets.grouped(lambda ticket: ticket._value_customer())
        for record in asked:
            open_ = theirs.get(record._value_customer(), self.env[TICKET])
            if others := record._value_other_tickets(open_):
                opens = others & readable
                lines[record].append(record._value_ticket_line(others, opens))
            if record.value_profile_id.worklist_reason:
                lines[record].append(record._value_worklist_line())
        return lines

    def _value_open_tickets(self):
        """Return all open tickets of the customers that the reader may see."""
        companies = self.company_id | self.env.company
        customers = self.partner_id.commercial_partner_id
        return self.env[TICKET].search_fetch(
            [
                ("company_id", "in", [*companies.ids, False]),
                ("commercial_partner_id", "in", customers.ids),
                ("stage_id.closed", "=", False),
                ("duplicate_id", "=", False),
            ],
            ["company_id", "partner_id", "create_date"],
        )

    def _value_other_tickets(self, tickets):
        """Return those of the customer's tickets that are news beside the document."""
        return tickets

    def _value_ticket_line(self, others, readable):
        since = min(ticket.create_date for ticket in others)
        told = self._value_tickets_told(
            others,
            tickets=words.tickets(self.env, len(others)),
            date=format_date(self.env, fields.Datetime.context_timestamp(self, since)),
        )
        opens = readable and self._value_rows(
            self.env._("Other Open Tickets"), TICKET, [("id", "in", readable.ids)]
        )
        return self._value_panel_line(50, "tickets", opens=opens or False, **told)

    def _value_tickets_told(self, _others, **texts):
        """Return text, first and tone of the line of open tickets."""
        text = self.env._("%(tickets)s open, since %(date)s", **texts)
        first = self.env._("See what the customer has asked.")
        return {"text": text, "first": (60, first), "tone": ""}

    def _value_worklist_line(self):
        """Return why the customer is on a worklist, unless somebody has decided."""
        profile = self.value_profile_id
        labels = dict(profile._fields["worklist"]._description_selection(self.env))
        first = self._value_worklist_told(
            worklist=labels[profile.worklist], reason=profile.worklist_reason
        )
        rank = None if profile.decision_id else (40, first)
        opens = {
            "title": profile.display_name,
            "model": profile._name,
            "id": profile.id,
        }
        return self._value_panel_line(60, "worklist", first=rank, opens=opens)

    def _value_worklist_told(self, **texts):
        return self.env._("%(worklist)s: %(reason)s.", **texts)
