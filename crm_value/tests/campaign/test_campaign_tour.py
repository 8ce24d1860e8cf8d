from datetime import timedelta

from odoo import fields
from odoo.tests import HttpCase, tagged

from .campaign_common import CampaignCommon
from .holdout_common import HoldoutCommon
from .smtp_sink import smtp_sink


@tagged("post_install", "-at_install")
class TestCampaignTour(HttpCase, CampaignCommon):
    """A manager goes from a segment to what a campaign brought, in a browser."""

    browser_size = "1366x900"

    def test_manager_launches_and_reads_the_result(self):
        self.start_tour(
            "/odoo/customer-segments", "crm_value_campaign", login="campaign_manager"
        )
        campaign = self.env["crm.value.campaign"].search(
            [("name", "=", "Tour Letter"), ("company_id", "=", self.company.id)]
        )
        self.assertEqual(campaign.state, "running")
        self.assertEqual(campaign.share, 0.3)
        self.assertEqual(self._sent(), campaign.treated_count)
        self._effect(campaign, 20, campaign.date_start + timedelta(days=9))
        self._end(campaign)
        self.start_tour(
            f"/odoo/customer-campaigns/{campaign.id}",
            "crm_value_campaign_result",
            login="campaign_manager",
        )

    def _sent(self):
        """Send what is due by a real mail server; return how many letters it got."""
        with smtp_sink(self.env) as letters:
            with self._no_commit():
                self.env["crm.value.contact"]._cron_contact()
            self.env["mail.mail"].search([("subject", "=", "Spring")]).send()
        return len(letters)


@tagged("post_install", "-at_install")
class TestHoldoutTour(HttpCase, HoldoutCommon):
    """A manager has a playbook hold customers out, and reads what it brings."""

    browser_size = "1366x900"

    def test_manager_tries_a_playbook(self):
        self.declining.hold_share = 0
        manager = self._seller("holdout_manager", groups="crm_value.group_manager")
        # Of all companies: what they share is changed by who works in each.
        manager.company_ids = self.env["res.company"].search([])
        place = f"/odoo/customer-playbooks/{self.declining.id}"
        self.start_tour(place, "crm_value_holdout", login=manager.login)
        self.assertEqual(self.declining.hold_share, 0.25)
        day = fields.Date.today()
        holdout = self._enter(day=day)
        self._effect(holdout, 10, day)
        self._night(day + timedelta(days=89))
        self.start_tour(place, "crm_value_holdout_result", login=manager.login)
