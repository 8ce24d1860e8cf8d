"""Ordinary orders in dong or rupiah are points by the millions; nothing overflows."""

from datetime import timedelta

from odoo import fields
from odoo.tests import freeze_time, tagged

from .points_common import PointsCommon

# With three decimals, more than a thousand million are too many digits for Odoo itself.
LARGE = [(name, amount) for name in ("VND", "IDR") for amount in (25_000_000, 10**12)]
LARGE += [("KWD", 25_000_000), ("KWD", 10**9)]


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 12:00:00")
class TestPointsLarge(PointsCommon):
    def _in_currency(self, name, **values):
        """Let the company count in a currency, in a program of its own."""
        currency = self._currency(name, 1)
        self.company.currency_id = currency
        self.env["product.pricelist"].search([]).currency_id = currency
        self.program.active = False
        self.env.flush_all()
        type(self).program = self._program(value_ledger=True, name=name, **values)
        self.reward = self.program.reward_ids
        self.env.invalidate_all()

    def setUp(self):
        super().setUp()
        self.addCleanup(setattr, type(self), "program", self.program)

    def _earned(self, amount, **line):
        order = self._order(self.anna, amount, line=line)
        self._pay(self._bill(order))
        self._settle_points()
        return order, self._card_of(self.acme)

    def assertSound(self, card, balance):
        self.assertLedger(card, balance)
        card._value_check()
        self.assertFalse(self.env["crm.value.points.issue"].search([]))

    def test_large_orders_earn_spend_and_are_taken_back(self):
        program = self.program
        for name, amount in LARGE:
            with self.subTest(currency=name, amount=amount):
                savepoint = self.env.cr.savepoint()
                self._goes_round(name, amount)
                savepoint.close(rollback=True)
                self.env.invalidate_all()
                type(self).program = program

    def _goes_round(self, name, amount):
        self._in_currency(name)
        order, card = self._earned(amount)
        self.assertSound(card, amount)
        self.assertEqual(self.acme.value_points, amount)
        spending = self._order(self.acme, amount, confirm=False)
        spending._update_programs_and_rewards()
        spending._apply_program_reward(self.reward, card)
        spending.action_confirm()
        self.assertSound(card, 0)
        spending._action_cancel()
        self.assertSound(card, amount)
        self._refund(order.invoice_ids)
        self._settle_points()
        self.assertSound(card, 0)

    def test_screens_show_large_balances(self):
        self._in_currency("VND", value_expiry="age", value_expiry_months=1)
        _order, card = self._earned(10**12)
        form = card.read()[0]
        self.assertEqual(form["points"], 10**12)
        self.assertEqual(card.value_lot_ids.value_left, 10**12)
        self.assertEqual(card.value_liability, 10**10)
        partner = self.acme.with_company(self.company)
        self.assertEqual(partner.value_points_expiring, 10**12)

    def test_large_points_expire(self):
        self._in_currency("VND", value_expiry="age", value_expiry_months=1)
        _order, card = self._earned(25_000_000)
        with freeze_time(fields.Datetime.now() + timedelta(days=90)):
            self._settle_points()
        self.assertSound(card, 0)
        self.assertIn("expired", card.history_ids.mapped("value_kind"))

    def test_hundredths_of_large_balances_are_kept(self):
        card = self._card(self.acme, 30_000_000_000_000.25)
        self.lines.create({"card_id": card.id, "description": "-", "used": 0.13})
        self.assertSound(card, 30_000_000_000_000.12)

    def test_three_decimals_are_counted_in_hundredths(self):
        self._in_currency("KWD")
        order, card = self._earned(50_000_000.25, product_uom_qty=1.5)
        self.assertEqual(order.currency_id.name, "KWD")
        self.assertEqual(order.amount_total, 75_000_000.375)
        self.assertSound(card, 75_000_000.37)

    def test_large_balances_of_one_customer_become_one(self):
        card = self._card(self.acme, 10**12)
        theirs = self._card(self._customer("Bob"), 25_000_000)
        (card | theirs)._value_combine_by_customer(self.acme)
        self.assertSound(card, 10**12 + 25_000_000)
