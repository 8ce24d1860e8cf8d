from odoo import models


class HelpdeskTicket(models.Model):
    """A ticket shows the value of its customer."""

    _name = "helpdesk.ticket"
    _inherit = ["helpdesk.ticket", "crm.value.badge"]
