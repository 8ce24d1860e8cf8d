"""A contact that stands for many people is no person, but its money is money."""

from odoo.tests import tagged

from ..common import TODAY, ValueCommon, ago

PERSONAL = (
    "value_score",
    "current_value_score",
    "quadrant",
    "rfm_r",
    "rfm_segment",
    "pareto_class",
    "pareto_rank",
    "clv",
    "p_alive",
    "stage_id",
    "tier_id",
    "decline_risk",
    "purchase_count",
    "last_purchase_date",
    "next_contact_date",
)


@tagged("post_install", "-at_install")
class TestCrowd(ValueCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.people = cls._population(20)
        cls.till = cls._customer("Walk-in customers")
        cls._purchases(cls.till, *[(500, days) for days in range(1, 90)])

    def _scores(self):
        profiles = map(self._profile, self.people)
        return [self._row(profile) for profile in profiles if profile]

    def test_crowd_is_no_person_and_its_money_counts(self):
        before = self._score()
        self.assertEqual(self._profile(self.till).pareto_rank, 1)
        self.till.value_is_crowd = True
        self._order(self.till, 50)
        self._ticket(self.till)
        run = self._score()
        profile = self._profile(self.till)
        for name in PERSONAL:
            self.assertFalse(profile[name], name)
        self.assertEqual(profile.revenue, 500 * 89)
        self.assertEqual(run.revenue_total, before.revenue_total)
        self.assertEqual(run.buyer_count, before.buyer_count - 1)
        self.assertIn("many customers", profile.explanation["unscored"])

    def test_others_are_scored_as_if_it_were_not_there(self):
        self.till.value_is_crowd = True
        self._score()
        beside = self._scores()
        self.assertGreater(len(beside), 9)
        self.env["crm.value.transaction"].search(
            [("partner_id", "=", self.till.id)]
        ).unlink()
        self._score()
        self.assertEqual(beside, self._scores())

    def test_refresh_gives_what_a_run_does(self):
        self.till.value_is_crowd = True
        self._score()
        self._purchases(self.till, (70, 1))
        self._refresh()
        refreshed = self._row(self._profile(self.till))
        self.assertEqual(refreshed["revenue"], 500 * 89 + 70)
        self._score()
        self.assertEqual(refreshed, self._row(self._profile(self.till)))

    def test_contact_that_is_one_person_again_is_scored(self):
        self.till.value_is_crowd = True
        self._score()
        self.till.value_is_crowd = False
        self._refresh()
        self.assertEqual(self._profile(self.till).last_purchase_date, ago(1))
        self.assertEqual(self._profile(self.till).as_of, TODAY)
