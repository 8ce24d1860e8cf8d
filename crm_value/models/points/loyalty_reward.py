from odoo import models


class LoyaltyReward(models.Model):
    """The highest cost of one point spent on a reward."""

    _inherit = "loyalty.reward"

    def _value_point_worth(self):
        """Return the money one point is worth in this reward, False if not known."""
        self.ensure_one()
        if self.reward_type == "product":
            money = self.reward_product_id.lst_price * self.reward_product_qty
        elif self.discount_mode == "per_point":
            return self.discount
        elif self.discount_mode == "per_order":
            money = self.discount
        else:
            money = self.discount_max_amount
        return money / self.required_points if money else False
