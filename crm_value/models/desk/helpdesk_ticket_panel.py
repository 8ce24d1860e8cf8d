from odoo import api, models


class HelpdeskTicket(models.Model):
    """Whoever serves a ticket sees what was promised, and the customer's matters."""

    _name = "helpdesk.ticket"
    _inherit = ["helpdesk.ticket", "crm.value.panel"]

    @api.depends("value_due", "value_waiting_since")
    def _compute_value_panel(self):
        return super()._compute_value_panel()

    def _value_panel_lines(self):
        lines = super()._value_panel_lines()
        for ticket in self.filtered("value_due"):
            lines[ticket].append(ticket._value_promise_line())
        return lines

    def _value_other_tickets(self, tickets):
        return tickets - self._origin

    def _value_tickets_told(self, _others, **texts):
        text = self.env._("%(tickets)s open besides, since %(date)s", **texts)
        first = self.env._(
            "See whether the customer's other tickets are about the same."
        )
        return {"text": text, "first": (60, first), "tone": ""}

    def _value_worklist_told(self, **texts):
        return self.env._("Then %(worklist)s: %(reason)s.", **texts)

    def _value_promise_line(self):
        """Return what the promise that is due next asks for."""
        answer = self._value_owes_answer()
        texts = {"due": self._value_moment(self.value_due)}
        if self.value_late:
            said = (
                self.env._("Answer now: an answer was promised by %(due)s.", **texts)
                if answer
                else self.env._("Solve it now: it was promised by %(due)s.", **texts)
            )
            return self._value_panel_line(0, "promise", first=(10, said), tone="danger")
        said = (
            self.env._("Answer by %(due)s.", **texts)
            if answer
            else self.env._("Solve it by %(due)s.", **texts)
        )
        return self._value_panel_line(0, "promise", first=(90, said))
