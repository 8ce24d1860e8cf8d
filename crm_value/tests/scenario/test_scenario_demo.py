from unittest import SkipTest

from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install")
class TestScenarioDemo(TransactionCase):
    """The demo has three scenarios, a choice that is reviewed, and one that waits."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        installed = cls.env["ir.module.module"].search([("name", "=", "crm_value")])
        if not installed.demo:
            raise SkipTest("crm_value is installed without demo data")
        cls.env["crm.value.demo"]._install()  # what is there already stays

    def test_three_scenarios_wait_to_be_computed(self):
        for at in range(3):
            scenario = self.env.ref(f"crm_value.demo_scenario_{at}")
            self.assertTrue(scenario.line_ids)

    def test_one_choice_is_reviewed_and_one_waits(self):
        reviewed, waits = (
            self.env.ref(f"crm_value.demo_choice_{at}") for at in range(2)
        )
        self.assertEqual((reviewed.state, waits.state), ("reviewed", "taken"))
        self.assertTrue(reviewed.learnt and reviewed.actual is not False)
        self.assertTrue(waits.activity_ids)
