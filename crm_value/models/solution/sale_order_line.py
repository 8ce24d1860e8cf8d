from odoo import models


class SaleOrderLine(models.Model):
    """What a line of a quotation would bring."""

    _inherit = "sale.order.line"

    def _value_margin(self):
        """Return the margin of a line, None where its cost is not known."""
        if not self.product_uom_qty:
            return 0.0
        cost = self.purchase_price
        return self.price_subtotal - cost * self.product_uom_qty if cost else None
