"""Nobody loosens a discount from the points it takes; Odoo's own flow still works."""

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, new_test_user, tagged

from .points_common import PointsCommon

SELLER = "sales_team.group_sale_salesman_all_leads"
HEAD = "sales_team.group_sale_manager"
ROLES = {
    "hand_seller": SELLER,
    "hand_head": HEAD,
    "hand_user": f"{SELLER},crm_value.group_user",
    "hand_officer": f"{HEAD},crm_value.group_officer",
    "hand_boss": f"{HEAD},crm_value.group_manager",
}


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 12:00:00")
class TestPointsHands(PointsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.card = cls._card(cls.acme, 1000)
        cls.bob = cls._customer("Bob")
        cls.roles = {
            login: new_test_user(
                cls.env,
                login,
                groups,
                company_id=cls.company.id,
                company_ids=[Command.set(cls.company.ids)],
            )
            for login, groups in ROLES.items()
        }
        cls.seller = cls.roles["hand_seller"]
        cls.issues = cls.env["crm.value.points.issue"]

    def _claimed(self, amount=4, confirm=True, user=None):
        """Return an order on which a salesperson has claimed the reward."""
        order = self._order(self.acme, amount, confirm=False).with_user(
            user or self.seller
        )
        self.assertTrue(order.action_open_reward_wizard())
        self.assertTrue(order.order_line.reward_id)
        if confirm:
            order.action_confirm()
        return order

    def _reward_line(self, order):
        return order.order_line.filtered("reward_id")

    def test_no_role_writes_what_a_reward_takes(self):
        order = self._claimed()
        line = self._reward_line(order)
        for role, user in self.roles.items():
            for values in (
                {"points_cost": 0},
                {"points_cost": -1},
                {"coupon_id": False},
                {"reward_id": False},
                {"reward_identifier_code": "other"},
            ):
                with self.subTest(role=role, **values):
                    with self.assertRaises(AccessError):
                        line.with_user(user).write(values)
                    with self.assertRaises(AccessError):
                        order.with_user(user).write(
                            {"order_line": [Command.update(line.id, values)]}
                        )
                    for fake in (True, "x", 1, {}):
                        with self.assertRaises(AccessError):
                            line.with_user(user).with_context(value_rewards=fake).write(
                                values
                            )
        self.assertLedger(self.card, 600)

    def test_no_role_ties_a_line_to_a_card(self):
        order = self._order(self.acme, 4)
        ties = {"coupon_id": self.card.id, "reward_id": self.reward.id}
        for role, user in self.roles.items():
            lines = self.env["sale.order.line"].with_user(user)
            values = {
                "order_id": order.id,
                "product_id": self.product.id,
                "name": "Forged",
            }
            with self.subTest(role=role):
                with self.assertRaises(AccessError), self.env.cr.savepoint():
                    lines.create({**values, **ties, "points_cost": 5})
                with self.assertRaises(AccessError), self.env.cr.savepoint():
                    lines.with_context(
                        default_coupon_id=self.card.id, default_points_cost=-5
                    ).create(values)
                with self.assertRaises(AccessError):
                    order.order_line.with_user(user).write(ties)
        self.assertLedger(self.card, 1000)

    def test_values_that_stay_are_no_change(self):
        line = self._reward_line(self._claimed())
        line.write(
            {
                "points_cost": 400,
                "coupon_id": self.card.id,
                "reward_id": self.reward.id,
                "name": "Thank you",
            }
        )
        self.assertEqual(line.name, "Thank you")

    def test_copy_of_a_line_by_hand_is_refused_and_of_an_order_works(self):
        order = self._claimed()
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            self._reward_line(order).copy({"order_id": order.id, "points_cost": 0})
        copy = order.copy()
        self.assertFalse(copy.order_line.reward_id)
        forged = [
            Command.create({"product_id": self.product.id, "coupon_id": self.card.id})
        ]
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            order.copy({"order_line": forged})

    def test_rewards_of_other_programs_stay_as_odoo_has_them(self):
        plain = self._program(name="Plain")
        card = self.cards.create(
            {"program_id": plain.id, "partner_id": self.bob.id, "points": 1000}
        )
        order = self._order(self.bob, 4, confirm=False)
        order.applied_coupon_ids = card
        order._apply_program_reward(plain.reward_ids, card)
        line = self._reward_line(order).with_user(self.seller)
        line.points_cost = 7
        self.assertEqual(line.points_cost, 7)

    # --- Odoo's flow ---

    def test_seller_claims_updates_cancels_and_claims_again(self):
        order = self._claimed(confirm=False)
        self.assertEqual(self._reward_line(order).points_cost, 400)
        order.order_line.filtered(lambda line: not line.reward_id).price_unit = 3
        order._update_programs_and_rewards()
        self.assertEqual(self._reward_line(order).points_cost, 300)
        order.action_confirm()
        self.assertLedger(self.card, 700)
        order.order_line.filtered(lambda line: not line.reward_id).price_unit = 5
        order.action_open_reward_wizard()
        self._reward_line(order).product_uom_qty = 0
        self.assertLedger(self.card, 1000)
        order.with_context(disable_cancel_warning=True).action_cancel()
        order.action_draft()
        order.action_open_reward_wizard()
        order.action_confirm()
        self.assertLedger(self.card, 500)

    def test_seller_chooses_in_the_wizard(self):
        second = self.reward.copy({"program_id": self.program.id, "discount": 0.02})
        order = self._order(self.acme, 4, confirm=False).with_user(self.seller)
        self.assertIsInstance(order.action_open_reward_wizard(), dict)
        wizard = self.env["sale.loyalty.reward.wizard"].with_user(self.seller)
        wizard = wizard.create({"order_id": order.id, "selected_reward_id": second.id})
        wizard.action_apply()
        order.action_confirm()
        self.assertLedger(self.card, 800)

    def test_reward_that_was_invoiced_is_not_given_back_with_its_quantity(self):
        order = self._claimed(40)
        invoice = self._bill(order.with_env(self.env))
        self.assertLedger(self.card, 0)
        self._reward_line(order).product_uom_qty = 0
        self._settle_points()
        self.assertLedger(self.card, 0)
        self._refund(invoice)
        self._settle_points()
        self.assertLedger(self.card, 1000)

    def test_reward_taken_off_after_its_invoice_comes_back_with_the_next_one(self):
        order = self._claimed(40).with_env(self.env)
        self._bill(order)
        self._reward_line(order).product_uom_qty = 0
        self._bill(order)
        self._settle_points()
        self.assertLedger(self.card, 1000)

    # --- cards and lines of the ledger ---

    def test_no_role_moves_a_balance(self):
        opening = self.card.history_ids
        for role, user in self.roles.items():
            card, line = self.card.with_user(user), opening.with_user(user)
            with self.subTest(role=role):
                card.write({"points": 99999})
                self.assertLedger(self.card, 1000)
                for values in ({"issued": 5}, {"used": 5}, {"card_id": self.card.id}):
                    with self.assertRaises(UserError):
                        line.write(values)
                    with self.assertRaises(UserError):
                        card.write({"history_ids": [Command.update(line.id, values)]})
                with self.assertRaises(UserError):
                    line.unlink()
                with self.assertRaises(UserError):
                    card.unlink()
                self.assertLedger(self.card, 1000)

    def test_only_managers_add_lines(self):
        values = {"description": "x", "issued": 100}
        for role, user in self.roles.items():
            if role == "hand_boss":
                continue
            card, lines = self.card.with_user(user), self.lines.with_user(user)
            with self.subTest(role=role):
                with self.assertRaises(AccessError):
                    lines.create({**values, "card_id": card.id})
                with self.assertRaises(AccessError):
                    card.write({"history_ids": [Command.create(values)]})
                with self.assertRaises(AccessError), self.env.cr.savepoint():
                    self.env["loyalty.card.update.balance"].with_user(user).create(
                        {"card_id": card.id, "new_balance": 5, "description": "x"}
                    ).action_update_card_point()
                by_context = lines.with_context(value_native_lines=True)
                with self.assertRaises(AccessError):
                    by_context.create({**values, "card_id": card.id})
                self.assertLedger(self.card, 1000)
        boss = self.roles["hand_boss"]
        self.lines.with_user(boss).create({**values, "card_id": self.card.id})
        self.assertLedger(self.card, 1100)

    # --- the nightly check ---

    def _reward_since(self, moment):
        """Let rewards be as they are since then; the database's clock is today's."""
        self.env.flush_all()
        self.env.cr.execute("UPDATE loyalty_reward SET write_date = %s", (moment,))
        self.env.invalidate_all()

    def _take_nothing(self, line):
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE sale_order_line SET points_cost = 0 WHERE id = %s", (line.id,)
        )
        self.env.invalidate_all()

    def test_discount_without_its_points_is_reported_until_it_is_explained(self):
        self._reward_since("2026-06-01")
        order = self._claimed()
        self._settle_points()
        self.assertFalse(self.issues.search([]))
        self._take_nothing(self._reward_line(order))
        self._settle_points()
        issue = self.issues.search([])
        self.assertEqual((issue.kind, issue.found, issue.expected), ("reward", 0, 400))
        self.assertEqual(issue.message, order.name)
        issue.with_user(self.roles["hand_boss"]).write({"note": "A gift."})
        issue.with_user(self.roles["hand_boss"]).action_resolve()
        self._settle_points()
        self.assertEqual(len(self.issues.search([])), 1)

    def test_larger_discount_for_the_same_points_is_reported(self):
        self._reward_since("2026-06-01")
        order = self._claimed(9)
        self._reward_line(order).price_unit = -9.9
        self._settle_points()
        issue = self.issues.search([])
        self.assertEqual((issue.kind, issue.found), ("reward", 900))
        self.assertAlmostEqual(issue.expected, 990, 2)

    def test_free_products_without_their_points_are_reported(self):
        free = {
            "reward_type": "product",
            "reward_product_id": self.product.id,
            "required_points": 500,
        }
        self.reward.copy({"program_id": self.program.id, **free})
        self.reward.active = False
        self._reward_since("2026-06-01")
        order = self._claimed()
        self._settle_points()
        self.assertFalse(self.issues.search([]))
        self._reward_line(order).product_uom_qty = 20
        self._settle_points()
        self.assertEqual(self.issues.search([]).mapped("expected"), [10000])

    def test_orders_from_before_a_change_of_the_reward_are_not_judged_by_it(self):
        self._claimed()
        self.reward.discount = 0.05
        self._reward_since("2026-06-16")
        self._settle_points()
        self.assertFalse(self.issues.search([]))

    # --- the program ---

    def test_program_with_points_does_not_go_away(self):
        away = ({"active": False}, {"value_ledger": False}, {"company_id": False})
        program = self.program.with_user(self.roles["hand_boss"])
        for values in away:
            with self.subTest(**values), self.assertRaisesRegex(UserError, "points"):
                program.write(values)
        with self.assertRaises(UserError):
            program.action_archive()
        self.assertEqual(self.acme.value_points, 1000)

    def test_program_with_points_to_come_does_not_go_away(self):
        self.lines.create({"card_id": self.card.id, "description": "-", "used": 1000})
        order = self._order(self.bob, 20)
        with self.assertRaises(UserError):
            self.program.action_archive()
        order._action_cancel()
        self.program.action_archive()
        self.assertFalse(self.program.active)
