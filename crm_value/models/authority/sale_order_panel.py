from odoo import api, models

from ... import words
from ..desk.crm_value_panel import ORDER
from .const import ASKED


class SaleOrder(models.Model):
    """The panel says that an approval is needed, and what for."""

    _inherit = "sale.order"

    @api.depends(
        "order_line.price_unit",
        "order_line.discount",
        "order_line.product_uom_qty",
        "value_approval_ids.state",
    )
    def _compute_value_panel(self):
        return super()._compute_value_panel()

    def _value_panel_lines(self):
        lines = super()._value_panel_lines()
        for order, breach in self._value_asked()._value_breaches().items():
            said = self.env._(
                "More than may be given: %(what)s",
                what=words.clauses(self.env, order._value_say_breach(breach)),
            )
            ask = self.env._("Ask for an approval before you send it.")
            first = None if order._value_approval(ASKED) else (14, ask)
            line = order._value_panel_line(
                20, "authority", said, first, "warning", part=ORDER
            )
            lines[order].append(line)
        return lines
