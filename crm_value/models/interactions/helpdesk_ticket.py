from odoo import models


class HelpdeskTicket(models.Model):
    """A ticket leads to all interactions with its customer."""

    _inherit = "helpdesk.ticket"

    def action_open_value_interactions(self):
        """Open what happened with the customer of a ticket."""
        self.ensure_one()
        action = self.partner_id.action_open_value_interactions()
        return {**action, "params": {**action["params"], "ticket_id": self.id}}
