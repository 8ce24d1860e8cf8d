from odoo import models


class SaleOrderLine(models.Model):
    """A changed line of an order or a quotation changes the value of its customer."""

    _name = "sale.order.line"
    _inherit = ["sale.order.line", "crm.value.marker"]

    _value_fields = frozenset(
        {"price_unit", "product_uom_qty", "discount", "purchase_price"}
    )

    def _mark_value_stale(self):
        self.order_id._mark_value_stale()
