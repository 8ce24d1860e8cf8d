from unittest import SkipTest

from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install")
class TestPlanDemo(TransactionCase):
    """The demo has a plan that waits to be worked out."""

    def test_plan_is_there_with_its_goal(self):
        installed = self.env["ir.module.module"].search([("name", "=", "crm_value")])
        if not installed.demo:
            raise SkipTest("crm_value is installed without demo data")
        self.env["crm.value.demo"]._install()  # what is there already stays
        plan = self.env.ref("crm_value.demo_plan_0")
        self.assertEqual((plan.kind, plan.target), ("win_back", 5000))
        self.assertTrue(plan.segment_ids)
