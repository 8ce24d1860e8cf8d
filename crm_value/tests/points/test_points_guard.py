"""Who sells cannot move, invent or hide points, and none are lost in an archive."""

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .points_common import PointsCommon

SELLER = "sales_team.group_sale_salesman"
HEAD = "sales_team.group_sale_manager"
ROLES = {
    "seller": SELLER,
    "head": HEAD,
    "user": f"{HEAD},crm_value.group_user",
    "officer": f"{HEAD},crm_value.group_officer",
}


@tagged("post_install", "-at_install")
class TestPointsGuard(PointsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.card = cls._card(cls.acme, 840)
        cls.bob = cls._customer("Bob")
        cls.plain = cls._program(name="Plain")
        cls.other = cls.cards.create(
            {"program_id": cls.plain.id, "partner_id": cls.bob.id, "points": 5}
        )
        cls.roles = {login: cls._user(login, groups) for login, groups in ROLES.items()}
        cls.boss = cls._user("boss", f"{HEAD},crm_value.group_manager")

    @classmethod
    def _user(cls, login, groups):
        return new_test_user(
            cls.env,
            login,
            groups,
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
        )

    def test_only_managers_change_whose_a_card_is(self):
        company = self.env["res.company"].create({"name": "Else"})
        for role, user in self.roles.items():
            card = self.card.with_user(user)
            for values in (
                {"partner_id": self.bob.id},
                {"program_id": self.plain.id},
                {"active": False},
                {"company_id": company.id},
                {"value_ledger": False},
                {"expiration_date": "2020-01-01"},
            ):
                with self.subTest(role=role, **values), self.assertRaises(AccessError):
                    card.write(values)
            with self.subTest(role=role), self.assertRaises(AccessError):
                card.action_archive()
            card.code = f"code of {role}"
        self.assertEqual(self.card.partner_id, self.acme)
        self.assertLedger(self.card, 840)
        self.card.with_user(self.boss).partner_id = self.bob
        self.assertEqual(self.card.partner_id, self.bob)

    def test_points_of_other_programs_do_not_come_in(self):
        for role, user in self.roles.items():
            card = self.other.with_user(user)
            card.points = 99999
            for values in ({"program_id": self.program.id}, {"value_ledger": True}):
                with self.subTest(role=role, **values), self.assertRaises(AccessError):
                    card.write(values)
            card.write({"partner_id": self.anna.id, "active": False})
            card.write({"partner_id": self.bob.id, "active": True})
        with self.assertRaises(UserError):
            self.other.with_user(self.boss).program_id = self.program
        with self.assertRaises(UserError):
            self.card.program_id = self.plain
        self.card.program_id = self.program

    def test_lines_of_other_cards_do_not_come_in(self):
        seller = self.roles["seller"]
        line = self.lines.with_user(seller).create(
            {"card_id": self.other.id, "description": "x", "issued": 5000}
        )
        with self.assertRaises(UserError):
            line.card_id = self.card
        self.assertLedger(self.card, 840)

    def test_only_managers_create_cards_with_points(self):
        values = {"program_id": self.program.id, "partner_id": self.bob.id}
        for role in ("head", "user", "officer"):
            cards = self.cards.with_user(self.roles[role])
            with self.subTest(role=role), self.assertRaises(AccessError):
                cards.create({**values, "points": 50000})
            with self.subTest(role=role), self.assertRaises(AccessError):
                cards.create({**values, "points": 50000, "value_ledger": False})
            with self.subTest(role=role):
                defaults = cards.with_context(default_points=50000)
                empty = defaults.create({**values, "value_ledger": False})
                self.assertTrue(empty.value_ledger)
                self.assertLedger(empty.with_user(self.boss), 0)
                empty.sudo().unlink()
        with self.assertRaises(AccessError):
            self.cards.with_user(self.roles["seller"]).create(values)
        card = self.cards.with_user(self.boss).create({**values, "points": 10})
        self.assertLedger(card, 10)
        self.assertEqual(card.history_ids.value_kind, "opening")

    def test_gifts_to_many_are_for_managers(self):
        wizard = self.env["loyalty.generate.wizard"].create(
            {
                "program_id": self.program.id,
                "mode": "selected",
                "customer_ids": [Command.set(self.bob.ids)],
                "points_granted": 25,
            }
        )
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            wizard.with_user(self.roles["head"]).generate_coupons()
        wizard.with_user(self.boss).generate_coupons()
        self.assertLedger(self._card_of(self.bob), 25)

    # --- archive ---

    def _take_all(self):
        self.env["loyalty.card.update.balance"].create(
            {"card_id": self.card.id, "new_balance": 0, "description": "Closed"}
        ).with_user(self.boss).action_update_card_point()

    def test_card_with_points_is_not_archived(self):
        with self.assertRaises(UserError):
            self.card.active = False
        self._take_all()
        self.card.with_user(self.boss).action_archive()
        self.assertFalse(self.card.active)

    def test_card_that_points_will_come_to_is_not_archived(self):
        self._take_all()
        order = self._order(self.anna, 100)
        with self.assertRaises(UserError):
            self.card.active = False
        invoice = self._bill(order)
        self._settle_points()
        with self.assertRaises(UserError):
            self.card.active = False
        self._refund(invoice)
        self._settle_points()
        self.card.active = False
        self.assertFalse(self.card.active)

    def test_cancelled_order_keeps_no_card(self):
        self._take_all()
        self._order(self.anna, 100)._action_cancel()
        self.card.active = False
        self.assertFalse(self.card.active)

    def test_archived_card_is_taken_up_again(self):
        self._take_all()
        self.card.active = False
        order = self._order(self.anna, 100).with_user(self.roles["seller"])
        self.assertEqual(order.state, "sale")
        self.assertTrue(self.card.active)
        self._pay(self._bill(order.with_env(self.env)))
        self._settle_points()
        self.assertLedger(self.card, 100)
        every = self.cards.with_context(active_test=False)
        self.assertEqual(self._card_of(self.acme), self.card)
        self.assertEqual(every._value_card_of(self.program, self.acme), self.card)
