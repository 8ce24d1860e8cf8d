"""What a playbook brings, told by the customers for whom it does not start."""

from datetime import timedelta

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, tagged

from ...analytics.campaign.drawing import uniform
from ..common import TODAY
from .holdout_common import CUSTOMERS, HoldoutCommon

END = TODAY + timedelta(days=89)


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 12:00:00")
class TestPlaybookHoldout(HoldoutCommon):
    # --- the draw ---

    def test_nobody_is_held_out_unless_asked_for(self):
        self.declining.hold_share = 0
        self.assertFalse(self._enter())
        self._work()
        self.assertEqual(len(self._activities(self.customers)), 3 * CUSTOMERS)

    def test_some_are_held_out_by_seed_and_customer(self):
        holdout = self._enter()
        keys = self.customers.ids
        drawn = uniform(holdout.seed, keys) < 0.25
        held = self.customers.filtered(
            lambda one: drawn[keys.index(one.id)]  # the same by the seed alone
        )
        self.assertEqual(self._arm(holdout, "held"), held)
        self.assertEqual(len(holdout.member_ids), CUSTOMERS)
        self.assertTrue(25 < len(held) < 80)

    def test_held_out_get_no_activity_and_no_mail(self):
        self.declining.write({"send_mail": True, "mail_delay": 0})
        holdout = self._enter()
        self._work()
        held, treated = self._arm(holdout, "held"), self._arm(holdout, "treated")
        self.assertFalse(self._activities(held))
        self.assertEqual(len(self._activities(treated)), 3 * len(treated))
        contacts = self.contacts.search([("partner_id", "in", self.customers.ids)])
        self.assertEqual(contacts.partner_id, treated)
        starts = self.starts.search([("partner_id", "in", held.ids)])
        self.assertEqual(set(starts.mapped("state")), {"held"})
        running = self.starts.search(self.starts._running_domain())
        self.assertFalse(running & starts)

    def test_group_is_kept_and_the_history_has_one_line(self):
        holdout = self._enter()
        held = self._arm(holdout, "held")
        self._move(held, "stability", "decline")
        later = TODAY + timedelta(days=30)
        with freeze_time(later):
            self._enter(day=later)
        self.assertEqual(self._arm(holdout, "held"), held)
        self.assertEqual(len(holdout.member_ids), CUSTOMERS)
        lines = self.starts.search(
            [("playbook_id", "=", self.declining.id), ("state", "=", "held")]
        )
        self.assertEqual(lines.partner_id, held)
        self.assertEqual(len(lines), len(held))

    def test_started_by_hand_is_not_drawn_and_skips_who_is_held_out(self):
        holdout = self._enter()
        held = self._arm(holdout, "held")
        self._move(held, "stability", "decline")
        with freeze_time(TODAY + timedelta(days=3)):
            wizard = self.env["crm.value.playbook.launch"].create(
                {
                    "playbook_id": self.declining.id,
                    "profile_ids": self._profile(held[0]).ids,
                }
            )
            self.assertEqual((wizard.start_count, wizard.held_out_count), (0, 1))
            with self.assertRaises(UserError):
                wizard.action_launch()

    def test_share_and_window_that_measure_nothing_are_refused(self):
        for wrong in ({"hold_share": 0.01}, {"hold_share": 0.9}, {"hold_days": 2}):
            with self.assertRaises(ValidationError):
                self.declining.write(wrong)

    def test_part_that_is_off_holds_nobody_out(self):
        settings = self.env["res.config.settings"]
        settings.create({"group_value_strategy": False}).set_values()
        self.assertFalse(self._enter())

    def test_staff_sees_why_it_does_not_start(self):
        holdout = self._enter()
        profile = self._profile(self._arm(holdout, "held")[0])
        self.assertIn("does not start", profile.with_user(self.seller).held_out_note)
        self.assertFalse(self._profile(self._arm(holdout, "treated")[0]).held_out_note)
        self.declining.hold_share = 0
        profile.invalidate_recordset()
        self.assertFalse(profile.held_out_note)

    def test_number_of_queries_does_not_grow_with_customers(self):
        counts = []
        for some in (self.customers[:20], self.customers[20:140]):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._enter(some)
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLess(counts[1], counts[0] + 10)

    def test_letter_counts_only_what_was_started(self):
        holdout = self._enter()
        self.env.flush_all()
        letters = self.env["crm.value.letter"].with_company(self.company)
        section = letters._playbook_section(TODAY, TODAY)
        started = len(self._arm(holdout, "treated"))
        self.assertIn(f"{started} customers", str(section["lines"]))

    # --- the result ---

    def test_effect_is_found(self):
        holdout = self._enter()
        self._effect(holdout, 10)
        self._night(END)
        self.assertEqual((holdout.verdict, holdout.look_count), ("more", 1))
        self.assertAlmostEqual(holdout.lift, 10, delta=1)
        self.assertEqual(holdout.treated_count + holdout.held_count, CUSTOMERS)
        told = self.declining.hold_told
        self.assertIn("This playbook brought $", told.replace("\xa0", ""))
        self.assertIn("It brings more", told)

    def test_no_effect_claims_nothing(self):
        holdout = self._enter()
        self._effect(holdout, 0)
        self._night(END)
        self.assertEqual(holdout.verdict, "open")

    def test_nothing_is_told_before_enough_windows_are_over(self):
        holdout = self._enter()
        self._effect(holdout, 10)
        self._night(END - timedelta(days=1))
        self.assertFalse(holdout.verdict or holdout.conclusion)
        self.assertIn("It is measured from 30 on.", holdout.progress)
        with self.assertRaises(UserError):
            holdout.action_measure()

    def test_each_window_is_the_customers_own(self):
        first, second = self.customers[:100], self.customers[100:]
        holdout = self._enter(first)
        later = TODAY + timedelta(days=40)
        with freeze_time(later):
            self._enter(second, later)
        one, other = first[0], second[0]
        self._buy(one + other, TODAY + timedelta(days=39), lambda _at: 7)
        self._buy(one + other, END, lambda _at: 10)
        self._buy(one + other, END + timedelta(days=1), lambda _at: 100)
        self._night(later + timedelta(days=89))
        found = {
            m.partner_id: (m.margin_before, m.margin_after) for m in holdout.member_ids
        }
        self.assertEqual(found[one][1], 17)
        self.assertEqual(found[other][0], 7)
        self.assertEqual(found[other][1], 110)

    def test_it_is_measured_again_only_when_twice_as_many_are_through(self):
        holdout = self._enter()
        self._effect(holdout, 10)
        self._night(END)
        self._buy(self.customers, END - timedelta(days=2), lambda at: at)
        self._night(END + timedelta(days=5))
        self.assertEqual(holdout.look_count, 1)
        before = holdout.lift
        holdout.with_user(self._seller("chief", groups="crm_value.group_manager"))
        holdout.action_measure()
        self.assertNotEqual(holdout.lift, before)
        self.assertEqual(holdout.look_count, 1)

    def test_later_looks_ask_for_stronger_evidence(self):
        vals = {
            "ratio_chance": 0.5,
            "held_count": 60,
            "lift": 3,
            "lift_low": 1,
            "lift_high": 5,
            "chance": 0.01,
        }
        holdout = self._enter()
        self.assertEqual(holdout._judged(vals, 1), "more")
        self.assertEqual(holdout._judged(vals, 2), "open")

    def test_few_give_a_range_and_no_verdict_once_it_is_switched_off(self):
        holdout = self._enter(self.customers[:60])
        self._effect(holdout, 10)
        self._night(END)
        self.assertFalse(holdout.look_count)
        self.declining.hold_share = 0
        self._night(END)
        self.assertEqual((holdout.verdict, holdout.look_count), ("few", 1))
        self.assertTrue(holdout.lift_low)
        self._night(END + timedelta(days=1))
        self.assertEqual(holdout.look_count, 1)

    def test_somebody_taken_out_of_one_group_is_noticed(self):
        holdout = self._enter()
        self._arm(holdout, "treated")[:110].unlink()
        self._night(END)
        self.assertEqual(holdout.verdict, "skewed")

    def test_merged_customers_keep_the_first_group(self):
        holdout = self._enter()
        held, treated = (self._arm(holdout, arm)[0] for arm in ("held", "treated"))
        first = holdout.member_ids.sorted("id").filtered(
            lambda one: one.partner_id in held + treated
        )[0]
        gone = held + treated - first.partner_id
        self._buy(gone, TODAY + timedelta(days=5), lambda _at: 30)
        wizard = self.env["base.partner.merge.automatic.wizard"]
        wizard._merge((held + treated).ids, first.partner_id)
        self._night(END)
        both = holdout.member_ids.filtered(lambda m: m.partner_id == first.partner_id)
        self.assertEqual(both.sorted("id").mapped("is_merged"), [False, True])
        self.assertEqual(first.margin_after, 30)
        self.assertEqual(holdout.treated_count + holdout.held_count, CUSTOMERS - 1)

    def test_less_than_nothing_is_said_as_such(self):
        holdout = self._enter()
        self._effect(holdout, -10)
        self._night(END)
        self.assertEqual(holdout.verdict, "less")
        self.assertIn("brought less than those held out", holdout.conclusion)

    # --- rights ---

    def test_officers_read_and_nobody_writes(self):
        holdout = self._enter()
        officer = self._seller("reader", groups="crm_value.group_officer")
        self.assertTrue(holdout.with_user(officer).progress)
        self.assertTrue(self.declining.with_user(officer).hold_told)
        for record in (holdout, holdout.member_ids[0]):
            with self.assertRaises(AccessError):
                record.with_user(officer).write({"share": 0.5})
            with self.assertRaises(AccessError):
                record.with_user(self.seller).read(["share"])
        with self.assertRaises(AccessError):
            self.declining.with_user(self.seller).read(["hold_told"])
        with self.assertRaises(AccessError):
            holdout.with_user(officer).action_measure()

    def test_other_company_sees_nothing(self):
        holdout = self._enter()
        other = self._create_company("Far", self.usd)
        stranger = self._seller("stranger", other, "crm_value.group_manager")
        for record in (holdout, holdout.member_ids[0]):
            with self.assertRaises(AccessError):
                record.with_user(stranger).read(["share"])
        theirs = self.declining.with_user(stranger)
        theirs = theirs.with_context(allowed_company_ids=other.ids)
        self.assertFalse(theirs.hold_told)
