from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .campaign_common import CampaignCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 12:00:00")
class TestCampaignRights(CampaignCommon):
    """Officers write drafts, managers launch, nobody else sees any of it."""

    def test_officer_drafts_and_cannot_launch(self):
        campaign = self._campaign().with_user(self.officer)
        campaign.offer = "Free delivery"
        self.assertTrue(campaign.foresight)
        with self.assertRaises(AccessError):
            campaign.action_launch()
        self.assertEqual(campaign.state, "draft")

    def test_manager_launches_stops_and_measures(self):
        campaign = self._campaign().with_user(self.manager)
        campaign.action_launch()
        self.assertEqual(campaign.state, "running")
        self.assertTrue(campaign.progress)
        with self.assertRaises(AccessError):
            campaign.with_user(self.officer).action_stop()
        campaign.action_stop()
        self.assertEqual(campaign.state, "stopped")

    def test_plain_user_sees_nothing(self):
        user = self._user("campaign_user", "crm_value.group_user")
        campaign = self._launched()
        for records in (campaign, campaign.member_ids, self.segment):
            with self.assertRaises(AccessError):
                records.with_user(user).check_access("read")

    def test_what_was_launched_stays_as_it_was(self):
        campaign = self._launched().with_user(self.officer)
        for vals in ({"share": 0.4}, {"days": 9}, {"segment_id": self.segment.id}):
            with self.assertRaises(UserError):
                campaign.write(vals)
        with self.assertRaises(UserError):
            campaign.unlink()
        campaign.cost_fixed = 250  # what it costs is known later
        self.assertEqual(campaign.cost_fixed, 250)

    def test_results_and_seed_are_written_by_the_job_alone(self):
        draft = (
            self.env["crm.value.campaign"]
            .with_user(self.officer)
            .create(
                {
                    "name": "Mine",
                    "segment_id": self.segment.id,
                    "state": "done",
                    "verdict": "paid",
                    "seed": 7,
                }
            )
        )
        draft.write({"verdict": "paid", "seed": 7, "offer": "x"})
        self.assertEqual((draft.state, draft.verdict), ("draft", False))
        self.assertNotEqual(draft.seed, 7)

    def test_draft_may_be_deleted(self):
        campaign = self._campaign().with_user(self.officer)
        campaign.unlink()
        self.assertFalse(campaign.exists())

    def test_other_company_sees_nothing(self):
        other = self._create_company("Other Company", self.usd)
        stranger = self._user("campaign_other", "crm_value.group_manager", other)
        campaign = self._launched()
        for model in ("segment", "campaign", "campaign.member"):
            records = self.env[f"crm.value.{model}"].with_user(stranger)
            records = records.with_context(allowed_company_ids=other.ids)
            self.assertFalse(records.search([("company_id", "=", self.company.id)]))
        with self.assertRaises(AccessError):
            records.env["crm.value.campaign"].browse(campaign.id).read(["name"])

    def test_officer_who_sees_own_customers_only_sees_no_campaign(self):
        self.company.value_sight = "own"
        partial = self._user(
            "campaign_partial",
            "sales_team.group_sale_salesman,crm_value.group_officer",
        )
        campaign = self._campaign()
        with self.assertRaises(AccessError):
            campaign.with_user(partial).read(["name"])

    def test_copy_is_a_new_draft(self):
        campaign = self._launched()
        copy = campaign.copy()
        self.assertEqual((copy.state, copy.date_start), ("draft", False))
        self.assertNotEqual(copy.seed, campaign.seed)
        self.assertFalse(copy.member_ids)
