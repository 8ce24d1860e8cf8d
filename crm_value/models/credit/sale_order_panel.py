from odoo import models

from ..desk.crm_value_panel import ORDER

PLACE, RANK = 30, 35
BAD = ("d", "e")


class SaleOrder(models.Model):
    """How the customer pays, in words, beside a quotation."""

    _inherit = "sale.order"

    def _value_panel_lines(self):
        lines = super()._value_panel_lines()
        asked = self._value_asked()
        profiles = self.env["crm.value.profile"]._by_customer(
            asked.company_id, asked.partner_id
        )
        for order in asked:
            profile = profiles.get(order._value_customer())
            if profile and profile.days_late_recent is not False:
                lines[order].append(order._value_credit_line(profile))
        return lines

    def _value_credit_line(self, profile):
        """Return the line of a profile; who pays late is agreed with before."""
        first, tone = None, "warning" if profile.overdue_count else ""
        if profile.credit_grade in BAD:
            said = self.env._("Agree how this is paid: it pays late as a rule.")
            first, tone = (RANK, said), "danger"
        return self._value_panel_line(
            PLACE, "credit", profile.credit_words, first, tone, part=ORDER
        )
