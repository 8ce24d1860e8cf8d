from odoo import models

from ..desk.crm_value_panel import ORDER
from .const import ASKED


class SaleOrder(models.Model):
    """The panel says that an approval is needed, and what for."""

    _inherit = "sale.order"

    def _value_panel_lines(self):
        lines = super()._value_panel_lines()
        asked = self._value_asked()
        for order, breach in asked._value_breaches().items():
            waits = order._value_approval(ASKED)
            said = self.env._(
                "More than may be given: %(what)s",
                what="; ".join(order._value_say_breach(breach)),
            )
            first = self.env._("Ask for an approval before you send it.")
            lines[order].append(
                order._value_panel_line(
                    20, "authority", said, None if waits else (14, first), "warning"
                    , part=ORDER
                )
            )
        return lines
