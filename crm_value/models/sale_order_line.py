from odoo import api, models


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    @api.model_create_multi
    def create(self, vals_list):
        """A line added to a confirmed order changes the value of its customer."""
        lines = super().create(vals_list)
        lines._mark_value_stale()
        return lines

    def write(self, vals):
        """So does a new price, quantity, discount or cost."""
        result = super().write(vals)
        if {
            "price_unit",
            "product_uom_qty",
            "discount",
            "purchase_price",
        } & vals.keys():
            self._mark_value_stale()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_mark_value_stale(self):
        self._mark_value_stale()

    def _mark_value_stale(self):
        confirmed = self.order_id.filtered(lambda order: order.state == "sale")
        self.env["crm.value.stale"]._mark_documents(confirmed)
