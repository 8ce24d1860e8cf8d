"""What does not add up is reported, and cards of merged customers do."""

from unittest.mock import patch

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .points_common import PointsCommon


@tagged("post_install", "-at_install")
class TestPointsCheck(PointsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.card = cls._card(cls.acme, 100)
        cls.issues = cls.env["crm.value.points.issue"]
        cls.manager = cls._user(
            "boss", "sales_team.group_sale_manager,crm_value.group_manager"
        )

    @classmethod
    def _user(cls, login, groups):
        return new_test_user(
            cls.env,
            login,
            groups,
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
        )

    def _tamper(self, points):
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE loyalty_card SET points = %s WHERE id = %s", (points, self.card.id)
        )
        self.env.invalidate_all()

    def test_difference_is_reported_once_and_never_corrected(self):
        self._settle_points()
        self.assertFalse(self.issues.search([]))
        self._tamper(130)
        self._settle_points()
        self._settle_points()
        issue = self.issues.search([])
        self.assertEqual(
            (issue.kind, issue.found, issue.expected), ("balance", 130, 100)
        )
        self.assertEqual(self.card.points, 130)
        self.assertEqual(issue.activity_ids.user_id, self.manager)
        issue = issue.with_user(self.manager)
        with self.assertRaises(UserError):
            issue.action_resolve()
        issue.note = "Somebody wrote into the database."
        issue.action_resolve()
        self.assertEqual((issue.state, issue.user_id), ("resolved", self.manager))
        self.assertFalse(issue.activity_ids)
        self._settle_points()
        self.assertEqual(len(self.issues.search([])), 2, "it is still wrong")

    def test_only_managers_resolve(self):
        self._tamper(130)
        self._settle_points()
        issue = self.issues.search([])
        with self.assertRaises(AccessError):
            issue.with_user(self._user("user", "crm_value.group_user")).read(["kind"])
        officer = self._user("officer", "crm_value.group_officer")
        self.assertTrue(issue.with_user(officer).read(["kind"]))
        with self.assertRaises(AccessError):
            issue.with_user(officer).note = "x"

    def test_card_that_cannot_be_settled_is_reported_and_the_others_go_on(self):
        bob = self._customer("Bob")
        other = self._card(bob)
        for partner in (self.acme, bob):
            self._pay(self._bill(self._order(partner, 10)))
        model = type(self.points)
        original = model._settle

        def broken(points, cards):
            if self.card in cards:
                raise ValueError("no")
            return original(points, cards)

        logger = "odoo.addons.crm_value.models.core.crm_value_job"
        with patch.object(model, "_settle", broken), mute_logger(logger):
            self._settle_points()
        self.assertLedger(other, 10)
        issue = self.issues.search([])
        self.assertEqual((issue.kind, issue.message), ("failed", "no"))

    def test_merged_customers_have_one_card_with_all_points(self):
        bob = self._customer("Bob")
        other = self._card(bob, 30)
        order = self._order(bob, 50)
        invoice = self._bill(order)
        self._pay(invoice)
        self._settle_points()
        promised = self._order(bob, 7)
        self._bill(promised)
        self._settle_points()
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((bob | self.acme).ids, self.acme, extra_checks=False)
        self.env.invalidate_all()
        self.assertFalse(other.active)
        self.assertLedger(other, 0)
        self.assertLedger(self.card, 180)
        self.assertEqual(self.card.value_locked_points, 7)
        self._refund(invoice)
        self._settle_points()
        self.assertLedger(self.card, 130)
        self.assertFalse(self.issues.search([]))

    def test_customer_without_a_card_takes_over_that_of_the_other(self):
        bob = self._customer("Bob")
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((bob | self.acme).ids, bob, extra_checks=False)
        self.env.invalidate_all()
        self.assertEqual(self.card.partner_id, bob)
        self.assertLedger(self.card, 100)

    def test_contact_that_joins_a_company_brings_its_points_at_night(self):
        bob = self._customer("Bob")
        cards = self._card(bob, 30)
        bob.write({"is_company": False, "parent_id": self.acme.id})
        self.assertLedger(cards, 30)
        self.assertEqual(bob.value_points, 100)
        self._settle_points()
        self.assertLedger(self.card, 130)
        self.assertFalse(cards.active)
        self.assertIn(cards.code, self.card.message_ids[0].body)
        self.assertFalse(self.issues.search([]))
