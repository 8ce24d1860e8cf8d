from odoo import models
from odoo.exceptions import UserError

from ...const import OURS, USER
from ...fields import NullableFloat


class SaleOrder(models.Model):
    """An order takes no more points than its customer wants to use on it."""

    _inherit = "sale.order"

    value_points_most = NullableFloat(
        string="Points to Use at Most",
        digits=(16, 2),
        copy=False,
        groups=USER,
        help="Empty: as many as the order can take.",
    )

    _value_points_most_positive = models.Constraint(
        "CHECK (value_points_most >= 0)", "Points to use cannot be negative."
    )

    def write(self, vals):
        """Let the rewards that are there already follow a new limit."""
        result = super().write(vals)
        if "value_points_most" in vals:
            for order in self:  # one form
                if order.state != "sale" and order.order_line.coupon_id:
                    order._update_programs_and_rewards()
        return result

    def _get_reward_values_discount(self, reward, coupon, **kwargs):
        order = self._value_limit_points(reward, coupon)
        return super(SaleOrder, order)._get_reward_values_discount(
            reward, coupon, **kwargs
        )

    def _get_reward_values_product(self, reward, coupon, **kwargs):
        order = self._value_limit_points(reward, coupon)
        return super(SaleOrder, order)._get_reward_values_product(
            reward, coupon, **kwargs
        )

    def _value_limit_points(self, reward, card):
        """Return the order, for a reward that would take as many points as there are.

        Odoo asks for the points of the card once more when it works out their number.
        """
        most = self.sudo().value_points_most  # of an order that is being changed
        if not (most and card.value_ledger and reward._value_takes_more()):
            return self
        if most < reward.required_points:
            raise UserError(
                self.env._(
                    "This reward takes at least %(points)s. Use more points, or "
                    "another reward.",
                    points=card._format_points(reward.required_points),
                )
            )
        return self.with_context(value_limited=OURS)

    def _get_real_points_for_coupon(self, coupon, post_confirm=False):
        points = super()._get_real_points_for_coupon(coupon, post_confirm)
        if self.env.context.get("value_limited") is OURS:
            return min(points, self.sudo().value_points_most)
        return points
