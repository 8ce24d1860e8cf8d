"""The demo's strategy: thirty months that were related, or not, on any day."""

from unittest import SkipTest

from odoo.tests import TransactionCase, tagged

from ...demo.scorecard.figures import figures

VERDICTS = {
    "System": "supported",
    "Quickly": "supported",
    "Quality": "contradicted",
    "Employees": "none",
    "Stay": "untestable",
}


@tagged("post_install", "-at_install")
class TestScorecardDemo(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        installed = cls.env["ir.module.module"].search([("name", "=", "crm_value")])
        if not installed.demo:
            raise SkipTest("crm_value is installed without demo data")
        cls.strategy = cls.env.ref("crm_value.demo_strategy_0")

    def test_map_shows_all_four_verdicts(self):
        self.strategy.link_ids._judge()
        found = {
            link.cause_id.name.split()[-1]: link.verdict
            for link in self.strategy.link_ids
        }
        found["System"] = self.strategy.link_ids.filtered(
            lambda link: link.cause_id.name == "A System That Is Used"
        ).verdict
        for name, verdict in VERDICTS.items():
            with self.subTest(cause=name):
                self.assertEqual(found[name], verdict)

    def test_part_is_on_with_its_job(self):
        self.assertTrue(self.env["res.groups"]._value_uses("strategy"))
        self.assertTrue(self.env.ref("crm_value.ir_cron_scorecard").active)

    def test_something_is_to_be_entered_and_something_is_under_way(self):
        activities = self.strategy.objective_ids.measure_ids.activity_ids
        kinds = activities.activity_type_id.get_external_id().values()
        expected = {
            "crm_value.mail_activity_enter",
            "crm_value.mail_activity_initiative",
        }
        self.assertEqual(set(kinds), expected)

    def test_figures_are_the_same_each_time(self):
        self.assertEqual(figures(30), figures(30))
