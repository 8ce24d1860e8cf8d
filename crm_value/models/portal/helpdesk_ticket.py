from odoo import models


class HelpdeskTicket(models.Model):
    """The customer reads on a ticket until when an answer was promised."""

    _inherit = "helpdesk.ticket"

    def _value_say_promise(self):
        """Return what is promised next, "" where nothing is or nothing runs."""
        self.ensure_one()
        ticket = self.sudo()  # of a ticket that is shown; customers see no targets
        if not self.env["res.groups"]._value_uses("service"):
            return ""
        if ticket.value_waiting_since:
            return self.env._("We are waiting for your answer.")
        if not ticket.value_due:
            return ""
        due = ticket._value_moment(ticket.value_due)
        if ticket.value_late:
            return (
                self.env._("An answer was promised by %(due)s.", due=due)
                if ticket._value_owes_answer()
                else self.env._("A solution was promised by %(due)s.", due=due)
            )
        return (
            self.env._("Answer by %(due)s", due=due)
            if ticket._value_owes_answer()
            else self.env._("Solution by %(due)s", due=due)
        )
