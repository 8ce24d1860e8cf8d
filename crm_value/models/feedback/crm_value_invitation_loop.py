from odoo import models


class CrmValueInvitation(models.Model):
    """What an invitation was about, for what its answer sets off."""

    _inherit = "crm.value.invitation"

    def _recovery(self):
        """Return the reaction it asks about, empty if it asks about anything else."""
        recoveries = self.env["crm.value.recovery"]
        ids = self.filtered(lambda i: i.event == "recovery").mapped("res_id")
        return recoveries.browse(ids).exists()

    def _ticket(self):
        """Return the ticket it asks about, empty if it asks about anything else."""
        if self.event == "ticket":
            return self.env["helpdesk.ticket"].browse(self.res_id).exists()
        return self._recovery().ticket_id

    def _no_ticket(self):
        return self.env["helpdesk.ticket"]

    def _open(self):
        """Note that somebody is asked again about what was made good."""
        result = super()._open()
        self._recovery().filtered(lambda made: not made.again).again = "asked"
        return result
