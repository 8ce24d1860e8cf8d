from odoo import api, models

RELEVANT = {"price_unit", "product_uom_qty", "discount", "purchase_price"}


class SaleOrderLine(models.Model):
    """A changed line of an order or a quotation changes the value of its customer."""

    _inherit = "sale.order.line"

    @api.model_create_multi
    def create(self, vals_list):
        """Mark the customers of the orders."""
        lines = super().create(vals_list)
        lines._mark_value_stale()
        return lines

    def write(self, vals):
        """Mark the customers where price, quantity or cost changed."""
        result = super().write(vals)
        if RELEVANT & vals.keys():
            self._mark_value_stale()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_mark_value_stale(self):
        self._mark_value_stale()

    def _mark_value_stale(self):
        self.order_id._mark_value_stale()
