from odoo import api, fields, models

from ... import words
from ...const import OURS, USER
from ...fields import NullableFloat


class SaleOrder(models.Model):
    """Redeems points on confirmation, and accrues those that its invoices will earn.

    Of Odoo's own flow the rewards remain. What it would grant at confirmation and move
    on the card is left out: the ledger follows the order instead.
    """

    _inherit = "sale.order"

    value_points = NullableFloat(
        string="Customer Points",
        digits=(16, 2),
        compute="_compute_value_points",
        groups=USER,
        help="Usable points of the customer. Empty without a points program.",
    )
    value_points_earned = NullableFloat(
        string="Points to Earn",
        digits=(16, 2),
        compute="_compute_value_points",
        groups=USER,
        help="If the order is fully invoiced and paid, without returns.",
    )
    value_points_spent = NullableFloat(
        string="Points Spent",
        digits=(16, 2),
        compute="_compute_value_points",
        groups=USER,
    )
    value_points_usable = fields.Char(compute="_compute_value_points", groups=USER)

    def _value_points_rate(self, program):
        """Return by how much the points of this order are multiplied."""
        return 1.0

    def _value_use_cards(self):
        """Let each order use the card of its customer's company, and no other one.

        A card below zero stays away: Odoo would refuse the order because of it.
        """
        for order in self:
            # Cards of others are taken off an order that changed hands.
            applied = order.sudo().applied_coupon_ids
            card = order.sudo()._value_card()
            usable = card.filtered(lambda c: c.points > 0)
            wrong = applied.filtered("value_ledger") - usable
            if wrong or usable - applied:
                order.applied_coupon_ids = (applied - wrong + usable).with_env(self.env)

    def _value_card(self):
        """Return the card that the order may spend from, an empty one if none."""
        program = self.company_id._value_points_program()
        cards = self.env["loyalty.card"]
        if not program or not self._allow_nominative_programs():
            return cards
        return cards._value_card_of(program, self.partner_id)

    # --- Odoo's reward flow, which alone ties discounts to the points they take ---

    def _value_in_reward_flow(self):
        return self.with_context(value_rewards=OURS)

    def _update_programs_and_rewards(self):
        self._value_use_cards()
        order = self._value_in_reward_flow()
        return super(SaleOrder, order)._update_programs_and_rewards()

    def _apply_program_reward(self, reward, coupon, **kwargs):
        order = self._value_in_reward_flow()
        return super(SaleOrder, order)._apply_program_reward(reward, coupon, **kwargs)

    def _get_real_points_for_coupon(self, coupon, post_confirm=False):
        """Take no points twice for what an invoice gives that came before."""
        points = super()._get_real_points_for_coupon(coupon, post_confirm)
        rewards = self.order_line.filtered(lambda line: line.coupon_id == coupon)
        return points + sum(rewards._value_billed_rewards().mapped("points_cost"))

    def copy(self, default=None):
        """Let rewards be copied: Odoo takes them off the copy, and nobody chose them.

        Lines that the caller brings along are entered by hand.
        """
        by_hand = "order_line" in (default or {})
        order = self if by_hand else self._value_in_reward_flow()
        return super(SaleOrder, order).copy(default).with_env(self.env)

    # --- What Odoo would move at once is left to the ledger ---

    def _program_check_compute_points(self, programs):
        """Grant no ledger points yet: they are earned with the invoices."""
        result = super()._program_check_compute_points(programs)
        if self.env.context.get("value_promise") is not OURS:
            for program in programs.filtered("value_ledger"):
                result[program] = {
                    "error": self.env._("Points are earned when the invoice is paid.")
                }
        return result

    def _add_loyalty_history_lines(self):
        """Leave ledger cards to their own lines."""
        order = self.with_context(value_native_lines=OURS)
        return super(SaleOrder, order)._add_loyalty_history_lines()

    def _update_loyalty_history(self, coupon_id, points):
        if coupon_id.sudo().value_ledger:
            return None
        return super()._update_loyalty_history(coupon_id, points)

    def action_confirm(self):
        self._value_use_cards()
        result = super().action_confirm()
        self._value_book_spent(check=True)
        self._value_accrue()
        return result

    def _action_cancel(self):
        """Refund spent points; both transactions stay."""
        order = self.with_context(value_keep_lines=OURS)
        result = super(SaleOrder, order)._action_cancel()
        self._value_book_spent()
        return result

    def _value_book_spent(self, check=False):
        """Book what the rewards of these orders cost by now."""
        if self:
            # Lines are written in the name of the order, whoever works on it.
            points = self.env["crm.value.points"].sudo()
            points._settle_spent(orders=self, check=check)

    # --- Points accrued by a confirmed order ---

    def _value_accrue(self):
        """Accrue the points that each confirmed order earns if fully invoiced."""
        # The points are the customer's, whoever confirms the order.
        for order in self.sudo().filtered(lambda order: order.state == "sale"):
            accrual = order._value_own_accrual()
            program = order.company_id._value_points_program()
            if accrual:
                order._value_accrue_again(accrual)
            elif program and order._value_may_earn(program):
                rate = order._value_points_rate(program)
                cards = self.env["loyalty.card"].sudo()
                card = cards._value_ensure_cards(program, order.partner_id)
                accrual.create(
                    {
                        **order._value_prepare_accrual_vals(program, rate),
                        "rate": rate,
                        "order_id": order.id,
                        "card_id": card.id,
                        "company_id": order.company_id.id,
                    }
                )

    def _value_accrue_again(self, accrual=None):
        """Update the accrual of confirmed orders whose lines changed."""
        for order in self.sudo().filtered(lambda order: order.state == "sale"):
            kept = accrual or order._value_own_accrual()
            if kept:
                kept.write(
                    order._value_prepare_accrual_vals(kept.program_id, kept.rate)
                )

    def _value_own_accrual(self):
        """Return the order's accrual; one for another customer is superseded."""
        accrual = self.env["crm.value.promise"].search(
            [("order_id", "=", self.id), ("superseded", "=", False)]
        )
        customer = self.partner_id.commercial_partner_id
        if accrual and accrual.partner_id.commercial_partner_id != customer:
            accrual.write({"superseded": True, "points": 0})
            accrual.flush_recordset()
            return accrual.browse()
        return accrual

    def _value_may_earn(self, program):
        return not self.partner_id.is_public and bool(
            program.filtered_domain(self._get_program_domain())
        )

    def _value_prepare_accrual_vals(self, program, rate):
        points = self._value_native_points(program)
        return {"points": round(points * rate, 2), "amount": self._value_base()}

    def _value_native_points(self, program):
        """Return the points of the order by Odoo's rules of the program."""
        if not self._value_may_earn(program):
            return 0
        order = self.with_context(value_promise=OURS)
        status = order._program_check_compute_points(program)[program]
        return sum(status.get("points", [0]))

    def _get_order_line_price(self, order_line, price_type):
        """Accrue points for money in the currency of the company, which owes them."""
        price = super()._get_order_line_price(order_line, price_type)
        if self.env.context.get("value_promise") is not OURS:
            return price
        return self.company_id.currency_id.round(price / (self.currency_rate or 1.0))

    def _value_base(self):
        """Return the amount that points are accrued for: products, without tax."""
        lines = self.order_line.filtered(
            lambda line: not (
                line.display_type or line.reward_id or line.is_downpayment
            )
        )
        return sum(lines.mapped("price_subtotal"))

    # --- Shows on the order what the customer has, earns and spends in points ---

    @api.depends(
        "partner_id", "company_id", "state", "order_line.points_cost", "amount_total"
    )
    def _compute_value_points(self):
        for order in self:
            program = order.company_id._value_points_program()
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
            return self._value_own_accrual().points
        return self._value_native_points(program) * self._value_points_rate(program)

    def _value_when_usable(self, program):
        days = program.value_return_days
        if not days:
            return self.env._("once the invoice is paid")
        return self.env._(
            "once the invoice is paid, at the earliest %(days)s after the invoice date",
            days=words.days(self.env, days),
        )
