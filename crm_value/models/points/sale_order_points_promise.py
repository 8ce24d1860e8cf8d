from odoo import models


class SaleOrder(models.Model):
    """What a confirmed order promises in points."""

    _inherit = "sale.order"

    def _value_promise(self):
        """Keep what each confirmed order will earn if all of it is invoiced."""
        # The points are the customer's, whoever confirms the order.
        for order in self.sudo().filtered(lambda order: order.state == "sale"):
            promise = order._value_own_promise()
            program = order.company_id._points_program()
            if promise:
                order._value_promise_again(promise)
            elif program and order._value_may_earn(program):
                rate = order._value_points_rate(program)
                cards = self.env["loyalty.card"].sudo()
                card = cards._value_ensure_cards(program, order.partner_id)
                promise.create(
                    {
                        **order._prepare_promise_vals(program, rate),
                        "rate": rate,
                        "order_id": order.id,
                        "card_id": card.id,
                        "company_id": order.company_id.id,
                    }
                )

    def _value_promise_again(self, promise=None):
        """Follow the lines of confirmed orders that have a promise."""
        for order in self.sudo().filtered(lambda order: order.state == "sale"):
            kept = promise or order._value_own_promise()
            if kept:
                kept.write(order._prepare_promise_vals(kept.program_id, kept.rate))

    def _value_own_promise(self):
        """Return the order's promise; one to another customer is taken back."""
        promise = self.env["crm.value.promise"].search(
            [("order_id", "=", self.id), ("superseded", "=", False)]
        )
        customer = self.partner_id.commercial_partner_id
        if promise and promise.partner_id.commercial_partner_id != customer:
            promise.write({"superseded": True, "points": 0})
            promise.flush_recordset()
            return promise.browse()
        return promise

    def _value_may_earn(self, program):
        return not self.partner_id.is_public and bool(
            program.filtered_domain(self._get_program_domain())
        )

    def _prepare_promise_vals(self, program, rate):
        points = self._value_native_points(program)
        return {"points": round(points * rate, 2), "amount": self._value_base()}

    def _value_native_points(self, program):
        """Return the points of the order by Odoo's rules of the program."""
        if not self._value_may_earn(program):
            return 0
        order = self.with_context(value_promise=True)
        status = order._program_check_compute_points(program)[program]
        return sum(status.get("points", [0]))

    def _get_order_line_price(self, order_line, price_type):
        """Promise points for money in the currency of the company, which owes them."""
        price = super()._get_order_line_price(order_line, price_type)
        if not self.env.context.get("value_promise"):
            return price
        return self.company_id.currency_id.round(price / (self.currency_rate or 1.0))

    def _value_base(self):
        """Return the money that points are promised for: products, without tax."""
        lines = self.order_line.filtered(
            lambda line: not (
                line.display_type or line.reward_id or line.is_downpayment
            )
        )
        return sum(lines.mapped("price_subtotal"))
