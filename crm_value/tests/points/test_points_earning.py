"""Invoices earn points once they are paid; credit notes take back their share."""

from itertools import permutations

from odoo import Command, fields
from odoo.tests import freeze_time, tagged

from ..common import TODAY, ago
from .points_common import PointsCommon


@tagged("post_install", "-at_install")
class TestPointsEarning(PointsCommon):
    def _paid(self, amount=100, partner=None):
        order = self._order(partner or self.anna, amount)
        invoice = self._bill(order)
        self._pay(invoice)
        self._settle_points()
        return order, invoice

    @property
    def card(self):
        return self._card_of(self.acme)

    def assertPoints(self, usable, locked=0):
        self._settle_points()
        self.assertLedger(self.card, usable)
        self.assertEqual(self.card.value_locked_points, locked)
        before = len(self.card.history_ids)
        self._settle_points()
        self.assertEqual(len(self.card.history_ids), before, "settled twice")

    def test_points_are_usable_when_the_invoice_is_paid(self):
        order = self._order(self.anna, 100)
        self.assertPoints(0)
        invoice = self._bill(order)
        self.assertPoints(0, locked=100)
        self.assertEqual(self.anna.value_points_locked, 100)
        self._pay(invoice, amount=60)
        self.assertPoints(0, locked=100)
        self._pay(invoice)
        self.assertPoints(100)
        line = self.card.history_ids
        self.assertEqual(
            (line.value_kind, line.value_move_id, line.value_order_id, line.value_date),
            ("earned", invoice, order, TODAY),
        )
        earned = self.points._earned_by_customer(self.company, TODAY, TODAY)
        self.assertEqual(earned, {self.acme.id: 100})
        self.assertFalse(self.points._earned_by_customer(self.company, ago(9), ago(1)))

    def test_points_wait_for_the_end_of_the_return_window(self):
        self.program.value_return_days = 14
        self._paid()
        self.assertPoints(0, locked=100)
        self.assertEqual(str(self.card.value_earning_ids.usable_date), "2026-06-29")
        with freeze_time("2026-06-28 12:00:00"):
            self.assertPoints(0, locked=100)
        with freeze_time("2026-06-29 12:00:00"):
            self.assertPoints(100)

    def test_refresh_settles_customers_with_new_documents(self):
        self._score()
        self._refresh()
        order = self._order(self.anna, 100)
        invoice = self._bill(order)
        self._refresh()
        self.assertEqual(self.card.value_locked_points, 100)
        self._forget_stale()
        self._pay(invoice)
        self.assertEqual(self._stale(), self.acme)
        self._refresh()
        self.assertLedger(self.card, 100)

    def test_partial_invoices_earn_exactly_the_promise(self):
        order = self._order(self.acme, 10.01, line={"product_uom_qty": 3})
        for _n in range(3):
            invoice = order._create_invoices()
            invoice.invoice_date = TODAY
            left = order.order_line.qty_to_invoice
            invoice.invoice_line_ids.quantity = 1 if left != 1 else left
            invoice.action_post()
            self._pay(invoice)
        self.assertPoints(30.03)
        self.assertEqual(len(self.card.history_ids), 3)

    def test_parts_of_a_promise_are_rounded_together(self):
        self.program.rule_ids.reward_point_mode = "order"
        order = self._order(self.acme, 10, line={"product_uom_qty": 3})
        for _n in range(3):
            invoice = order._create_invoices()
            invoice.invoice_line_ids.quantity = 1
            invoice.action_post()
            self._pay(invoice)
            self._settle_points()
        self.assertPoints(1)
        self.assertEqual(
            sorted(self.card.history_ids.mapped("issued")), [0.33, 0.33, 0.34]
        )

    def test_down_payment_earns_nothing_by_itself(self):
        order = self._order(self.acme, 100)
        wizard = self.env["sale.advance.payment.inv"].with_context(
            active_model="sale.order", active_ids=order.ids
        )
        wizard = wizard.create({"advance_payment_method": "percentage", "amount": 30})
        first = wizard._create_invoices(order)
        first.action_post()
        self._pay(first)
        self.assertPoints(0)
        last = self._bill(order)
        self.assertEqual(last.amount_total, 70)
        self._pay(last)
        self.assertPoints(100)

    def test_rewards_earn_nothing_and_cost_nothing_of_the_promise(self):
        self._card(self.acme, 1000)
        order = self._order(self.acme, 100, confirm=False)
        order._update_programs_and_rewards()
        order._apply_program_reward(self.reward, self.card)
        order.action_confirm()
        self._pay(self._bill(order))
        self.assertPoints(100)

    def test_credit_note_takes_back_its_share(self):
        _order, invoice = self._paid()
        self._refund(invoice, 30)
        self.assertPoints(70)
        self.assertEqual(self.card.history_ids[0].value_kind, "returned")
        self._refund(invoice, 70)
        self.assertPoints(0)

    def test_debt_written_off_earns_nothing(self):
        invoice = self._bill(self._order(self.anna, 100))
        self._write_off(invoice, paid=30)
        self.assertPoints(30)
        other = self._bill(self._order(self.anna, 50))
        self._pay(other)
        self.assertPoints(80)

    def test_credit_of_goodwill_counts_against_its_invoice(self):
        _order, invoice = self._paid()
        refund = self._refund(invoice, post=False)
        refund.invoice_line_ids = [
            Command.clear(),
            Command.create({"name": "Sorry", "price_unit": 20, "tax_ids": False}),
        ]
        refund.action_post()
        self.assertPoints(80)

    def test_goodwill_in_another_currency_takes_what_it_is_worth(self):
        _order, invoice = self._paid()
        refund = self._goodwill(invoice, 1500, self._currency("JPY", 150))
        self.assertEqual(refund.amount_untaxed_signed, -10)
        self.assertPoints(90)

    def test_goodwill_that_is_reversed_takes_nothing(self):
        _order, invoice = self._paid()
        refund = self._goodwill(invoice, 20, self.usd)
        self.assertPoints(80)
        again = self._refund(refund)
        self._settle(refund, again)
        self.assertPoints(100)

    def _goodwill(self, invoice, amount, currency):
        refund = self._refund(invoice, post=False)
        refund.currency_id = currency
        refund.invoice_line_ids = [
            Command.clear(),
            Command.create({"name": "Sorry", "price_unit": amount, "tax_ids": False}),
        ]
        refund.action_post()
        return refund

    def test_credit_that_reverses_no_invoice_takes_the_latest_first(self):
        order = self._order(self.acme, 10, line={"product_uom_qty": 10})
        first = order._create_invoices()
        first.write({"invoice_date": ago(5), "date": ago(5)})
        first.invoice_line_ids.quantity = 6
        first.action_post()
        second = self._bill(order)
        self._pay(first)
        refund = self._refund(second, 60, post=False)
        refund.reversed_entry_id = False
        refund.action_post()
        self.assertPoints(40)
        self._pay(second)
        self.assertPoints(40)

    def test_credit_note_reversed_gives_back_with_the_old_date(self):
        _order, invoice = self._paid()
        with freeze_time("2026-07-15 12:00:00"):
            refund = self._refund(invoice)
            self.assertPoints(0)
            again = self._refund(refund)
            self.assertPoints(100)
            again.line_ids.remove_move_reconcile()
            self.assertPoints(0)  # what is invoiced again is not paid
            self._settle(refund, again)
            self.assertPoints(100)
        self.assertEqual(set(self.card.history_ids.mapped("value_date")), {TODAY})
        earned = self.points._earned_by_customer(self.company, TODAY, TODAY)
        self.assertEqual(earned, {self.acme.id: 100})

    def test_spent_points_taken_back_leave_a_debt(self):
        _order, invoice = self._paid()
        self.lines.create({"card_id": self.card.id, "description": "-", "used": 60})
        self._refund(invoice)
        self.assertPoints(-60)

    def test_spent_points_are_claimed_to_zero_and_the_rest_is_noted(self):
        self.program.value_claim = "zero"
        _order, invoice = self._paid()
        self.lines.create({"card_id": self.card.id, "description": "-", "used": 60})
        refund = self._refund(invoice)
        self.assertPoints(0)
        line = self.card.history_ids[0]
        self.assertEqual((line.used, line.value_unclaimed), (40, 60))
        self.assertIn("60 ", self.card.message_ids[0].body)
        self._refund(refund)
        self.assertPoints(40)
        self.assertEqual(sum(self.card.history_ids.mapped("value_unclaimed")), 0)

    def _spend_all(self, amount=50):
        order = self._order(self.acme, amount, confirm=False)
        order._update_programs_and_rewards()
        order._apply_program_reward(self.reward, self.card)
        order.action_confirm()
        return order

    def test_unclaimed_points_are_claimed_when_they_are_given_back(self):
        self.program.value_claim = "zero"
        _order, invoice = self._paid(1000)
        spending = self._spend_all()
        self.assertPoints(0)
        refund = self._refund(invoice)
        self.assertPoints(0)
        self.assertEqual(sum(self.card.history_ids.mapped("value_unclaimed")), 1000)
        spending._action_cancel()
        self.assertPoints(0)
        self.assertEqual(sum(self.card.history_ids.mapped("value_unclaimed")), 0)
        earned = self.points._earned_by_customer(self.company, TODAY, TODAY)
        self.assertFalse(earned.get(self.acme.id))
        self._refund(refund)
        self.assertPoints(1000)

    def test_only_points_that_come_back_are_claimed(self):
        self.program.value_claim = "zero"
        _order, invoice = self._paid(1000)
        spending = self._spend_all(6)
        self._refund(invoice)
        self.assertPoints(0)
        self._paid(500)
        self.assertPoints(500)
        spending._action_cancel()
        self.assertPoints(500)

    def _returned_and_cancelled(self, *steps):
        """Return the balance of a customer after points come back in some order."""
        partner = self._customer(" ".join(steps))
        _order, invoice = self._paid(1000, partner)
        _order, later = self._paid(300, partner)
        self.acme, acme = partner, self.acme
        spending = self._spend_all()
        happens = {
            "return": lambda: self._refund(invoice),
            "return a part": lambda: self._refund(later, 100),
            "cancel": spending._action_cancel,
        }
        for step in steps:
            happens[step]()
            self._settle_points()
        self.assertLedger(self.card, self.card.points)
        balance, self.acme = self.card.points, acme
        return balance

    def test_order_of_events_does_not_matter(self):
        steps = ("return", "return a part", "cancel")
        for claim in ("zero", "negative"):
            self.program.value_claim = claim
            for order in permutations(steps):
                with self.subTest(claim=claim, order=order):
                    self.assertEqual(self._returned_and_cancelled(*order), 200)

    def test_payment_undone_takes_back_and_paid_again_gives_the_old_date(self):
        _order, invoice = self._paid()
        with freeze_time("2026-07-15 12:00:00"):
            invoice.line_ids.remove_move_reconcile()
            self.assertPoints(0, locked=100)
            self._pay(invoice)
            self.assertPoints(100)
        self.assertEqual(set(self.card.history_ids.mapped("value_date")), {TODAY})

    def test_cancelled_and_reset_documents_earn_nothing(self):
        order, invoice = self._paid()
        invoice.button_draft()
        self.assertPoints(0)
        invoice.action_post()
        self.assertPoints(100)  # Odoo matches the payment again
        invoice.button_draft()
        invoice.button_cancel()
        self.assertPoints(0)
        order._action_cancel()
        self.assertPoints(0)

    def test_order_confirmed_for_another_customer_moves_its_points(self):
        order, _invoice = self._paid()
        order._action_cancel()
        self.assertPoints(0)
        order.action_draft()
        bob = order.partner_id = self._customer("Bob")
        order.action_confirm()
        self.assertPoints(0)
        self.assertLedger(self._card_of(bob), 100)

    def test_currency_of_the_invoice_does_not_matter(self):
        euro = self._currency("EUR", 0.5)
        order = self._order(self.acme, 100)
        invoice = self._bill(order, post=False)
        invoice.currency_id = euro
        invoice.invoice_line_ids.price_unit = 50
        invoice.action_post()
        self._pay(invoice)
        self.assertPoints(100)

    def _foreign_order(self, amount, qty=1):
        """Return an order in a currency of which 150 are one of the company's."""
        pricelist = self.env["product.pricelist"].create(
            {"name": "Yen", "currency_id": self._currency("JPY", 150).id}
        )
        order = self._order(
            self.acme,
            amount,
            pricelist_id=pricelist.id,
            line={"product_uom_qty": qty, "price_unit": amount},
        )
        self.assertEqual(order.currency_id.name, "JPY")
        return order

    def test_order_in_another_currency_earns_for_money_of_the_company(self):
        order = self._foreign_order(15000)
        self.assertEqual(order.value_points_earned, 100)
        invoice = self._bill(order, share=0.5)
        self._pay(invoice)
        self.assertPoints(50)
        self._pay(self._bill(order))
        self.assertPoints(100)
        order.order_line.product_uom_qty = 2
        self._pay(self._bill(order))
        self.assertPoints(200)

    def test_points_for_units_and_orders_know_no_currency(self):
        self.program.rule_ids.reward_point_mode = "unit"
        self.program.rule_ids.reward_point_amount = 7
        self.program.rule_ids = [
            Command.create({"reward_point_mode": "order", "reward_point_amount": 5}),
            Command.create({"reward_point_mode": "money", "reward_point_amount": 2}),
        ]
        order = self._foreign_order(15000, qty=3)
        self._pay(self._bill(order))
        self.assertPoints(3 * 7 + 5 + 300 * 2)

    def test_other_companies_and_old_orders_earn_nothing_here(self):
        self.program.active = False
        _order, invoice = self._paid()
        self.program.active = True
        self._settle_points()
        self.assertFalse(self.card)
        order = self._order(self.acme, 5)
        self.assertEqual(fields.Date.today(), TODAY)
        self._pay(self._bill(order))
        self.assertPoints(5)
        self.assertEqual(self.card.history_ids.value_order_id, order)

    def test_public_user_gets_no_card(self):
        self._order(self.env.ref("base.public_user").partner_id, 100)
        self.assertFalse(self.card)

    def _count(self, size):
        customers = [self._customer(f"{size} {n}") for n in range(size)]
        for customer in customers:
            self._pay(self._bill(self._order(customer, 10)))
        cards = self._card_of(self.env["res.partner"].concat(*customers))
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        cards._value_settle()
        self.env.flush_all()
        count = self.env.cr.sql_log_count - before
        self.assertEqual(sum(cards.mapped("points")), 10 * size)
        return count

    def test_settling_costs_the_same_for_few_and_many(self):
        self._count(1)
        self.assertEqual(self._count(3), self._count(30))
