"""Some customers get no promotion for a year: what all of it brings is measured."""

from datetime import date, timedelta

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import freeze_time, tagged

from ..common import TODAY
from .campaign_common import CUSTOMERS, CampaignCommon

LATER = TODAY + timedelta(days=20)
LAST = date(2026, 12, 31)


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 12:00:00")
class TestYearHoldout(CampaignCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.config.settings"].create(
            {"group_value_strategy": True}
        ).set_values()
        cls.holdouts = cls.env["crm.value.holdout"]

    def _drawn(self, share=0.1):
        self.company.write({"value_holdout": True, "value_holdout_share": share})
        self._night(TODAY)
        return self._groups()

    def _groups(self):
        return self.holdouts.search([("company_id", "=", self.company.id)])

    def _night(self, day):
        self.env.flush_all()
        with freeze_time(day), self._no_commit():
            self.holdouts._cron_holdout()
        self.env.invalidate_all()

    def _held(self, holdout):
        return holdout.member_ids.filtered(lambda one: one.arm == "held").partner_id

    def test_nobody_is_drawn_while_it_is_off(self):
        self._night(TODAY)
        self.assertFalse(self._groups())

    def test_share_is_drawn_once_a_year(self):
        holdout = self._drawn()
        self.assertEqual(len(holdout.member_ids), CUSTOMERS)
        self.assertEqual(len(self._held(holdout)), 16)
        self.assertEqual(set(holdout.member_ids.mapped("date_end")), {LAST})
        self._night(LATER)
        self.assertEqual(self._groups(), holdout)
        self._night(date(2027, 1, 2))
        [following] = self._groups() - holdout
        self.assertEqual(following.year, 2027)
        self.assertNotEqual(following.seed, holdout.seed)

    def test_campaigns_leave_them_out_before_their_draw(self):
        holdout = self._drawn()
        campaign = self._launched()
        out = campaign.member_ids.filtered(lambda one: one.arm == "out")
        self.assertEqual(out.partner_id, self._held(holdout))
        self.assertEqual(set(out.mapped("left_out")), {"year"})

    def test_gate_holds_what_was_planned_before_and_lets_service_pass(self):
        campaign = self._launched()
        holdout = self._drawn()
        held = self._held(holdout)
        tier = self.env["crm.value.contact"].create(
            {
                "partner_id": held[0].id,
                "origin_id": held[0].id,
                "company_id": self.company.id,
                "date": TODAY,
                "name": "Points",
                "topic": "points",
                "source_key": "points of one",
                "template_id": self.template.id,
            }
        )
        with self._no_commit():
            self.env["crm.value.contact"]._cron_contact()
        mails = campaign.member_ids.contact_ids
        refused = mails.filtered(lambda mail: mail.reason == "year")
        self.assertEqual(refused.partner_id, held & mails.partner_id)
        self.assertTrue(refused)
        self.assertEqual(tier.state, "sent")

    def test_contact_of_a_company_is_left_out_with_it(self):
        holdout = self._drawn()
        held = self._held(holdout)[0]
        person = self.env["res.partner"].create(
            {"name": "Anna", "parent_id": held.id, "email": "anna@example.com"}
        )
        reasons = self.env["crm.value.contact"]._suppression_reasons(
            self.company,
            [(person, "campaign 1"), (person, "survey 1"), (person, "playbook 1")],
        )
        self.assertEqual(reasons, ["year", False, "year"])

    def test_result_comes_after_the_year(self):
        holdout = self._drawn()
        held = self._held(holdout)
        self._bought(
            self.customers,
            LATER,
            lambda at: 50 + at + 30 * (self.customers[at] not in held),
        )
        self._night(LAST)
        self.assertFalse(holdout.verdict)
        self.assertIn("With fewer than 30 held out", holdout.progress)
        self._night(LAST + timedelta(days=1))
        self.assertEqual(holdout.verdict, "few")  # sixteen of them
        self.assertAlmostEqual(holdout.lift, 30, delta=5)
        self.assertIn("All our marketing together brought", holdout.conclusion)

    def test_staff_sees_why_there_is_no_mail(self):
        profile = self._profile(self._held(self._drawn())[0])
        self.assertIn("Held out of all promotion", profile.held_out_note)
        self.assertIn("12/31/2026", profile.with_context(lang="en_US").held_out_note)

    def test_switched_off_ends_the_window(self):
        holdout = self._drawn()
        held = self._held(holdout)[0]
        with freeze_time(LATER):
            self.company.value_holdout = False
            wishes = [(held, "campaign 1")]
            reasons = self.env["crm.value.contact"]._suppression_reasons(
                self.company, wishes
            )
        self.assertEqual(reasons, [False])
        ends = set(holdout.member_ids.mapped("date_end"))
        self.assertEqual(ends, {LATER - timedelta(days=1)})
        self._night(LATER)
        self.assertTrue(holdout.look_count)

    def test_switched_off_at_once_leaves_nothing(self):
        holdout = self._drawn()
        self.company.value_holdout = False
        self.assertFalse(holdout.exists())

    def test_share_is_one_to_ten_percent_and_an_administrators(self):
        for wrong in (0, 0.2):
            with self.assertRaises(ValidationError):
                self.company.value_holdout_share = wrong
        with self.assertRaises(AccessError):
            self.company.with_user(self.manager).write({"value_holdout": True})
