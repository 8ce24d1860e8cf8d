"""What lists and pivots tell of the forecasts of several customers."""

from odoo.tests import tagged

from ...models.forecast.crm_value_foretold import FEW
from ..common import ValueCommon

SUMS = ("clv:sum", "expected_purchases:sum", "expected_revenue:sum", "stake:sum")


@tagged("post_install", "-at_install")
class TestTotals(ValueCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._only_this_company()
        many = [cls._customer(f"Many {at}") for at in range(FEW)]
        few = [cls._customer(f"Few {at}") for at in range(FEW - 1)]
        for at, customer in enumerate([*many, *few]):
            cls._purchases(customer, *((50, day) for day in range(5 + at, 500, 60)))
        cls._score()
        cls.profiles = cls.env["crm.value.profile"].search(
            [("company_id", "=", cls.company.id)]
        )
        cls.many, cls.few = (
            cls.profiles.filtered(lambda p, kind=kind: kind in p.partner_id.name)
            for kind in ("Many", "Few")
        )
        cls.profiles.write({"clv_confidence": "good"})
        cls.few.relation, cls.many.relation = "lost", "active"
        cls.env.flush_all()

    def _groups(self, sums=SUMS):
        found = self.profiles.formatted_read_group(
            [("id", "in", self.profiles.ids)], ["relation"], sums
        )
        return {group["relation"]: group for group in found}

    def test_group_of_few_tells_no_sum_of_forecasts(self):
        found = self._groups([*SUMS, "revenue:sum"])
        for spec in SUMS:
            self.assertFalse(found["lost"][spec], spec)
        for spec in SUMS[:3]:
            self.assertTrue(found["active"][spec], spec)
        self.assertTrue(found["lost"]["revenue:sum"], "what was, is no forecast")
        told = sum(self.many.mapped("expected_purchases"))
        self.assertAlmostEqual(found["active"]["expected_purchases:sum"], told)

    def test_pivot_tells_what_the_list_does(self):
        domain = [("id", "in", self.profiles.ids)]
        whole, groups = self.profiles.formatted_read_grouping_sets(
            domain, [[], ["relation"]], ["clv:sum"]
        )
        self.assertAlmostEqual(
            whole[0]["clv:sum"], sum(self.profiles.mapped("clv")), places=2
        )
        told = {group["relation"]: group["clv:sum"] for group in groups}
        self.assertFalse(told["lost"])
        self.assertTrue(told["active"])

    def test_what_no_row_tells_is_in_no_sum(self):
        self.many[0].clv_confidence = "insufficient"
        self.env.flush_all()
        self.assertFalse(self._groups()["active"]["clv:sum"], "one too few is known")
        self.few[0].relation = self.few[1].relation = "active"
        self.env.flush_all()
        rows = self.many[1:] | self.few[:2]
        self.assertAlmostEqual(
            self._groups()["active"]["clv:sum"], sum(rows.mapped("clv")), places=2
        )

    def test_what_the_add_on_asks_itself_adds_up_all(self):
        [[worth]] = self.profiles._read_group(
            [("id", "in", self.few.ids)], [], ["clv:sum"]
        )
        self.assertAlmostEqual(worth, sum(self.few.mapped("clv")), places=2)

    def test_screen_cannot_ask_for_all(self):
        asked = self.profiles.with_context(value_tells="no")
        [found] = asked.formatted_read_group(
            [("id", "in", self.few.ids)], [], ["clv:sum"]
        )
        self.assertFalse(found["clv:sum"])

    def test_referred_customers_of_one_are_few_too(self):
        referrer = self._customer("Referrer")
        self.few.partner_id.value_referrer_id = referrer
        self.env.flush_all()
        domain = [("partner_id", "in", self.few.partner_id.ids)]
        sums = ["clv:sum", "revenue_total:sum"]
        [found] = self.env["crm.value.referral"].formatted_read_group(
            domain, ["referrer_id"], sums
        )
        self.assertFalse(found["clv:sum"])
        self.assertTrue(found["revenue_total:sum"])
