from odoo import models

from .crm_value_ticketing import TICKET


class CrmValueProfile(models.Model):
    """Tickets among the documents behind a profile."""

    _inherit = "crm.value.profile"

    def _documents_tickets(self):
        return [(TICKET, self._of_customer())]
