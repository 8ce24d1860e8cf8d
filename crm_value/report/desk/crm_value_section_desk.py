from odoo import api, models

from ... import words
from ...models.service.crm_value_ticketing import TICKET

TOLD = 5  # tickets to name; the list has the others


class CrmValueSectionDesk(models.AbstractModel):
    """The tickets of whoever reads that wait for an answer, the earliest due first.

    Who has none of their own, as an owner, is told nothing here: all together stand
    with the service to the customers.
    """

    _name = "crm.value.section.desk"
    _inherit = ["crm.value.section"]
    _description = "Own Tickets"
    _rank = 5
    _is_due = True
    _for = "helpdesk_mgmt.group_helpdesk_user_own"
    _part = "service"

    @api.model
    def _told(self, month):
        """Tell which tickets are due next; nothing where none is."""
        if not month["is_latest"]:
            return None
        mine = [
            ("company_id", "=", self.env.company.id),
            ("user_id", "=", self.env.uid),
            ("value_due", "!=", False),
        ]
        found = self.env[TICKET].search(mine, order="value_due, id", limit=TOLD)
        if not found:
            return None
        count = self.env[TICKET].search_count(mine)
        late = self.env[TICKET].search_count(
            [*mine, *self.env["crm.value.ticketing"]._overdue()]
        )
        label = self.env._("Your Tickets Due")
        return {
            "question": self.env._("Which of your tickets are due?"),
            "answer": self._say_waiting(count, late),
            "notes": [self.env._("The earliest due first.")] if count > 1 else [],
            "lines": [self._line(ticket) for ticket in found],
            "links": [{"label": label, "opens": self._rows_of(label, TICKET, mine)}],
        }

    @api.model
    def _say_waiting(self, count, late):
        """Say how many wait for the reader, and how many of them for too long."""
        tickets = words.tickets(self.env, count)
        if not late:
            return self.env._("Waiting for you: %(tickets)s", tickets=tickets)
        return self.env._(
            "Waiting for you: %(tickets)s, overdue: %(late)s",
            tickets=tickets,
            late=self._number(late),
        )

    @api.model
    def _line(self, ticket):
        """Return a ticket with whose it is, and what was promised until when."""
        return {
            "id": ticket.id,
            "name": ticket.name,
            "text": ticket.partner_id.display_name or False,
            "why": ticket.value_queue,
            "opens": {"model": TICKET, "id": ticket.id},
        }
