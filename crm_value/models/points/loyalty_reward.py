from odoo import models


class LoyaltyReward(models.Model):
    """The highest cost of one point spent on a reward."""

    _inherit = "loyalty.reward"

    def _value_point_worth(self):
        """Return the money one point is worth in this reward, False if not known."""
        self.ensure_one()
        if self.reward_type == "product":
            money = self.reward_product_id.lst_price * self.reward_product_qty
        elif self._value_is_per_point():
            return self.discount
        elif self.discount_mode == "per_order":
            money = self.discount
        else:
            money = self.discount_max_amount
        return money / self.required_points if money else False

    def _value_is_per_point(self):
        """Return whether each point takes some money off the order."""
        return self.reward_type == "discount" and self.discount_mode == "per_point"

    def _value_takes_more(self):
        """Return whether the reward takes as many points as there are, in its steps."""
        is_product = self.reward_type == "product"
        return not self.clear_wallet and (is_product or self._value_is_per_point())

    def _value_most_points(self, points):
        """Return how many of some points the reward takes at most, 0 if too few."""
        self.ensure_one()
        least = self.required_points
        if points < least:
            return 0.0
        if self.clear_wallet:
            return points
        return points // least * least if self._value_takes_more() else least
