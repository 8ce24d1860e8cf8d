from odoo.exceptions import AccessError
from odoo.tests import Form, freeze_time, tagged

from .quality_common import SELLER, QualityCommon

DOUBLE = "crm.value.quality.double"


@freeze_time("2026-06-15 12:00:00")
@tagged("post_install", "-at_install")
class TestQualityDouble(QualityCommon):
    """Who looks like another, by which sign, and what becomes of the two."""

    def _two(self, *, one=None, other=None, amounts=(100, 300)):
        """Return a weaker and a stronger customer, each with what is given."""
        pair = [
            self._clean(name, **(values or {}))
            for name, values in (("Weaker", one), ("Stronger", other))
        ]
        for customer, amount in zip(pair, amounts, strict=True):
            self._invoice(customer, amount)
        return pair

    def _doubles(self):
        self._score()
        rows = self.env[DOUBLE].search([("company_id", "=", self.company.id)])
        return [(row.partner_id, row.twin_id, row.sign, row.revenue) for row in rows]

    def test_each_sign_finds_the_two_and_the_weaker_one_s_money(self):
        for sign, one, other in (
            ("vat", {"vat": "US12-3456"}, {"vat": "us 123456"}),
            ("email", {"email": "a@b.example"}, {"email": "A <a@B.example>"}),
            ("phone", {"phone": "+1 202 555 0199"}, {"phone": "+1 (202) 555-0199"}),
            (
                "name",
                {"name": "Acme, Inc.", "city": "New York"},
                {"name": "ACME Inc", "city": "new york"},
            ),
        ):
            with self.subTest(sign=sign):
                weaker, stronger = self._two(one=one, other=other)
                self.assertEqual(
                    self._doubles(), [(weaker, stronger, sign, 100.0)], sign
                )
                self.assertEqual(self._found(), {"double": (1, 100.0)})
                (weaker | stronger).active = False

    def test_two_tax_numbers_are_two_customers(self):
        same = {"email": "office@group.example", "country_id": False}
        self._two(one={**same, "vat": "US11111"}, other={**same, "vat": "US22222"})
        self.assertFalse(self._doubles())

    def test_persons_of_the_same_name_and_city_are_two(self):
        same = {"name": "Li Wei", "city": "Beijing", "is_company": False}
        self._two(one=same, other=same)
        self.assertFalse(self._doubles())

    def test_a_sign_that_many_share_is_none(self):
        for at in range(11):
            self._invoice(self._clean(f"Shop {at}", email="none@example.com"), 10)
        self.assertFalse(self._doubles())

    def test_who_never_bought_is_no_double(self):
        self._clean("Weaker", vat="US99999")
        self._invoice(self._clean("Stronger", vat="US99999"), 100)
        self.assertFalse(self._doubles())

    def test_surest_sign_is_told_once(self):
        same = {"vat": "US77777", "email": "x@y.example", "phone": "+1 202 555 0101"}
        weaker, stronger = self._two(one=same, other=same)
        self.assertEqual(self._doubles(), [(weaker, stronger, "vat", 100.0)])

    def test_merge_dialog_merges_the_two_and_the_finding_is_gone(self):
        same = {"vat": "US12345"}
        weaker, stronger = self._two(one=same, other=same)
        self._doubles()
        action = self._opened("double").action_merge()
        wizard = self.env[action["res_model"]].with_context(**action["context"])
        with Form(wizard, view=action.get("view_id") and action["view_id"][0]) as form:
            self.assertEqual(form.state, "selection")
            form.dst_partner_id = stronger
        wizard = form.save()
        self.assertEqual(wizard.partner_ids, weaker | stronger)
        wizard.action_merge()
        self.assertFalse(weaker.exists())
        self.assertFalse(self.env[DOUBLE].search([("twin_id", "=", stronger.id)]))
        self._score()
        self.assertEqual(self._found(), {})
        self.assertEqual(self._profile(stronger).revenue, 400)

    def test_merge_the_other_way_drops_the_two_as_well(self):
        same = {"vat": "US12345"}
        weaker, stronger = self._two(one=same, other=same)
        self._doubles()
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((weaker | stronger).ids, weaker)
        self.assertFalse(self.env[DOUBLE].search([("partner_id", "=", weaker.id)]))

    def test_not_the_same_stays_so_whoever_buys_more(self):
        same = {"vat": "US12345"}
        weaker, _stronger = self._two(one=same, other=same)
        self._doubles()
        self._opened("double", self.plain).action_accept()
        self._invoice(weaker, 900)
        self._score()
        self.assertEqual(self._found(), {})
        told = self.env[DOUBLE].search([("company_id", "=", self.company.id)])
        self.assertEqual(told.accepted_by_id, self.plain)
        told.with_user(self.plain).action_undo()
        self._score()
        self.assertEqual(self._found(), {"double": (1, 300.0)})

    def test_salesperson_finds_two_that_are_both_theirs(self):
        seller = self._user("double_seller", SELLER)
        self.company.value_sight = "own"
        same = {"vat": "US12345"}
        weaker, stronger = self._two(one={**same, "user_id": seller.id}, other=same)
        self._doubles()
        doubles = self.env[DOUBLE].with_user(seller)
        self.assertFalse(doubles.search([]))
        stronger.user_id = seller
        self.env.flush_all()
        self.assertEqual(doubles.search([]).partner_id, weaker)
        with self.assertRaises(AccessError):
            doubles.search([]).read(["revenue"])

    def test_a_company_s_doubles_are_its_own(self):
        same = {"vat": "US12345"}
        self._two(one=same, other=same)
        self._doubles()
        other = self._create_company("Other Company", self.usd)
        self._score(other)
        self.assertEqual(
            self.env[DOUBLE].sudo().search([]).company_id & (self.company | other),
            self.company,
        )
