"""What a campaign reaches customers by, besides mails of a template and playbooks."""

from unittest import SkipTest

from odoo.exceptions import UserError
from odoo.tests import freeze_time, new_test_user, tagged

from ..common import TODAY
from .campaign_common import CampaignCommon
from .smtp_sink import smtp_sink


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 12:00:00")
class TestCampaignActivity(CampaignCommon):
    """Salespeople are asked by an activity each."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.seller = cls._user("activity_seller", "sales_team.group_sale_salesman")
        cls.customers[:100].user_id = cls.seller
        cls.call = cls.env.ref("mail.mail_activity_data_call")

    def _called(self, **values):
        return self._launched(
            means="activity",
            mail_template_id=False,
            activity_type_id=self.call.id,
            offer="Free delivery",
            **values,
        )

    def test_each_who_gets_it_is_a_task_of_its_salesperson(self):
        campaign = self._called(user_id=self.manager.id)
        treated = campaign.member_ids.filtered(lambda one: one.arm == "treated")
        self.assertEqual(len(treated.activity_id), campaign.treated_count)
        for member in treated:
            owner = member.partner_id.user_id or self.manager
            self.assertEqual(member.activity_id.user_id, owner)
            self.assertEqual(member.activity_id.res_id, member.partner_id.id)
        self.assertIn("Free delivery", treated[0].activity_id.note)
        self.assertFalse((campaign.member_ids - treated).activity_id)
        self.assertEqual(set(treated.mapped("reached")), {"planned"})

    def test_done_is_reached_and_deleted_is_not(self):
        campaign = self._called()
        treated = campaign.member_ids.filtered(lambda one: one.arm == "treated")
        treated[0].activity_id.action_done()
        treated[1].activity_id.unlink()
        self.env.invalidate_all()
        self.assertEqual(treated[:3].mapped("reached"), ["sent", "held", "planned"])

    def test_called_off_takes_back_what_is_not_done(self):
        campaign = self._called()
        done = campaign.member_ids.activity_id[0]
        done.action_done()
        campaign.action_stop()
        self.env.invalidate_all()
        self.assertEqual(campaign.member_ids.activity_id, done)

    def test_nothing_to_do_is_refused(self):
        with self.assertRaises(UserError):
            self._launched(means="activity")

    def test_number_of_queries_does_not_grow_with_customers(self):
        campaign = self._campaign(means="activity", activity_type_id=self.call.id)
        counts = []
        for size in (20, 120):
            again = campaign.copy()
            again._freeze(TODAY, dict.fromkeys(self.customers[:size].ids, ""))
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            again._reach()
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLess(counts[1], counts[0] + 20)


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 12:00:00")
class TestCampaignLetters(CampaignCommon):
    """Drawn, sent by a real mail server, measured."""

    def test_only_who_gets_it_finds_a_letter(self):
        campaign = self._launched()
        with smtp_sink(self.env) as letters:
            with self._no_commit():
                self.env["crm.value.contact"]._cron_contact()
            mails = self.env["mail.mail"].search([("subject", "=", "Spring")])
            mails.send(raise_exception=True)
        got = [address for to, _letter in letters for address in to]
        treated = self._group(campaign, "treated")
        self.assertEqual(sorted(got), sorted(treated.mapped("email")))
        self.assertEqual({letter["Subject"] for _to, letter in letters}, {"Spring"})
        self._effect(campaign, 20)
        self._end(campaign)
        self.assertEqual(campaign.verdict, "paid")


@tagged("post_install", "-at_install")
class TestCampaignMailing(CampaignCommon):
    """Odoo's own mailing goes to who gets it; its traces tell whom it reached.

    These run where mass_mailing is installed.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if "mailing.mailing" not in cls.env:
            raise SkipTest("mass_mailing is not installed")
        cls.writer = new_test_user(
            cls.env,
            "campaign_writer",
            "crm_value.group_manager,mass_mailing.group_mass_mailing_user",
        )

    def _written(self, campaign):
        action = campaign.with_user(self.writer).action_write_mailing()
        mailing = self.env["mailing.mailing"].browse(action["res_id"])
        mailing.body_html = "<p>Free delivery</p>"
        return mailing

    def _send(self, mailing):
        with smtp_sink(self.env) as letters:
            mailing.action_send_mail()
            self.env["mail.mail"].search([("mailing_id", "=", mailing.id)]).send()
        return sorted(address for to, _letter in letters for address in to)

    def _sync(self):
        with self._no_commit():
            self.env["crm.value.contact"]._cron_contact()
        self.env.invalidate_all()

    def test_draft_is_for_who_gets_it_and_may_be_written_to(self):
        campaign = self._launched(mail_template_id=False)
        treated = self._group(campaign, "treated")
        self.env["mail.blacklist"]._add(treated[0].email)
        mailing = self._written(campaign)
        self.assertEqual(mailing.state, "draft")
        self.assertEqual(mailing.campaign_id, campaign.utm_id)
        self.assertEqual(mailing.mailing_model_real, "res.partner")
        self.assertEqual(sorted(mailing._get_recipients()), sorted(treated[1:].ids))
        self.assertEqual(self._written(campaign), mailing)

    def test_who_was_reached_counts_against_the_cap(self):
        campaign = self._launched(mail_template_id=False)
        treated = self._group(campaign, "treated")
        mailing = self._written(campaign)
        self.env["mail.blacklist"]._add(treated[0].email)
        got = self._send(mailing)
        self.assertEqual(got, sorted(treated[1:].mapped("email")))
        self._sync()
        reached = {m.partner_id: m.reached for m in campaign.member_ids}
        self.assertEqual(reached[treated[0]], "held")
        self.assertEqual({reached[one] for one in treated[1:]}, {"sent"})
        contacts = campaign.member_ids.contact_ids
        self.assertEqual(contacts.filtered("reason").mapped("reason"), ["opt_out"])
        self._policy(contact_cap=1)
        again = self._launched()
        self.assertEqual(self._group(again, "out"), treated)
        self._sync()
        sent = contacts.filtered(lambda one: one.state == "sent")
        self.assertEqual(set(sent.mapped("number")), {1})

    def test_nobody_left_is_said(self):
        campaign = self._launched(mail_template_id=False)
        self._policy(contact_cap=0)
        with self.assertRaises(UserError):
            self._written(campaign)
