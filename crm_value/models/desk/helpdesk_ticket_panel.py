from odoo import api, fields, models

from ...const import USER

OPEN, CONTACT = "open", "contact"  # the two headings of the panel


class HelpdeskTicket(models.Model):
    """What whoever serves a ticket should know of its customer, at one glance.

    Each capability adds its lines by ``_value_panel_lines()``. One sentence says what
    to do first: that of the line whose sentence has the lowest rank. A promise that is
    broken has rank 10, a bad answer 20, a late order 30, a worklist 40, an overdue
    invoice 50, other tickets 60, a promise that still runs 90.
    """

    _inherit = "helpdesk.ticket"

    value_panel = fields.Json(
        string="Customer's Matters",
        compute="_compute_value_panel",
        compute_sudo=False,
        groups=USER,
    )

    @api.depends("partner_id", "company_id", "value_due", "value_waiting_since")
    @api.depends_context("company", "lang", "tz", "uid")
    def _compute_value_panel(self):
        lines = self._value_panel_lines()
        for ticket in self:
            ticket.value_panel = self._value_panel_of(lines[ticket])

    @api.model
    def _value_panel_of(self, lines):
        """Return the panel that some lines make, False where there is nothing to say.

        :return: dict of first (what to do first, a line), open and contact (lines)
        """
        lines = sorted(lines, key=lambda line: line["order"])
        ranked = [line for line in lines if line["first"]]
        first = min(ranked, key=lambda line: line["first"][0], default=None)
        told = [line for line in lines if line["text"]]
        return bool(lines) and {
            "first": first and {**first, "text": first["first"][1]},
            **{
                part: [line for line in told if line["part"] == part]
                for part in (OPEN, CONTACT)
            },
        }

    def _value_panel_lines(self):
        """Return {ticket: lines}, for all of them in a few queries.

        A line is a dict as ``_value_panel_line()`` returns it. Who calls reads with
        rights of its own: a line says nothing of money to whom it is not shown.
        """
        return {
            ticket: [ticket._value_promise_line()] if ticket.value_due else []
            for ticket in self
        }

    @api.model
    def _value_panel_line(
        self, order, code, text="", first=None, tone="", opens=False, part=OPEN
    ):
        """Return one line.

        :param order: its place among the lines of its part
        :param text: one short sentence; "" where only ``first`` matters
        :param first: (rank, sentence) of what to do first because of it
        :param tone: "warning" or "danger" if something is wrong, else ""
        :param opens: rows behind it, as ``crm.value.section._rows_of()``, or a record:
            {"title", "model", "id"}; False where the reader may not read them
        """
        return {
            "order": order,
            "code": code,
            "text": text,
            "first": first,
            "tone": tone,
            "opens": opens,
            "part": part,
        }

    def _value_customer(self):
        """Return (company id, customer id), by which lines are found."""
        company = self.company_id or self.env.company
        return company.id, self.partner_id.commercial_partner_id.id

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
