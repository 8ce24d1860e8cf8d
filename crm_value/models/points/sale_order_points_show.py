from odoo import api, fields, models

from ...fields import NullableFloat

USER = "crm_value.group_user"


class SaleOrder(models.Model):
    """Shows on the order what the customer has, earns and spends in points."""

    _inherit = "sale.order"

    value_points = NullableFloat(
        string="Customer Points",
        digits=(16, 2),
        compute="_compute_value_points",
        groups=USER,
        help="Usable points of the customer; empty without a points program.",
    )
    value_points_earned = NullableFloat(
        string="Points to Earn",
        digits=(16, 2),
        compute="_compute_value_points",
        groups=USER,
        help="If all of the order is invoiced and paid, and nothing returned.",
    )
    value_points_spent = NullableFloat(
        string="Points Spent",
        digits=(16, 2),
        compute="_compute_value_points",
        groups=USER,
    )
    value_points_usable = fields.Char(compute="_compute_value_points", groups=USER)

    @api.depends(
        "partner_id", "company_id", "state", "order_line.points_cost", "amount_total"
    )
    def _compute_value_points(self):
        for order in self:
            program = order.company_id._points_program()
            if not program:
                order.value_points = order.value_points_earned = False
                order.value_points_spent = order.value_points_usable = False
                continue
            order.value_points = order._value_card_of_customer(program).points
            # Odoo counts the points of an order that is saved.
            saved = order._origin
            order.value_points_earned = saved and saved._value_points_to_earn(program)
            order.value_points_spent = sum(
                line.points_cost
                for line in order.order_line
                if line.coupon_id.value_ledger and line.product_uom_qty
            )
            order.value_points_usable = order._value_when_usable(program)

    def _value_card_of_customer(self, program):
        return program.env["loyalty.card"]._value_card_of(program, self.partner_id)

    def _value_points_to_earn(self, program):
        if self.state == "cancel":
            return 0
        if self.state == "sale":
            return self._value_own_promise().points
        return self._value_native_points(program) * self._value_points_rate(program)

    def _value_when_usable(self, program):
        days = program.value_return_days
        if not days:
            return self.env._("once the invoice is paid")
        return self.env._(
            "once the invoice is paid, %(days)s days after its date at the earliest",
            days=days,
        )
