"""Own Documents Only: cards and lines of the customers that one sells to."""

from odoo import Command
from odoo.tests import new_test_user, tagged

from .points_common import PointsCommon

SELLER = "sales_team.group_sale_salesman"


@tagged("post_install", "-at_install")
class TestPointsOwn(PointsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.seller, cls.mate = (
            new_test_user(
                cls.env,
                login,
                SELLER,
                company_id=cls.company.id,
                company_ids=[Command.set(cls.company.ids)],
            )
            for login in ("points_own", "points_mate")
        )
        cls.acme.user_id = cls.mate
        cls.mine = cls._customer("Mine", user_id=cls.seller.id)
        cls.free = cls._customer("Nobody's")
        cls.theirs = cls._card(cls.acme, 500)
        cls.own, cls.nobodys = cls._card(cls.mine, 300), cls._card(cls.free, 200)
        cls.company.value_sight = "own"

    def _seen(self, user, model="loyalty.card"):
        self.env.invalidate_all()
        found = self.env[model].with_user(user).search([]).sudo()
        cards = found if model == "loyalty.card" else found.card_id
        return cards & (self.theirs | self.own | self.nobodys)

    def _own_order(self, customer):
        """Return a quotation that the seller makes for a customer."""
        order = self._order(customer, 100, confirm=False, user_id=self.seller.id)
        return order.with_user(self.seller)

    def test_cards_and_lines_of_others_are_closed(self):
        for model in ("loyalty.card", "loyalty.history"):
            with self.subTest(model):
                self.assertEqual(self._seen(self.seller, model), self.own)
                self.assertEqual(self._seen(self.mate, model), self.theirs)
        self.company.value_sight = "free"
        self.assertEqual(self._seen(self.seller), self.own | self.nobodys)
        self.company.value_sight = "all"
        self.assertEqual(len(self._seen(self.seller)), 3)

    def test_cards_without_a_ledger_are_Odoos_own(self):
        other = self._program(name="Coupons")
        card = self.cards.create({"program_id": other.id, "partner_id": self.acme.id})
        self.assertTrue(card.with_user(self.seller).has_access("read"))

    def test_order_of_a_foreign_customer_spends_from_the_card_that_is_there(self):
        for customer, most in ((self.acme, 200), (self.anna, False)):
            with self.subTest(customer.name):
                order = self._own_order(customer)
                order.value_points_most = most
                order.action_open_reward_wizard()
                self.assertEqual(order.order_line.coupon_id, self.theirs)
                order.action_confirm()
        every = self.cards.with_context(active_test=False)
        cards = every.search([("partner_id", "in", (self.acme | self.anna).ids)])
        self.assertEqual(cards, self.theirs)
        self.assertLedger(self.theirs, 0)
        self.assertEqual(self._seen(self.seller), self.theirs | self.own)

    def test_order_of_nobody_is_worked_on_by_whoever_sees_it(self):
        order = self._own_order(self.acme)
        order.sudo().user_id = False
        order.action_open_reward_wizard()
        order.action_confirm()
        self.assertEqual(order.order_line.coupon_id, self.theirs)
        self.assertEqual(len(self._card_of(self.acme)), 1)

    def test_order_of_a_foreign_customer_without_a_card_makes_one_alone(self):
        stranger = self._customer("Stranger", user_id=self.mate.id)
        for _again in range(2):
            self._own_order(stranger).action_confirm()
        self.assertEqual(len(self._card_of(stranger)), 1)
