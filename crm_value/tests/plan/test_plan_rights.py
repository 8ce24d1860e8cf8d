from odoo.exceptions import AccessError, ValidationError
from odoo.tests import freeze_time, tagged

from .plan_common import PlanCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 12:00:00")
class TestPlanRights(PlanCommon):
    """Officers plan, managers say what plays are, nobody else sees any of it."""

    def test_officer_plans_and_drafts(self):
        plan = self._plan().with_user(self.officer)
        plan.action_reckon()
        self.assertTrue(plan.conclusion)
        plan.action_draft()
        self.assertEqual(plan.state, "drafted")

    def test_officer_does_not_change_plays_and_a_manager_does(self):
        with self.assertRaises(AccessError):
            self.letter.with_user(self.officer).uplift = 0.5
        self.letter.with_user(self.manager).uplift = 0.03
        self.assertEqual(self.letter.uplift, 0.03)

    def test_plain_user_sees_nothing(self):
        user = self._user("plan_user", "crm_value.group_user")
        plan = self._reckoned()
        for records in (plan, plan.line_ids, self.letter):
            with self.assertRaises(AccessError):
                records.with_user(user).check_access("read")

    def test_results_are_written_by_their_own_code_alone(self):
        plan = self._reckoned().with_user(self.officer)
        plan.write({"expected": 10**6, "state": "drafted"})
        self.assertNotEqual(plan.expected, 10**6)
        self.assertEqual(plan.state, "reckoned")
        with self.assertRaises(AccessError):
            plan.line_ids[:1].expected = 10**6

    def test_other_company_sees_nothing(self):
        other = self._create_company("Other Company", self.usd)
        stranger = self._user("plan_other", "crm_value.group_manager", other)
        plan = self._reckoned()
        for model in ("plan", "plan.line", "play"):
            records = self.env[f"crm.value.{model}"].with_user(stranger)
            records = records.with_context(allowed_company_ids=other.ids)
            self.assertFalse(records.search([("company_id", "=", self.company.id)]))
        with self.assertRaises(AccessError):
            plan.with_user(stranger).read(["name"])

    def test_segment_of_another_company_is_refused(self):
        other = self._create_company("Foreign Company", self.usd)
        segment = self.segment.copy({"company_id": other.id})
        with self.assertRaises(ValidationError):
            self._plan(segment_ids=segment.ids)

    def test_new_company_starts_with_plays(self):
        other = self._create_company("Another Company", self.usd)
        plays = self.env["crm.value.play"].search([("company_id", "=", other.id)])
        self.assertEqual(
            set(plays.mapped("kind")), {"win_back", "keep", "sell", "first_year"}
        )
        self.assertTrue(all(plays.mapped("source")))

    def test_officer_who_sees_own_customers_only_sees_no_plan(self):
        plan = self._reckoned()
        self.company.value_sight = "own"
        partial = self._user(
            "plan_partial", "sales_team.group_sale_salesman,crm_value.group_officer"
        )
        for records in (plan, plan.line_ids):
            with self.assertRaises(AccessError):
                records.with_user(partial).read(["cost"])
