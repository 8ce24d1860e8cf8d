from odoo.tests import HttpCase, tagged

from .plan_common import PlanCommon


@tagged("post_install", "-at_install")
class TestPlanTour(HttpCase, PlanCommon):
    """An officer goes from a goal to drafts of campaigns in a browser."""

    browser_size = "1366x900"

    def test_officer_plans_and_drafts(self):
        self.start_tour(
            "/odoo/customer-plans", "crm_value_plan", login="campaign_officer"
        )
        plan = self.env["crm.value.plan"].search(
            [("name", "=", "Tour Plan"), ("company_id", "=", self.company.id)]
        )
        self.assertEqual((plan.state, plan.target, plan.budget), ("drafted", 900, 60))
        self.assertTrue(plan.line_ids.campaign_ids)
