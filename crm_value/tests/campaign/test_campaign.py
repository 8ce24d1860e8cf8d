from unittest.mock import patch

from odoo.exceptions import UserError, ValidationError
from odoo.tests import freeze_time, tagged

from ..common import TODAY, ago
from .campaign_common import CUSTOMERS, CampaignCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 12:00:00")
class TestCampaign(CampaignCommon):
    """From a segment to a launched campaign."""

    def test_draft_says_what_it_can_show(self):
        told = self._campaign().foresight
        self.assertIn("With 160 customers, 25% of them held out", told)
        self.assertRegex(told, r"±\d+%")

    def test_draft_says_that_too_few_are_held_out_for_a_verdict(self):
        told = self._campaign(share=0.1).foresight
        self.assertIn("Held out: 16 customers.", told)
        self.assertNotIn("Held out:", self._campaign().foresight)

    def test_draft_of_nobody_says_so(self):
        self.segment.domain = "[('purchase_count', '>', 9999)]"
        self.assertIn("too few customers", self._campaign().foresight)

    def test_launch_draws_the_share_and_mails_the_others(self):
        campaign = self._launched()
        self.assertEqual(campaign.state, "running")
        self.assertEqual((campaign.treated_count, campaign.held_count), (120, 40))
        self.assertEqual(campaign.date_start, TODAY)
        mails = campaign.member_ids.contact_ids
        self.assertEqual(mails.partner_id, self._group(campaign, "treated"))
        self.assertEqual(set(mails.mapped("state")), {"planned"})
        self.assertEqual(campaign.utm_id.title, "Spring Letter")

    def test_strata_hold_out_their_share(self):
        campaign = self._launched()
        for members in campaign.member_ids.grouped("stratum").values():
            held = len(members.filtered(lambda member: member.arm == "held"))
            self.assertLess(abs(held - 0.25 * len(members)), 1)
        self.assertGreaterEqual(len(set(campaign.member_ids.mapped("stratum"))), 3)

    def test_margin_before_is_that_of_as_many_days(self):
        campaign = self._launched()
        first = campaign.member_ids.filtered(
            lambda m: m.partner_id == self.customers[0]
        )
        self.assertEqual(first.margin_before, 50)
        short = self._launched(days=30)
        self.assertEqual(set(short.member_ids.mapped("margin_before")), {0})

    def test_who_opted_out_or_has_no_address_leaves_before_the_draw(self):
        self.env["mail.blacklist"]._add("customer3@example.com")
        self.customers[4].email = False
        campaign = self._launched()
        out = {
            member.partner_id: member.left_out
            for member in campaign.member_ids
            if member.arm == "out"
        }
        self.assertEqual(
            out, {self.customers[3]: "opt_out", self.customers[4]: "no_address"}
        )
        self.assertEqual(campaign.treated_count + campaign.held_count, CUSTOMERS - 2)

    def test_who_reached_the_cap_leaves_before_the_draw(self):
        cap = self._policy().contact_cap
        self.env["crm.value.contact"].create(
            [
                {
                    "partner_id": self.customers[0].id,
                    "company_id": self.company.id,
                    "origin_id": self.customers[0].id,
                    "date": ago(1),
                    "name": "Before",
                    "topic": f"before {at}",
                    "source_key": f"before {at}",
                    "state": "sent",
                    "number": at + 1,
                }
                for at in range(cap)
            ]
        )
        campaign = self._launched()
        self.assertEqual(self._group(campaign, "out"), self.customers[0])

    def test_segment_is_frozen_by_the_launch(self):
        campaign = self._launched()
        self.segment.domain = "[('purchase_count', '>', 9999)]"
        self.assertEqual(len(campaign.member_ids), CUSTOMERS)

    def test_same_seed_draws_the_same(self):
        first = self._launched()
        again = self._campaign()
        again.sudo().seed = first.seed
        again.action_launch()
        for arm in ("treated", "held"):
            self.assertEqual(self._group(first, arm), self._group(again, arm))

    def test_second_launch_is_refused(self):
        campaign = self._launched()
        with self.assertRaises(UserError):
            campaign.action_launch()
        self.assertEqual(len(campaign.member_ids), CUSTOMERS)

    def test_killed_launch_leaves_a_draft(self):
        campaign = self._campaign()
        reach = patch.object(type(campaign), "_reach", side_effect=ZeroDivisionError)
        with reach, self.assertRaises(ZeroDivisionError), self.env.cr.savepoint():
            campaign.action_launch()
        self.env.invalidate_all()
        self.assertEqual(campaign.state, "draft")
        self.assertFalse(campaign.member_ids)
        campaign.action_launch()
        self.assertEqual(campaign.state, "running")

    def test_nothing_to_send_or_nobody_to_send_to_is_refused(self):
        with self.assertRaises(UserError):
            self._launched(mail_template_id=False)
        with self.assertRaises(UserError):
            self._launched(means="playbook")
        self.segment.domain = "[('purchase_count', '>', 9999)]"
        with self.assertRaises(UserError):
            self._launched()

    def test_mails_go_out_by_the_job_and_progress_tells(self):
        campaign = self._launched()
        with self._no_commit():
            self.env["crm.value.contact"]._cron_contact()
        self.env.invalidate_all()
        self.assertEqual(
            campaign.progress,
            "Gets it: 120 customers. Held out: 40 customers. Left out before the draw: "
            "0 customers. Reached so far: 120 customers; not reached: 0 customers.",
        )
        with self._no_commit():
            self.env["crm.value.contact"]._cron_contact()
        self.assertEqual(len(campaign.member_ids.contact_ids), 120)

    def test_playbook_is_started_for_who_gets_it(self):
        playbook = self.env.ref("crm_value.playbook_declining")
        campaign = self._launched(means="playbook", playbook_id=playbook.id)
        starts = self.env["crm.value.playbook.start"].search(
            [("playbook_id", "=", playbook.id)]
        )
        self.assertEqual(starts.partner_id, self._group(campaign, "treated"))
        treated = campaign.member_ids.filtered(lambda m: m.arm == "treated")
        self.assertEqual(set(treated.mapped("reached")), {"planned"})
        held = campaign.member_ids - treated
        self.assertEqual(set(held.mapped("reached")), {False})

    def test_called_off_campaign_reaches_nobody_else(self):
        campaign = self._launched()
        campaign.action_stop()
        mails = campaign.member_ids.contact_ids
        self.assertEqual(set(mails.mapped("state")), {"held"})
        self.assertEqual(campaign.state, "stopped")
        self._end(campaign)
        self.assertFalse(campaign.verdict)
        with self.assertRaises(UserError):
            campaign.action_stop()

    def test_called_off_campaign_stops_its_playbooks(self):
        playbook = self.env.ref("crm_value.playbook_declining")
        campaign = self._launched(means="playbook", playbook_id=playbook.id)
        campaign.action_stop()
        starts = self.env["crm.value.playbook.start"].search(
            [("playbook_id", "=", playbook.id)]
        )
        self.assertEqual(set(starts.mapped("state")), {"stopped"})

    def test_campaigns_at_the_same_time_are_told(self):
        first = self._launched(name="First")
        second = self._launched()
        self.assertEqual(second.overlap, "First: 160 customers")
        self.assertEqual(first.overlap, "Spring Letter: 160 customers")

    def test_filter_that_cannot_be_read_is_refused(self):
        for wrong in ("[('no_such_field', '=', 1)]", "[(", "__import__('os')"):
            with self.assertRaises(ValidationError):
                self.segment.domain = wrong

    def test_plans_that_measure_nothing_are_refused(self):
        for wrong in ({"share": 0.01}, {"share": 0.9}, {"days": 1}):
            with self.assertRaises(ValidationError):
                self._campaign(**wrong)

    def test_segment_proposes_a_campaign(self):
        playbook = self.env.ref("crm_value.playbook_declining")
        self.segment.playbook_id = playbook
        asked = self.segment.action_new_campaign()["context"]
        campaign = self.env["crm.value.campaign"].with_context(**asked).create({})
        self.assertEqual(campaign.playbook_id, playbook)
        self.assertEqual(self.segment.customer_count, CUSTOMERS)
