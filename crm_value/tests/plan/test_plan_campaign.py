from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from .plan_common import PlanCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 12:00:00")
class TestPlanCampaign(PlanCommon):
    """From a plan to drafts of campaigns, and to what came of them."""

    def _drafted(self, **values):
        plan = self._reckoned(**values)
        plan.with_user(self.officer).action_draft()
        return plan, self._taken(plan).campaign_ids

    def test_plays_become_drafts_with_a_hold_out_and_nothing_is_launched(self):
        plan, campaigns = self._drafted(budget=30000)
        self.assertEqual(plan.state, "drafted")
        self.assertEqual(set(campaigns.mapped("state")), {"draft"})
        self.assertEqual(len(campaigns), len(self._taken(plan)))
        for campaign in campaigns:
            line = campaign.plan_line_id
            self.assertEqual(campaign.share, line.share)
            self.assertEqual(campaign.days, line.days)
            self.assertEqual(campaign.means, line.play_id.means)
            self.assertEqual(campaign.date_planned, line.date_start)
        self.assertFalse(campaigns.member_ids)

    def test_drafts_have_the_customers_of_the_plan_and_none_twice(self):
        plan, campaigns = self._drafted(budget=30000)
        for campaign in campaigns:
            planned = campaign.plan_line_id.customer_count
            self.assertEqual(len(campaign._customers()), planned)
        for campaign in campaigns:
            campaign.with_user(self.manager).action_launch()
        self.assertEqual(sum(map(len, campaigns.mapped("member_ids"))), 160)
        self.assertEqual(len(campaigns.member_ids.partner_id), 160)
        self.assertEqual(sum(campaigns.mapped("treated_count")), self._gets(plan))

    def _gets(self, plan):
        return sum(self._taken(plan).mapped("treated_count"))

    def test_order_of_launches_does_not_matter(self):
        plan, campaigns = self._drafted(budget=30000)
        for campaign in reversed(campaigns):
            campaign.action_launch()
        self.assertEqual(len(campaigns.member_ids.partner_id), 160)
        self.assertEqual(len(campaigns.member_ids), 160)
        self.assertEqual(plan.state, "drafted")

    def test_who_moves_after_a_launch_is_not_taken_again(self):
        _plan, campaigns = self._drafted(budget=30000)
        first, second = campaigns[0], campaigns[1]
        first.action_launch()
        first.segment_id.domain = "[('purchase_count', '>', 9999)]"
        self.env.invalidate_all()
        theirs = second._customers().partner_id
        self.assertFalse(theirs & first.member_ids.partner_id)

    def test_part_of_a_segment_is_launched_as_a_part(self):
        plan, campaign = self._drafted(segment_ids=self.segment.ids, budget=20)
        campaign.action_launch()
        line = self._taken(plan)
        self.assertEqual(len(campaign.member_ids), line.customer_count)
        self.assertLessEqual(campaign.treated_count, 40)
        best = self.customers[160 - line.customer_count :]
        self.assertEqual(campaign.member_ids.partner_id, best)
        self.assertIn(f"With {line.customer_count} customers", self._foresight(plan))

    def _foresight(self, plan):
        again = self._reckoned(segment_ids=plan.segment_ids.ids, budget=20)
        again.action_draft()
        return self._taken(again).campaign_ids.foresight

    def test_drafted_plan_is_not_planned_anew(self):
        plan, _campaigns = self._drafted()
        for again in (plan.action_reckon, plan.action_draft):
            with self.assertRaises(UserError):
                again()
        with self.assertRaises(UserError):
            plan.with_user(self.officer).budget = 1
        copy = plan.copy()
        self.assertEqual((copy.state, copy.expected), ("draft", False))
        self.assertFalse(copy.line_ids)

    def test_plan_with_a_launched_campaign_is_kept(self):
        plan, campaigns = self._drafted()
        campaigns[:1].action_launch()
        with self.assertRaises(UserError):
            plan.unlink()
        other, drafts = self._drafted(budget=20)
        other.unlink()
        self.assertFalse(drafts.plan_line_id)

    def test_what_came_of_it_stands_beside_what_was_expected(self):
        plan, campaigns = self._drafted(segment_ids=self.segment.ids)
        self.assertIn("0 of 1", plan.outcome)
        campaigns.action_launch()
        self._effect(campaigns, 20)
        self._end(campaigns)
        self.assertEqual(campaigns.state, "done")
        plan.invalidate_recordset()
        self.assertIn("Campaigns ended so far: 1 of 1. They brought", plan.outcome)
        self.assertIn("expected of them was", plan.outcome)

    def test_campaign_of_a_plan_opens_from_it(self):
        plan, campaigns = self._drafted()
        action = plan.action_open_campaigns()
        found = self.env["crm.value.campaign"].search(action["domain"])
        self.assertEqual(found, campaigns)
        self.assertEqual(
            plan.action_open_plays()["context"]["default_kind"], "win_back"
        )
