"""Orders spend points at once, give them back, and never more than there are."""

from unittest.mock import patch

from odoo import Command
from odoo.exceptions import UserError, ValidationError
from odoo.tests import new_test_user, tagged

from .points_common import PointsCommon


@tagged("post_install", "-at_install")
class TestPointsSpending(PointsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.card = cls._card(cls.acme, 1000)

    def _spending(self, partner, amount=50, confirm=True, reward=None, **values):
        """Return an order on which the card's reward is claimed."""
        order = self._order(partner, amount, confirm=False, **values)
        order._update_programs_and_rewards()
        claim = order._apply_program_reward(reward or self.reward, self.card)
        self.assertFalse(claim, claim)
        if confirm:
            order.action_confirm()
        return order

    def _kinds(self):
        return self.card.history_ids.sorted("id").mapped("value_kind")

    def test_contact_spends_the_points_of_its_company(self):
        order = self._spending(self.anna)
        self.assertEqual(order.amount_total, 40)
        self.assertLedger(self.card, 0)
        self.assertEqual(self._kinds(), ["opening", "spent"])
        self.assertEqual(order.loyalty_data["cost"], 1000)

    def test_order_takes_no_more_points_than_it_may(self):
        order = self._spending(self.anna, confirm=False)
        order.value_points_most = 350  # in steps of 100
        self.assertEqual(order.amount_total, 47)
        order.value_points_most = False
        self.assertEqual(order.amount_total, 40)
        order.value_points_most = 200
        order.action_confirm()
        self.assertEqual(order.amount_total, 48)
        self.assertLedger(self.card, 800)
        self.assertFalse(order.copy().value_points_most)

    def test_limit_counts_for_products_as_well(self):
        gift = self.env["loyalty.reward"].create(
            {
                "program_id": self.program.id,
                "reward_type": "product",
                "reward_product_id": self.product.id,
                "required_points": 200,
            }
        )
        order = self._order(self.anna, 50, confirm=False, value_points_most=500)
        order._update_programs_and_rewards()
        order._apply_program_reward(gift, self.card)
        self.assertEqual(order.order_line.filtered("reward_id").points_cost, 400)

    def test_limit_below_what_a_reward_takes_is_said(self):
        order = self._order(self.anna, 50, confirm=False, value_points_most=50)
        order._update_programs_and_rewards()
        with self.assertRaisesRegex(UserError, "at least 100"):
            order._apply_program_reward(self.reward, self.card)

    def test_order_of_another_customer_cannot_use_the_card(self):
        order = self._spending(self.anna, confirm=False)
        order.partner_id = self._customer("Bob")
        order._update_programs_and_rewards()
        self.assertFalse(order.applied_coupon_ids)
        self.assertFalse(order.order_line.filtered("reward_id"))
        self.assertEqual(order.amount_total, 50)

    def test_line_cannot_name_the_card_of_another_customer(self):
        theirs = self._card(self._customer("Bob"), 5000)
        line = self._spending(self.anna, confirm=False).order_line.filtered("reward_id")
        with self.assertRaisesRegex(ValidationError, "another customer"):
            line.coupon_id = theirs

    def test_cancelling_gives_back_and_leaves_the_lines(self):
        order = self._spending(self.acme)
        order._action_cancel()
        self.assertLedger(self.card, 1000)
        self.assertEqual(self._kinds(), ["opening", "spent", "given_back"])
        order._action_cancel()
        order.action_draft()
        self.assertLedger(self.card, 1000)
        order.action_confirm()
        self.assertLedger(self.card, 1000)

    def test_cancelling_keeps_spent_what_an_invoice_gives(self):
        order = self._spending(self.acme)
        invoice = order._create_invoices()
        invoice.action_post()
        order._action_cancel()
        self.assertLedger(self.card, 0)
        reward = order.order_line.filtered("reward_id")
        self.assertTrue(reward)
        order.action_draft()
        order._update_programs_and_rewards()
        with self.assertRaisesRegex(UserError, "Credit the invoice"):
            reward.with_user(self._seller()).unlink()
        self.assertLedger(self.card, 0)
        order.action_confirm()
        self.assertLedger(self.card, 0)
        order._action_cancel()
        invoice._reverse_moves(cancel=True)
        self._settle_points()
        self.assertLedger(self.card, 1000)
        reward.with_user(self._seller("another")).unlink()
        self.assertFalse(reward.exists())
        self.assertLedger(self.card, 1000)

    def test_confirming_twice_spends_once(self):
        order = self._spending(self.acme, 4)
        self.assertLedger(self.card, 600)
        order._value_book_spent()
        self.points._settle_spent(cards=self.card)
        self.assertLedger(self.card, 600)

    def test_reward_taken_off_a_confirmed_order_gives_back(self):
        order = self._spending(self.acme, 4)
        order.order_line.filtered("reward_id").points_cost = 100
        self.assertLedger(self.card, 900)
        order.order_line.filtered("reward_id").product_uom_qty = 0
        self.assertLedger(self.card, 1000)

    def test_reward_put_back_on_a_confirmed_order_needs_the_points(self):
        order = self._spending(self.acme)
        reward = order.order_line.filtered("reward_id")
        reward.product_uom_qty = 0
        self.assertLedger(self.card, 1000)
        other = self._spending(self.anna)
        seller = self._seller()
        with self.assertRaises(ValidationError), self.env.cr.savepoint():
            reward.with_user(seller).product_uom_qty = 1
        self.assertLedger(self.card, 0)
        other._action_cancel()
        reward.with_user(seller).product_uom_qty = 1
        self.assertLedger(self.card, 0)

    def test_line_of_a_confirmed_order_cannot_cost_more_than_there_is(self):
        order = self._spending(self.acme, 4)
        reward = order.order_line.filtered("reward_id")
        with self.assertRaises(ValidationError), self.env.cr.savepoint():
            reward.points_cost = 99999
        self.assertLedger(self.card, 600)
        with self.assertRaises(ValidationError), self.env.cr.savepoint():
            reward.copy({"order_id": order.id, "points_cost": 700})
        self.assertLedger(self.card, 600)
        reward.points_cost = 1000
        self.assertLedger(self.card, 0)

    def test_reward_never_costs_less_than_nothing(self):
        order = self._spending(self.acme, 4)
        reward = order.order_line.filtered("reward_id")
        reward.points_cost = -99999
        self.assertLedger(self.card, 1000)

    def test_debt_does_not_block_what_gives_back(self):
        order = self._spending(self.acme, 4)
        self.lines.create({"card_id": self.card.id, "description": "-", "used": 1500})
        order.order_line.filtered("reward_id").points_cost = 100
        self.assertLedger(self.card, -600)
        order.order_line.filtered(lambda line: not line.reward_id).product_uom_qty = 2
        self.assertLedger(self.card, -600)

    def _seller(self, login="seller"):
        return new_test_user(
            self.env,
            login,
            "sales_team.group_sale_salesman_all_leads",
            company_id=self.company.id,
            company_ids=[Command.set(self.company.ids)],
        )

    def test_quotation_spends_nothing_and_copies_neither(self):
        order = self._spending(self.acme, confirm=False)
        self.assertLedger(self.card, 1000)
        order.action_confirm()
        copy = order.copy()
        self.assertFalse(copy.order_line.filtered("reward_id"))
        copy.action_confirm()
        self.assertLedger(self.card, 0)

    def test_two_quotations_cannot_spend_the_same_points(self):
        first = self._spending(self.acme, confirm=False)
        second = self._spending(self.anna, confirm=False)
        first.action_confirm()
        with self.assertRaises(ValidationError):
            second.action_confirm()

    def test_orders_confirmed_together_cannot_spend_the_same_points(self):
        first = self._spending(self.acme, confirm=False)
        second = self._spending(self.anna, confirm=False)
        with self.assertRaises(ValidationError):
            (first | second).action_confirm()

    def test_debt_does_not_block_orders(self):
        self.lines.create({"card_id": self.card.id, "description": "-", "used": 1500})
        order = self._order(self.acme, 20)
        self.assertEqual(order.state, "sale")
        self.assertFalse(order.applied_coupon_ids)
        self.assertLedger(self.card, -500)

    def test_credited_reward_gives_its_share_back(self):
        order = self._spending(self.acme, 50)
        invoice = order._create_invoices()
        invoice.action_post()
        credit = invoice._reverse_moves([{"invoice_date": invoice.invoice_date}])
        discount = credit.invoice_line_ids.filtered(lambda line: line.price_unit < 0)
        discount.price_unit = -2.5
        credit.action_post()
        self.points._settle_spent(cards=self.card)
        self.assertLedger(self.card, 250)
        again = credit._reverse_moves([{"invoice_date": invoice.invoice_date}])
        again.action_post()
        self.points._settle_spent(cards=self.card)
        self.assertLedger(self.card, 0)

    def test_reward_credited_and_invoiced_again_costs_all_its_points(self):
        order = self._spending(self.acme, 50)
        invoice = order._create_invoices()
        invoice.action_post()
        wizard = self.env["account.move.reversal"].create(
            {"move_ids": invoice.ids, "journal_id": invoice.journal_id.id}
        )
        wizard.modify_moves()  # reverse, and create the invoice again
        invoice.reversal_move_ids.filtered(lambda m: m.state == "draft").action_post()
        self.points._settle_spent(cards=self.card)
        self.assertLedger(self.card, 1000)
        again = order.invoice_ids.filtered(lambda move: move.state == "draft")
        again.invoice_date = invoice.invoice_date
        again.action_post()
        self.points._settle_spent(cards=self.card)
        self.assertLedger(self.card, 0)

    def test_free_product_gives_back_by_quantity(self):
        reward = self.reward.copy(
            {
                "program_id": self.program.id,
                "reward_type": "product",
                "reward_product_id": self.product.id,
                "required_points": 250,
            }
        )
        order = self._spending(self.acme, reward=reward)
        self.assertLedger(self.card, 0)
        invoice = order._create_invoices()
        invoice.action_post()
        credit = invoice._reverse_moves([{"invoice_date": invoice.invoice_date}])
        free = credit.invoice_line_ids.filtered(lambda line: not line.price_subtotal)
        free.quantity = 1
        credit.action_post()
        self.points._settle_spent(cards=self.card)
        self.assertLedger(self.card, 250)

    def test_confirming_promises_and_grants_nothing_yet(self):
        order = self._order(self.anna, 120)
        promise = self.env["crm.value.promise"].search([("order_id", "=", order.id)])
        self.assertEqual((promise.points, promise.amount), (120, 120))
        self.assertEqual(promise.card_id, self.card)
        self.assertFalse(order.coupon_point_ids)
        self.assertLedger(self.card, 1000)

    def test_promise_follows_the_lines_and_the_customer(self):
        order = self._order(self._customer("Bob"), 120)
        promises = self.env["crm.value.promise"]
        promise = promises.search([("order_id", "=", order.id)])
        order.order_line.product_uom_qty = 2
        self.assertEqual((promise.points, promise.amount), (200, 200))
        order._action_cancel()
        order.action_draft()
        order.partner_id = self.anna
        order.action_confirm()
        self.assertEqual((promise.points, promise.superseded), (0, True))
        now = promises.search([("order_id", "=", order.id)]) - promise
        self.assertEqual((now.card_id, now.points), (self.card, 200))

    def test_ledger_opened_later_knows_what_orders_spent(self):
        self.lines.create({"card_id": self.card.id, "description": "-", "used": 1000})
        self.program.active = False
        late = self._program(name="Late")
        self.reward = late.reward_ids
        bob = self._customer("Bob")
        self.card = self.cards.create(
            {"program_id": late.id, "partner_id": bob.id, "points": 1000}
        )
        order = self._spending(bob, 4)
        earlier = self._spending(bob, 1)
        earlier_lines = self.lines.search([("order_id", "=", earlier.id)])
        earlier_lines.unlink()
        balance = self.card.points
        late.value_ledger = True
        self.assertLedger(self.card, balance)
        (order | earlier)._value_book_spent()
        self.assertLedger(self.card, balance)
        order._action_cancel()
        self.assertLedger(self.card, balance + 400)
        earlier._action_cancel()
        self.assertLedger(self.card, balance + 500)

    def test_lines_of_a_quotation_do_not_look_for_points(self):
        order = self._order(self.acme, 50, confirm=False)
        with patch.object(type(self.points), "_settle_spent") as settle:
            order.order_line.product_uom_qty = 3
            order.order_line = [Command.create({"product_id": self.product.id})]
            order.order_line[1:].unlink()
        settle.assert_not_called()
