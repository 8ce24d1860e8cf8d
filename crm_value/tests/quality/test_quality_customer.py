from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from .quality_common import SELLER, QualityCommon

CUSTOMER = "crm.value.quality.customer"


@freeze_time("2026-06-15 12:00:00")
@tagged("post_install", "-at_install")
class TestQualityCustomer(QualityCommon):
    """The score of customers, who sees it, and what a customer's page says."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.seller = cls._user("score_seller", SELLER)
        cls.half = cls._clean("Half", user_id=cls.seller.id)
        cls._invoice(cls.half, 0, lines=[cls._line(50), cls._bare(50)])
        cls.lost = cls._clean("Lost", user_id=cls.seller.id, email=False)
        cls._invoice(cls.lost, 300)
        cls._invoice(cls.clean, 600)
        cls._score()

    def _rows(self, user):
        return self.env[CUSTOMER].with_user(user)

    def test_score_is_the_share_of_clear_money(self):
        groups = self._rows(self.officer)._read_group(
            [("company_id", "=", self.company.id)],
            ["user_id"],
            ["score:avg", "part_cost:avg", "part_reach:avg", "complete:avg"],
        )
        found = {user.login: figures for user, *figures in groups}
        self.assertEqual(found["quality_owner"], [100, 100, 100, 100])
        score, cost, reach, complete = found["score_seller"]
        self.assertAlmostEqual(score, 100 * 50 / 400)
        self.assertAlmostEqual(cost, 100 * 350 / 400)
        self.assertAlmostEqual(reach, 100 * 100 / 400)
        self.assertAlmostEqual(complete, 50)

    def test_clear_money_adds_up(self):
        [(revenue, clear, score)] = self._rows(self.officer)._read_group(
            [("company_id", "=", self.company.id)],
            [],
            ["revenue:sum", "clear:sum", "score:avg"],
        )
        self.assertEqual((revenue, clear), (1000, 650))
        self.assertAlmostEqual(score, 65)

    def test_plain_user_counts_customers_without_money(self):
        rows = self._rows(self.plain)
        [(count, unreachable)] = rows._read_group(
            [], [], ["customers:sum", "unreachable:sum"]
        )
        self.assertEqual((count, unreachable), (3, 1))
        for name in ("revenue", "score", "part_cost", "clear"):
            with self.assertRaises(AccessError):
                rows._read_group([], [], [f"{name}:avg"])
            with self.assertRaises(AccessError):
                rows.search([]).read([name])
        half = rows.search([("partner_id", "=", self.half.id)])
        self.assertFalse(half.gaps)

    def test_salesperson_sees_the_own_customers(self):
        self.company.value_sight = "own"
        rows = self._rows(self.seller).search([])
        self.assertEqual(rows.partner_id, self.half | self.lost)
        self.assertEqual(rows.user_id, self.seller)

    def test_salesperson_s_overview_counts_the_own_customers(self):
        self.company.value_sight = "own"
        self._clean("Nobody's", user_id=False, email=False)
        section = self.env["crm.value.section.quality"].with_user(self.seller)
        told = section._told({"is_latest": True})
        [tile] = told["tiles"]
        self.assertEqual(tile["label"], "Neither mail address nor phone")
        self.assertEqual(tile["text"], "1")
        rows = self._rows(self.seller).search(tile["opens"]["domain"])
        self.assertEqual(rows.partner_id, self.lost)

    def test_customer_s_page_names_its_gaps(self):
        said = {
            name: self._profile(customer).with_user(self.officer).gaps
            for name, customer in (
                ("clean", self.clean),
                ("half", self.half),
                ("lost", self.lost),
            )
        }
        self.assertFalse(said["clean"])
        self.assertEqual(said["half"], "Cost unknown of 50.0% of revenue")
        self.assertEqual(said["lost"], "Unreachable")
        self.assertFalse(self._profile(self.half).with_user(self.plain).gaps)

    def test_row_opens_the_contact(self):
        row = self._rows(self.plain).search([("partner_id", "=", self.lost.id)])
        action = row.action_open_customer()
        self.assertEqual(action["res_model"], "res.partner")
        self.assertEqual(action["res_id"], self.lost.id)
