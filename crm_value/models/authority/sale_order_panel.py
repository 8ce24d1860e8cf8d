from odoo import api, models

from ..desk.crm_value_panel import ORDER
from .const import ASKED


class SaleOrder(models.Model):
    """An approval that nobody has asked for yet comes before much else.

    What it is needed for stands above the quotation already.
    """

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
        ask = self.env._("Ask for an approval before you send it.")
        for order in self._value_asked()._value_breaches():
            if not order._value_approval(ASKED):
                line = order._value_panel_line(
                    20, "authority", first=(14, ask), tone="warning", part=ORDER
                )
                lines[order].append(line)
        return lines
