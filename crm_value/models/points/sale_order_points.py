from odoo import models


class SaleOrder(models.Model):
    """An order spends points at once, and promises those that its invoices earn.

    Of Odoo's own flow the rewards remain. What it would grant at confirmation and move
    on the card is left out: the ledger follows the order instead.
    """

    _inherit = "sale.order"

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
        program = self.company_id._points_program()
        cards = self.env["loyalty.card"]
        if not program or not self._allow_nominative_programs():
            return cards
        return cards._value_card_of(program, self.partner_id)

    def _update_programs_and_rewards(self):
        self._value_use_cards()
        return super()._update_programs_and_rewards()

    def _program_check_compute_points(self, programs):
        """Grant nothing of a ledger program now: its points come with the invoices."""
        result = super()._program_check_compute_points(programs)
        if not self.env.context.get("value_promise"):
            for program in programs.filtered("value_ledger"):
                result[program] = {
                    "error": self.env._("Points are earned when the invoice is paid.")
                }
        return result

    def _add_loyalty_history_lines(self):
        """Leave ledger cards to their own lines."""
        order = self.with_context(value_native_lines=True)
        return super(SaleOrder, order)._add_loyalty_history_lines()

    def _update_loyalty_history(self, coupon_id, points):
        if coupon_id.sudo().value_ledger:
            return None
        return super()._update_loyalty_history(coupon_id, points)

    def action_confirm(self):
        self._value_use_cards()
        result = super().action_confirm()
        self._value_book_spent(check=True)
        self._value_promise()
        return result

    def _action_cancel(self):
        """Give back what was spent; the lines of both stay."""
        order = self.with_context(value_keep_lines=True)
        result = super(SaleOrder, order)._action_cancel()
        self._value_book_spent()
        return result

    def _value_book_spent(self, check=False):
        """Book what the rewards of these orders cost by now."""
        if self:
            # Lines are written in the name of the order, whoever works on it.
            points = self.env["crm.value.points"].sudo()
            points._settle_spent(orders=self, check=check)
