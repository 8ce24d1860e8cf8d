from odoo.tests import HttpCase, tagged

from .scenario_common import ScenarioCommon


@tagged("post_install", "-at_install")
class TestScenarioTour(HttpCase, ScenarioCommon):
    """A manager goes from a scenario to a comparison, a choice and its review."""

    browser_size = "1366x900"

    def test_scenario_compare_choice_review(self):
        self._computed(("price", 3), name="Dearer by Three")
        due = self._choice(question="What Did We Learn?")
        due.action_take()
        due.sudo().write({"taken_on": "2026-01-10", "review_date": "2026-03-10"})
        self._stored_months(80, [due._months()[0]])
        self.start_tour(
            "/odoo/customer-scenarios", "crm_value_scenario", login="scenario_manager"
        )
        made = self.env["crm.value.scenario"].search([("name", "=", "More Stay")])
        self.assertEqual(made.line_ids.amount, 2)
        self.assertTrue(made.digest)
        choice = self.env["crm.value.choice"].search([("question", "=", "Which One?")])
        self.assertEqual(choice.state, "taken")
        self.assertEqual(choice.chosen_id.name, "Wait")
        self.assertEqual((due.state, due.actual), ("reviewed", 80))
