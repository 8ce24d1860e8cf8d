from odoo import models

from ...const import OFFICER
from ..desk.crm_value_panel import ORDER

PLACE = 34


class SaleOrder(models.Model):
    """A customer that costs more than it brings, beside a quotation: to officers."""

    _inherit = "sale.order"

    def _value_panel_lines(self):
        lines = super()._value_panel_lines()
        if not self.env.user.has_group(OFFICER):
            return lines
        asked = self._value_asked()
        profiles = self.env["crm.value.profile"]._by_customer(
            asked.company_id, asked.partner_id
        )
        for order in asked:
            profile = profiles.get(order._value_customer())
            if profile and profile.loses_much:
                lines[order].append(order._value_review_line(profile))
        return lines

    def _value_review_line(self, profile):
        """Return what a customer costs too much, and what was decided about it."""
        levers = profile._chart_labels("review_lever")
        said = (
            self.env._(
                "Costs more than it brings; decided: %(lever)s",
                lever=levers[profile.review_lever],
            )
            if profile.review_id
            else self.env._("Costs more than it brings; nothing is decided yet")
        )
        opens = {"title": said, "model": profile._name, "id": profile.id}
        return self._value_panel_line(
            PLACE, "review", said, tone="warning", opens=opens, part=ORDER
        )
