from odoo import fields, models

from ... import words
from ...analytics.service import service
from .crm_value_ticketing import TICKET


class CrmValueProfile(models.Model):
    """Tickets among the documents behind a profile."""

    _inherit = "crm.value.profile"

    def _documents_tickets(self):
        return [(TICKET, self._window_tickets)]

    def _documents_closed_tickets(self):
        return [(TICKET, self._window_closed_tickets)]

    def _window_tickets(self, closed=False):
        """Return the domain of the tickets that were opened in the value window."""
        scope = self._document_scope()
        ids = self.env["crm.value.facts"]._ticket_ids(scope, closed)
        return [("id", "in", ids)]

    def _window_closed_tickets(self):
        return self._window_tickets(closed=True)

    def _signs(self):
        signs = super()._signs()
        if not self._shows("service"):
            return signs
        waiting = self.env["crm.value.ticketing"]._open_ones(
            self.company_id, self.partner_id
        )
        for profile in self:
            key = (profile.company_id.id, profile.partner_id.id)
            if key in waiting:
                signs[profile].append(profile._ticket_sign(*waiting[key]))
        return signs

    def _ticket_sign(self, count, oldest, urgent):
        """Return the open tickets; wrong is one that waits for long, or is urgent."""
        days = (fields.Datetime.now() - oldest).days
        slow = days > service.SLOW
        said = self.env._(
            "Open tickets: %(count)s, the oldest for %(days)s.",
            count=count,
            days=words.days(self.env, days),
        )
        return self._sign(
            50,
            "ticket",
            self.env._("Open tickets"),
            str(count),
            said,
            "warning" if slow or urgent else "",
        )

    def _life_lanes(self, days):
        lanes = super()._life_lanes(days)
        return [*lanes, self._ticket_lane()] if self._shows("service") else lanes

    def _ticket_lane(self):
        """Return the customer's tickets that the user may read."""
        ticket = self.env[TICKET].with_context(active_test=False)
        found = ticket.browse()
        if ticket.has_access("read"):
            found = ticket.search(
                [
                    ("commercial_partner_id", "=", self.partner_id.id),
                    ("company_id", "=", self.company_id.id),
                ],
                order="create_date",
            )
        day = fields.Datetime.context_timestamp
        return {
            "code": "tickets",
            "label": self.env._("Tickets"),
            "events": [
                {
                    "date": fields.Date.to_string(day(one, one.create_date).date()),
                    "text": one.display_name,
                    "tone": "" if one.stage_id.closed else "warning",
                    "model": TICKET,
                    "id": one.id,
                }
                for one in found
            ],
        }
