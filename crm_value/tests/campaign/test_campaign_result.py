from datetime import timedelta
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from ..common import TODAY
from .campaign_common import CampaignCommon

LATER = TODAY + timedelta(days=20)


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 12:00:00")
class TestCampaignResult(CampaignCommon):
    """What a campaign brought is said after its last day, and not before."""

    def test_effect_is_found_and_it_paid(self):
        campaign = self._launched()
        self._effect(campaign, 20, LATER)
        self._end(campaign)
        self.assertEqual((campaign.state, campaign.verdict), ("done", "paid"))
        self.assertAlmostEqual(campaign.lift, 20, delta=1)
        self.assertAlmostEqual(campaign.gain, 2400, delta=120)
        self.assertEqual(campaign.cost, 100)
        self.assertAlmostEqual(campaign.roi, 23, delta=1.5)
        self.assertLess(campaign.chance, 0.01)
        self.assertEqual((campaign.response, campaign.response_held), (1, 1))
        self.assertIn("It paid.", campaign.conclusion)
        self.assertIn("cost $\xa0100", campaign.conclusion.replace("$ ", "$\xa0"))

    def test_no_effect_did_not_pay(self):
        campaign = self._launched(cost_contact=20)
        self._effect(campaign, 0, LATER)
        self._end(campaign)
        self.assertEqual(campaign.verdict, "lost")
        self.assertEqual(campaign.cost, 2500)

    def test_in_between_nothing_is_claimed(self):
        campaign = self._launched(cost_fixed=120)
        self._effect(campaign, 1, LATER)
        self._end(campaign)
        # One draw in twenty lies off what is true; what was found lies in its range.
        campaign.sudo().cost_fixed = campaign.gain
        with freeze_time(campaign.date_end + timedelta(days=2)):
            campaign.action_measure()
        self.assertEqual(campaign.verdict, "open")
        self.assertIn("We cannot yet say whether it paid.", campaign.conclusion)

    def test_nothing_is_told_before_the_end(self):
        campaign = self._launched()
        self._effect(campaign, 20)
        with self._no_commit():
            self.env["crm.value.campaign"]._cron_measure()
        self.assertEqual(campaign.state, "running")
        self.assertFalse(campaign.conclusion)
        self.assertEqual(set(campaign.member_ids.mapped("margin_after")), {False})
        with self.assertRaises(UserError):
            campaign.action_measure()

    def test_last_day_counts_and_the_next_does_not(self):
        campaign = self._launched()
        one, other = self._group(campaign, "treated")[:2]
        self._bought(one, campaign.date_end, lambda _at: 77)
        self._bought(other, campaign.date_end + timedelta(days=1), lambda _at: 77)
        self._end(campaign)
        after = {m.partner_id: m.margin_after for m in campaign.member_ids}
        self.assertEqual((after[one], after[other]), (77, 0))

    def test_credit_notes_are_taken_off(self):
        campaign = self._launched()
        customer = self._group(campaign, "treated")[0]
        invoice = self._invoice(customer, 100, LATER)
        self._reverse(invoice, LATER, 30)
        self._end(campaign)
        member = campaign.member_ids.filtered(lambda m: m.partner_id == customer)
        self.assertLess(member.margin_after, 40)
        self.assertTrue(member.is_bought)

    def test_few_held_out_give_a_range_and_no_verdict(self):
        campaign = self._launched(share=0.1)
        self._effect(campaign, 20, LATER)
        self._end(campaign)
        self.assertEqual(campaign.verdict, "few")
        self.assertTrue(campaign.gain_low)
        self.assertIn("Too few", campaign.conclusion)

    def test_somebody_taken_out_of_one_group_is_noticed(self):
        campaign = self._launched()
        self._group(campaign, "treated")[:80].unlink()
        self._end(campaign)
        self.assertEqual(campaign.verdict, "skewed")

    def test_measured_twice_is_the_same(self):
        campaign = self._launched()
        self._effect(campaign, 20, LATER)
        self._end(campaign)
        names = ("gain", "gain_low", "chance", "verdict", "treated_count")
        before = [campaign[name] for name in names]
        with freeze_time(campaign.date_end + timedelta(days=3)):
            campaign.action_measure()
        self._end(campaign)
        self.assertEqual([campaign[name] for name in names], before)

    def test_killed_measure_is_done_by_the_next_night(self):
        campaign = self._launched()
        self._effect(campaign, 20, LATER)
        broken = patch.object(
            type(campaign), "_compared", side_effect=ZeroDivisionError("broken")
        )
        with broken, self.assertLogs("odoo.addons.crm_value", "ERROR"):
            self._end(campaign)
        self.assertEqual((campaign.state, campaign.message), ("running", "broken"))
        self._end(campaign)
        self.assertEqual((campaign.state, campaign.message), ("done", False))

    def test_merged_customers_keep_the_first_group(self):
        campaign = self._launched()
        held = self._group(campaign, "held")[0]
        treated = self._group(campaign, "treated")[0]
        [first] = campaign.member_ids.filtered(
            lambda m: m.partner_id in held + treated
        ).sorted("id")[0]
        other = (held + treated) - first.partner_id
        self._bought(other, LATER, lambda _at: 30)
        wizard = self.env["base.partner.merge.automatic.wizard"]
        wizard._merge((held + treated).ids, first.partner_id)
        self._end(campaign)
        both = campaign.member_ids.filtered(lambda m: m.partner_id == first.partner_id)
        self.assertEqual(both.sorted("id").mapped("is_merged"), [False, True])
        self.assertEqual(campaign.treated_count + campaign.held_count, 159)
        self.assertEqual(first.margin_after, 30)

    def test_ended_campaigns_of_a_goal_are_pooled(self):
        first, second = self._launched(), self._launched()
        self._effect(first, 20, LATER)
        self.assertFalse(first.pooled)
        self._end(first)
        self.env.invalidate_all()
        self.assertEqual(second.state, "done")
        self.assertIn("All 2 ended campaigns with this goal", first.pooled)
        third = self._campaign(kind="keep")
        self.assertFalse(third.pooled)

    def test_invoices_that_name_it_are_net_and_without_bills(self):
        campaign = self._launched()
        utm, customer = campaign.utm_id.id, self.customers[0]
        invoice = self._invoice(customer, 100, LATER, campaign_id=utm)
        self._credit(customer, 30, LATER, campaign_id=utm)
        self._invoice(customer, 50, LATER, move_type="in_invoice", campaign_id=utm)
        self.assertEqual(invoice.campaign_id.id, utm)
        self.assertEqual(campaign.invoiced, 70)
