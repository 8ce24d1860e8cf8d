from odoo import models
from odoo.tools import format_date

from .const import UNDONE

RECOVERY = "crm.value.recovery"


class CrmValuePanel(models.AbstractModel):
    """Names what was answered badly, and nobody has dealt with, to whoever is next."""

    _inherit = "crm.value.panel"

    def _value_panel_lines(self):
        lines = super()._value_panel_lines()
        if not self.env.user.has_group("crm_value.group_part_satisfaction"):
            return lines
        asked = self._value_asked()
        undone = [
            ("company_id", "in", (asked.company_id | self.env.company).ids),
            ("customer_id", "in", asked.partner_id.commercial_partner_id.ids),
            ("kind", "=", "bad"),
            ("state", "in", UNDONE),
        ]
        found = self.env[RECOVERY].search_fetch(
            undone, ["company_id", "customer_id", "date"], order="date, id"
        )
        theirs = found.grouped(lambda one: (one.company_id.id, one.customer_id.id))
        for record in asked:
            if answers := theirs.get(record._value_customer()):
                lines[record].append(record._value_answer_line(answers))
        return lines

    def _value_answer_line(self, answers):
        date = format_date(self.env, answers[0].date)
        said = self.env._("Negative response of %(date)s, not dealt with", date=date)
        first = self.env._("See to the negative response of %(date)s.", date=date)
        opens = self._value_rows(
            self.env._("Negative Responses"), RECOVERY, [("id", "in", answers.ids)]
        )
        return self._value_panel_line(20, "answer", said, (20, first), "danger", opens)
