from odoo import models
from odoo.tools import format_date

from .const import DONE, DUTIES


class HelpdeskTicket(models.Model):
    """The panel says which duty of a complaint is next; only a promise comes first."""

    _inherit = "helpdesk.ticket"

    def _value_panel_lines(self):
        lines = super()._value_panel_lines()
        if not self.env.user.has_group("crm_value.group_part_service"):
            return lines
        for ticket in self:
            complaint = ticket.sudo()  # the reader sees the ticket
            owed = complaint.value_duty not in (False, DONE[0])
            if owed and not complaint.closed:
                lines[ticket].append(complaint._value_complaint_line())
        return lines

    def _value_complaint_line(self):
        """Return what is owed next to whoever complained, and since when."""
        labels = dict(self._fields["value_duty"]._description_selection(self.env))
        said = self.env._(
            "Complaint: %(duty)s (%(done)s of %(all)s done), waiting since %(date)s",
            duty=labels[self.value_duty],
            done=sum(map(bool, self._value_done().values())),
            all=len(DUTIES),
            date=format_date(self.env, self.value_duty_since),
        )
        first = self.env._(
            "The complaint comes next: %(duty)s.", duty=labels[self.value_duty]
        )
        return self._value_panel_line(15, "complaint", said, (15, first), "warning")
