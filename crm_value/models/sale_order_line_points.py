from odoo import api, models

COSTS = {"points_cost", "coupon_id", "reward_id", "product_uom_qty"}
PROMISES = {"price_unit", "product_uom_qty", "discount", "product_id", "tax_ids"}


class SaleOrderLine(models.Model):
    """Lines of a confirmed order change what it spends, and what it promises."""

    _inherit = "sale.order.line"

    _value_coupon_idx = models.Index("(coupon_id) WHERE coupon_id IS NOT NULL")

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        confirmed = lines.filtered(lambda line: line.state == "sale")
        confirmed.filtered("coupon_id").order_id._value_book_spent(check=True)
        confirmed.order_id._value_promise_again()
        return lines

    def write(self, vals):
        result = super().write(vals)
        confirmed = self.filtered(lambda line: line.state == "sale").order_id
        if COSTS & vals.keys():
            confirmed.filtered("order_line.coupon_id")._value_book_spent(check=True)
        if PROMISES & vals.keys():
            confirmed._value_promise_again()
        return result

    def unlink(self):
        confirmed = self.filtered(lambda line: line.state == "sale").order_id
        result = super().unlink()
        confirmed.exists()._value_book_spent()
        confirmed.exists()._value_promise_again()
        return result
