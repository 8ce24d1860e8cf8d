from odoo import models

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
