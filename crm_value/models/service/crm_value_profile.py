from odoo import models


class CrmValueProfile(models.Model):
    """Tickets among the documents behind a profile."""

    _inherit = "crm.value.profile"

    def _documents_tickets(self):
        return [("helpdesk.ticket", self._of_customer())]
