from odoo import api, fields, models

from ...const import USER

# The headings of a panel, in the order in which they are read.
ORDER, USUAL, OPEN, CONTACT = PARTS = ("order", "usual", "open", "contact")


class CrmValuePanel(models.AbstractModel):
    """What whoever works on a document should know of its customer, at one glance.

    The document shows ``crm.value.badge`` and has a ``partner_id`` and a
    ``company_id``. Each capability adds its lines by ``_value_panel_lines()``, here
    where every document shows them, else on the document's model. One sentence says
    what to do first: that of the line whose sentence has the lowest rank. A promise
    that is broken has rank 10, a complaint 15, a bad answer 20, a late order 30, a
    worklist 40, an overdue invoice 50, other tickets 60, a promise that still runs 90.
    """

    _name = "crm.value.panel"
    _description = "Customer's Matters Beside a Document"

    value_panel = fields.Json(
        string="Customer's Matters",
        compute="_compute_value_panel",
        compute_sudo=False,
        groups=USER,
    )

    @api.depends("partner_id", "company_id")
    @api.depends_context("company", "lang", "tz", "uid")
    def _compute_value_panel(self):
        lines = self._value_panel_lines()
        for record in self:
            record.value_panel = self._value_panel_of(lines[record])

    @api.model
    def _value_panel_of(self, lines):
        """Return the panel that some lines make, False where there is nothing to say.

        :return: dict of first (what to do first, a line) and the lines of each part
        """
        lines = sorted(lines, key=lambda line: line["order"])
        ranked = [line for line in lines if line["first"]]
        first = min(ranked, key=lambda line: line["first"][0], default=None)
        told = [line for line in lines if line["text"]]
        return bool(lines) and {
            "first": first and {**first, "text": first["first"][1]},
            **{part: [line for line in told if line["part"] == part] for part in PARTS},
        }

    def _value_panel_lines(self):
        """Return {record: lines}, for all of them in a few queries.

        A line is a dict as ``_value_panel_line()`` returns it. Who calls reads with
        rights of its own: a line says nothing of money to whom it is not shown.
        """
        return {record: [] for record in self}

    def _value_asked(self):
        """Return the records beside which something is to be said."""
        return self.filtered("partner_id")

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

    def _value_rows(self, title, model, domain):
        return self.env["crm.value.section"]._rows_of(title, model, domain)
