from odoo.tests import HttpCase, tagged

from .campaign_common import CampaignCommon


@tagged("post_install", "-at_install")
class TestCampaignTour(HttpCase, CampaignCommon):
    """A manager goes from a segment to a launched campaign in a browser."""

    browser_size = "1366x900"

    def test_manager_launches_and_reads_the_result(self):
        ended = self._launched(name="Winter Letter")
        self._end(ended)
        self.start_tour(
            "/odoo/customer-segments", "crm_value_campaign", login="campaign_manager"
        )
        campaign = self.env["crm.value.campaign"].search(
            [("name", "=", "Tour Letter"), ("company_id", "=", self.company.id)]
        )
        self.assertEqual(campaign.state, "running")
        self.assertEqual(campaign.share, 0.3)
