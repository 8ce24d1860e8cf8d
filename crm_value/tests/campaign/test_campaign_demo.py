from unittest import SkipTest

from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install")
class TestCampaignDemo(TransactionCase):
    """The demo has a campaign that ended without a claim, one that runs, one draft."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        installed = cls.env["ir.module.module"].search([("name", "=", "crm_value")])
        if not installed.demo:
            raise SkipTest("crm_value is installed without demo data")
        cls.env["crm.value.demo"]._install()  # what is there already stays
        cls.campaigns = [
            cls.env.ref(f"crm_value.demo_campaign_{at}") for at in range(3)
        ]

    def test_one_has_ended_and_nothing_is_claimed(self):
        ended = self.campaigns[0]
        self.assertEqual((ended.state, ended.verdict), ("done", "open"))
        self.assertGreaterEqual(ended.held_count, 30)
        self.assertIn("We cannot yet say", ended.with_context(lang="en_US").conclusion)

    def test_one_runs_and_its_result_is_hidden(self):
        running = self.campaigns[1]
        self.assertEqual((running.state, running.verdict), ("running", False))
        self.assertFalse(any(running.member_ids.mapped("margin_after")))

    def test_one_is_a_draft(self):
        self.assertEqual(self.campaigns[2].state, "draft")

    def test_a_playbook_tells_what_it_brings(self):
        holdout = self.env.ref("crm_value.demo_holdout_0")
        self.assertEqual(holdout.verdict, "open")
        self.assertGreaterEqual(holdout.held_count, 30)
        told = holdout.playbook_id.with_company(holdout.company_id)
        told = told.with_context(lang="en_US").hold_told
        self.assertIn("We cannot yet say", told)
        self.assertFalse(holdout.playbook_id.hold_share)
