"""Churned relationships: found, asked about, answered, and never forgotten."""

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged
from odoo.tools.date_utils import end_of

from ..common import TODAY, ValueCommon, ago


@tagged("post_install", "-at_install")
class TestEnding(ValueCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._only_this_company()
        cls.seller = cls._member("seller", "sales_team.group_sale_salesman")
        cls.rival = cls.env.ref("crm_value.exit_reason_rival")
        cls.gone = cls._customer("Gone", user_id=cls.seller.id)
        cls._purchases(cls.gone, *((100, day) for day in range(170, 460, 30)))

    @classmethod
    def _member(cls, login, group):
        return new_test_user(
            cls.env,
            login,
            group,
            company_id=cls.company.id,
            company_ids=cls.company.ids,
        )

    def _endings(self, customer=None):
        return self.env["crm.value.ending"].search(
            [("partner_id", "=", (customer or self.gone).id)], order="ended_on"
        )

    def _lose(self):
        """Let the first run see a declining customer, the next one a lost one."""
        self._score()
        self._age(self.gone, 20)
        self._score()
        self.assertEqual(self._profile(self.gone).stage_id.code, "lost")

    def test_first_run_finds_the_endings_of_the_past_and_asks_nobody(self):
        old = self._customer("Old", user_id=self.seller.id)
        self._purchases(old, *((50, day) for day in range(700, 900, 25)))
        self._score()
        ending = self._endings(old)
        self.assertEqual(ending.pattern, "midway")
        self.assertEqual((ending.began_on, ending.ended_on), (ago(875), ago(700)))
        self.assertEqual((ending.purchase_count, ending.duration), (8, 175))
        self.assertEqual((ending.revenue, ending.user_id), (400, self.seller))
        self.assertFalse(ending.activity_ids)
        self.assertFalse(self._endings())
        said = self._profile(old).ending_words
        self.assertIn("had already left", said)
        self.assertIn("Pattern: Midway", said)
        ending.purchase_count = 1
        self._profile(old).invalidate_recordset(["ending_words"])
        self.assertNotIn("Pattern", self._profile(old).ending_words)

    def test_owner_of_a_lost_customer_is_asked_once(self):
        self._lose()
        ending = self._endings()
        question = ending.activity_ids
        self.assertEqual(question.user_id, self.seller)
        self.assertEqual(question.summary, "Find out why the customer left")
        for _again in range(2):
            self._score()
            self._stale_refresh()
        self.assertEqual(self._endings().activity_ids, question)
        self.assertEqual(ending.asked_on, TODAY)

    def _stale_refresh(self):
        self.env["crm.value.stale"]._mark(self.gone, self.company)
        self._refresh()

    def test_answer_closes_the_question_and_survives_runs(self):
        self._lose()
        ending = self._endings()
        ending.with_user(self.seller).write(
            {"reason_id": self.rival.id, "note": "Cheaper by a tenth"}
        )
        self.assertFalse(ending.activity_ids)
        self.assertEqual(ending.answer_user_id, self.seller)
        self.assertIn("Better competitor", self.gone.message_ids[0].body)
        self._purchases(self.gone, (100, 2))
        self._score()
        ending = self._endings()[0]
        self.assertEqual(ending.reason_id, self.rival)
        self.assertEqual(ending.returned_on, ago(2))

    def test_late_documents_take_an_unanswered_ending_back(self):
        self._lose()
        self._purchases(self.gone, *((100, day) for day in (20, 50, 80, 110)))
        self._refresh()
        self.assertFalse(self._endings())
        self.assertFalse(
            self.env["mail.activity"].search([("res_model", "=", "crm.value.ending")])
        )

    def test_profile_tells_how_the_relation_ended(self):
        self._lose()
        profile = self._profile(self.gone)
        self.assertEqual(profile.ending_id, self._endings())
        self.assertEqual(profile.ending_pattern, "midway")
        self.assertEqual(profile.action_open_ending()["res_id"], self._endings().id)
        self._purchases(self.gone, (100, 1))
        self._refresh()
        self.assertFalse(self._profile(self.gone).ending_id)

    def test_early_failures_are_listed_but_not_asked_about(self):
        once = self._customer("Once", user_id=self.seller.id)
        self._purchases(once, (10, 360))
        self._score()
        self._age(once, 10)
        self._score()
        self.assertEqual(self._endings(once).pattern, "early_failure")
        self.assertFalse(self._endings(once).activity_ids)

    def test_customer_set_to_lost_by_hand_is_asked_about(self):
        self._purchases(self.gone, (100, 70), (100, 40), (100, 10))
        self._score()
        override = self.env["crm.value.override"].create(
            {
                "partner_id": self.gone.id,
                "kind": "stage",
                "stage_id": self.env.ref("crm_value.stage_lost").id,
                "reason": "Shop is closed",
                "date_to": ago(-100),
            }
        )
        ending = self._endings()
        self.assertTrue(ending.by_hand)
        self.assertEqual((ending.ended_on, ending.noted_on), (ago(10), TODAY))
        self.assertEqual(ending.activity_ids.user_id, self.seller)
        override.unlink()
        self._stale_refresh()
        self.assertFalse(self._endings())

    def test_segment_is_that_of_the_month_of_the_last_purchase(self):
        self._lose()
        ending = self._endings()
        self.assertFalse(ending.quadrant, "there is no month end yet")
        month_end = end_of(ending.ended_on, "month")
        self._score(as_of=month_end)
        self._score()
        then = self._snapshot(self.gone, month_end)
        self.assertEqual(self._endings().quadrant, then.quadrant)
        self.assertEqual(self._endings().rfm_segment, then.rfm_segment)
        self.assertTrue(then.rfm_segment)

    def test_people_answer_and_change_nothing_else(self):
        self._lose()
        ending = self._endings().with_user(self.seller)
        with self.assertRaisesRegex(AccessError, "cannot be edited"):
            ending.pattern = "midway"
        with self.assertRaises(AccessError):
            ending.read(["margin"])
        with self.assertRaises(AccessError):
            ending.unlink()
        with self.assertRaises(AccessError):
            ending.create({"partner_id": self.gone.id, "ended_on": TODAY})
        with self.assertRaises(AccessError):
            self.rival.with_user(self.seller).name = "Mine"
        stranger = new_test_user(self.env, "stranger", "base.group_user")
        with self.assertRaises(AccessError):
            self._endings().with_user(stranger).read(["pattern"])

    def test_other_companies_endings_are_not_seen(self):
        self._lose()
        other = self.env["res.company"].create({"name": "Other"})
        user = new_test_user(
            self.env,
            "elsewhere",
            "crm_value.group_manager",
            company_id=other.id,
            company_ids=other.ids,
        )
        endings = self.env["crm.value.ending"].with_user(user)
        endings = endings.with_context(allowed_company_ids=other.ids)
        self.assertFalse(endings.search_count([]))

    def test_many_endings_take_as_many_statements_as_few(self):
        counts = []
        for size in (5, 50):
            crowd = self.env["res.partner"].create(
                [{"name": f"Crowd {at}", "is_company": True} for at in range(size)]
            )
            for customer in crowd:
                self._purchases(customer, (10, 900), (10, 880), (10, 860))
            self._score()
            before = self.env.cr.sql_log_count
            self._score()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[0], counts[1])
