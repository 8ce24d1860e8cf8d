from datetime import timedelta

from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from ..common import TODAY
from .plan_common import PlanCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 12:00:00")
class TestPlan(PlanCommon):
    """From a goal to plays for segments, and what they reach."""

    def test_plan_stays_within_its_budget_and_says_what_is_missing(self):
        plan = self._reckoned()
        self.assertLessEqual(plan.cost, 300)
        self.assertGreater(plan.expected, plan.cost)
        self.assertLess(plan.expected_low, plan.expected)
        self.assertIn("is missing", plan.conclusion)
        self.assertIn("all of it is assumed", plan.conclusion)

    def test_larger_budget_brings_more_up_to_what_is_told(self):
        small, large = self._reckoned(budget=30), self._reckoned(budget=30000)
        self.assertGreater(large.expected, small.expected)
        self.assertEqual(large.expected, large.free_expected)
        self.assertEqual(small.free_expected, large.expected)
        self.assertIn("a larger budget would not bring it", large.conclusion)

    def test_assumption_is_a_share_of_customers_times_a_purchase(self):
        plan = self._reckoned(segment_ids=self.segment.ids)
        line = plan.line_ids.filtered(lambda one: one.play_id == self.letter)
        self.assertAlmostEqual(line.lift, 0.02 * 129.5, places=2)
        self.assertAlmostEqual(line.lift_error, 0.02 * 129.5, places=2)
        self.assertEqual(line.measured, 0)

    def test_ended_campaigns_of_the_goal_replace_the_assumption(self):
        self._measured(6.0, 0.5)
        self._measured(6.0, 0.5, kind="keep")
        skewed = self._measured(99.0, 0.1)
        skewed.sudo().verdict = "skewed"
        plan = self._reckoned(segment_ids=self.segment.ids)
        line = plan.line_ids.filtered(lambda one: one.play_id == self.letter)
        weight = 0.5**-2 / (0.5**-2 + (0.02 * 129.5) ** -2)
        self.assertAlmostEqual(line.measured, weight, places=3)
        self.assertAlmostEqual(
            line.lift, weight * 6 + (1 - weight) * 0.02 * 129.5, places=1
        )
        self.assertIn("Your own ended campaigns count for", plan.conclusion)

    def test_customer_of_two_segments_is_counted_once(self):
        plan = self._reckoned(budget=30000)
        taken = self._taken(plan)
        self.assertEqual(sum(taken.mapped("customer_count")), 160)
        self.assertEqual(len(taken.segment_id), len(taken))

    def test_who_opted_out_is_not_counted(self):
        self.env["mail.blacklist"]._add("customer159@example.com")
        self.customers[158].email = False
        plan = self._reckoned(segment_ids=self.segment.ids, budget=30000)
        self.assertEqual(self._taken(plan).play_id, self.call)
        self.assertEqual(self._taken(plan).customer_count, 159)
        self.call.active = False
        plan.action_reckon()
        self.assertEqual(self._taken(plan).customer_count, 158)

    def test_windows_begin_tomorrow_at_the_earliest_and_end_with_the_plan(self):
        for days in (8, 40, 120):
            plan = self._reckoned(date=TODAY + timedelta(days=days))
            for line in plan.line_ids:
                self.assertGreater(line.date_start, TODAY)
                self.assertLessEqual(line.date_end, plan.date)
                self.assertEqual((line.date_end - line.date_start).days, line.days - 1)

    def test_goal_that_is_reached_takes_nothing_more(self):
        plan = self._reckoned(target=50, budget=30000)
        self.assertEqual(len(self._taken(plan)), 1)
        self.assertIn("The goal is reached", plan.conclusion)

    def test_no_budget_takes_nothing_and_says_why(self):
        plan = self._reckoned(budget=0)
        self.assertFalse(self._taken(plan))
        self.assertEqual(plan.expected, 0)
        self.assertIn("No play fits", plan.conclusion)
        with self.assertRaises(UserError):
            plan.action_draft()

    def test_nobody_in_a_segment_is_said(self):
        self.segment.domain = "[('purchase_count', '>', 9999)]"
        plan = self._reckoned(segment_ids=self.segment.ids)
        self.assertEqual(set(plan.line_ids.mapped("reason")), {"unknown"})

    def test_what_nothing_can_be_proposed_for_is_refused(self):
        with self.assertRaises(UserError):
            self._reckoned(date=TODAY + timedelta(days=6))
        with self.assertRaises(UserError):
            self._reckoned(kind="introduce")
        self.env["crm.value.segment"].search([]).active = False
        with self.assertRaises(UserError):
            self._reckoned()

    def test_another_question_forgets_the_answer(self):
        plan = self._reckoned()
        plan.name = "Another Name"
        self.assertEqual(plan.state, "reckoned")
        plan.with_user(self.officer).budget = 40
        self.assertEqual((plan.state, plan.expected), ("draft", False))
        self.assertFalse(plan.line_ids)
        self.assertFalse(plan.conclusion)

    def test_goal_and_budget_are_sums(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(Exception):  # noqa: B017
            self._plan(target=0).flush_recordset()

    def test_money_for_a_part_takes_the_largest(self):
        plan = self._reckoned(segment_ids=self.segment.ids, budget=20)
        line = self._taken(plan)
        self.assertEqual(line.treated_count, 40)
        self.assertEqual(line.size_limit, line.customer_count)
        self.assertEqual(line.cost, 20)
