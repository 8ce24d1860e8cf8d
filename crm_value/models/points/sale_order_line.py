from odoo import api, models
from odoo.exceptions import ValidationError

COSTS = {"points_cost", "coupon_id", "reward_id", "product_uom_qty"}
PROMISES = {"price_unit", "product_uom_qty", "discount", "product_id", "tax_ids"}


class SaleOrderLine(models.Model):
    """Changed lines of a confirmed order update its redemption and its accrual."""

    _inherit = "sale.order.line"

    _value_coupon_idx = models.Index("(coupon_id) WHERE coupon_id IS NOT NULL")

    @api.constrains("coupon_id")
    def _check_value_card(self):
        """Refuse to redeem points of another customer."""
        for line in self:
            card = line.coupon_id.sudo()  # who sells to one may not see others' cards
            customer = line.order_id.partner_id.commercial_partner_id
            if card.value_ledger and card.partner_id.commercial_partner_id != customer:
                raise ValidationError(
                    line.env._("These points belong to another customer.")
                )

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        confirmed = lines.filtered(lambda line: line.state == "sale")
        confirmed.filtered("coupon_id").order_id._value_book_spent(check=True)
        confirmed.order_id._value_accrue_again()
        return lines

    def write(self, vals):
        result = super().write(vals)
        confirmed = self.filtered(lambda line: line.state == "sale").order_id
        if COSTS & vals.keys():
            confirmed.filtered("order_line.coupon_id")._value_book_spent(check=True)
        if PROMISES & vals.keys():
            confirmed._value_accrue_again()
        return result

    def unlink(self):
        confirmed = self.filtered(lambda line: line.state == "sale").order_id
        result = super().unlink()
        confirmed.exists()._value_book_spent()
        confirmed.exists()._value_accrue_again()
        return result
