"""Tiers set by hand, merged customers, mails, what is missing, who may see what."""

from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, new_test_user, tagged

from ..common import TODAY, ago
from .tier_common import TierCommon

NEXT_DAY = "2026-06-16 12:00:00"


@tagged("post_install", "-at_install")
class TestTierManual(TierCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.scored = cls._score()

    def _user(self, login, group):
        return new_test_user(
            self.env,
            login,
            group,
            company_id=self.company.id,
            company_ids=self.company.ids,
            context=self.env.context,
        )

    # --- by hand ---

    def test_tier_by_hand_holds_at_once_beside_the_earned_one(self):
        self._by_hand(self.acme, self.platinum, ago(-9))
        self.assertEqual(self._shown(self.acme), (self.platinum, TODAY, ago(-9)))
        profile = self._profile(self.acme)
        self.assertEqual(
            (profile.tier_computed_id, profile.tier_state), (self.silver, "manual")
        )
        [member] = self._members(self.acme)
        self.assertEqual((member.origin, member.earned_id), ("manual", self.silver))
        self.assertEqual(member.evidence_text, "Opens a second shop")
        [move] = self._moves(self.acme)
        self.assertEqual((move.user_id, move.date), (self.env.user, TODAY))
        self.assertEqual(move.tier_to_id, self.platinum)
        note = self.acme.message_ids.filtered(lambda m: "Platinum" in m.body)
        self.assertEqual(len(note), 1)

    def test_earned_tier_takes_over_where_it_was(self):
        with freeze_time("2026-06-20 12:00:00"):
            self._by_hand(self.acme, self.gold, date(2026, 6, 25))
        with freeze_time("2026-06-26 12:00:00"):
            self._score()
            self.assertEqual(
                self._shown(self.acme), (self.silver, TODAY, date(2027, 6, 14))
            )
        again, by_hand, first = self._members(self.acme)
        self.assertEqual(
            [(m.date_from.day, m.date_to and m.date_to.day) for m in (first, by_hand)],
            [(15, 19), (20, 25)],
        )
        self.assertEqual((again.tier_id, again.date_to), (self.silver, False))
        self.assertEqual(len(self._moves(self.acme)), 2)

    def test_taken_back_on_the_same_day_leaves_nothing(self):
        with freeze_time("2026-06-20 12:00:00"):
            override = self._by_hand(self.acme, self.gold, date(2026, 6, 25))
            override.unlink()
            self._refresh()
        [member] = self._members(self.acme)
        self.assertEqual((member.tier_id, member.date_to), (self.silver, False))
        self.assertFalse(self._moves(self.acme))

    def test_tier_of_another_company_is_refused(self):
        other = self._create_company("Other", self.usd)
        tier = self.env["crm.value.tier"].search([("company_id", "=", other.id)])[0]
        with self.assertRaises(ValidationError):
            self._by_hand(self.acme, tier)

    def test_drag_asks_for_reason_and_end(self):
        action = self._profile(self.acme).action_override_tier(self.gold.id)
        overrides = self.env["crm.value.override"].with_context(**action["context"])
        with Form(overrides) as form:
            self.assertEqual((form.kind, form.tier_id), ("tier", self.gold))
            form.reason = "Dragged"
        self.assertEqual(self._shown(self.acme)[0], self.gold)

    # --- merge and erase ---

    def _merge(self, source, target):
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge([source.id, target.id], target)
        self._refresh()
        self.env.invalidate_all()

    def test_merge_keeps_the_better_membership_and_both_histories(self):
        other = self._customer("Acme again", email="acme@example.com")
        self._buy(other, 7)
        self._score()
        with freeze_time(NEXT_DAY):
            self._merge(other, self.acme)
            self.assertEqual(self._shown(self.acme)[0], self.gold)
            members = self._members(self.acme)
            self.assertEqual(members.tier_id, self.silver + self.gold)
            current = members.filtered(lambda one: not one.date_to)
            self.assertEqual(current.tier_id, self.gold)
            self._score()
            self.assertEqual(self._shown(self.acme)[0], self.gold)

    def test_merge_into_the_better_one_on_the_first_day(self):
        other = self._customer("Small")
        self._buy(other, 1)
        self._score()
        self._merge(other, self.acme)
        self.assertEqual(self._shown(self.acme)[0], self.silver)
        current = self._members(self.acme).filtered(lambda one: not one.date_to)
        self.assertEqual(len(current), 1)

    def test_erased_customer_takes_its_memberships_along(self):
        self.env["crm.value.transaction"].search([]).unlink()
        self.acme.unlink()
        self.assertFalse(self.memberships.search_count([]))

    def test_customer_without_documents_is_ended_after_the_grace(self):
        self.env["crm.value.transaction"].search([]).unlink()
        self._score()
        [member] = self._members(self.acme)
        self.assertFalse(member.date_to)
        with freeze_time("2027-08-01 12:00:00"):
            self._score()
        self.env.invalidate_all()
        self.assertEqual(member.date_to, date(2027, 7, 14))

    # --- mails ---

    def _contacts(self):
        return self.env["crm.value.contact"].search([("partner_id", "=", self.acme.id)])

    def _send(self):
        with self._no_commit():
            self.env["crm.value.contact"]._cron_contact()
        self.env.invalidate_all()
        return self.env["mail.mail"].search([("recipient_ids", "in", self.acme.ids)])

    def test_no_mail_unless_the_policy_says_so(self):
        with freeze_time(NEXT_DAY):
            self._purchases(self.acme, *((100, day) for day in (0, 1, 2)))
            self._score()
            self.assertFalse(self._contacts())

    def test_upgrade_is_congratulated_once_the_day_after(self):
        self._policy(tier_mails=True)
        with freeze_time(NEXT_DAY):
            self._purchases(self.acme, *((100, day) for day in (0, 1, 2)))
            self._score()
            self._score()
            self.assertEqual(len(self._contacts()), 1)
            self.assertFalse(self._send())
        with freeze_time("2026-06-17 12:00:00"):
            mail = self._send()
            self.assertEqual(len(mail), 1)
            self.assertEqual(mail.subject, "Welcome to Gold")
            self.assertIn("06/15/2027", mail.body_html)
            self.assertEqual(self._send(), mail)

    def test_congratulation_is_held_where_the_tier_has_gone(self):
        self._policy(tier_mails=True)
        with freeze_time(NEXT_DAY):
            bought = self._purchases(self.acme, *((100, day) for day in (0, 1, 2)))
            self._score()
            bought.unlink()
            self._refresh()
        with freeze_time("2026-06-17 12:00:00"):
            self.assertFalse(self._send())
            self.assertEqual(self._contacts().reason, "left")

    def test_lost_customer_is_not_congratulated(self):
        self._policy(tier_mails=True)
        lost = self.env.ref("crm_value.stage_lost")
        with freeze_time(NEXT_DAY):
            self._purchases(self.acme, *((100, day) for day in (0, 1, 2)))
            self._by_hand(
                self.acme,
                self.gold,
                ago(-9),
                kind="stage",
                stage_id=lost.id,
                tier_id=False,
            )
            self._score()
            self.assertEqual(self._shown(self.acme)[0], self.gold)
            self.assertFalse(self._contacts())

    def test_opted_out_customers_get_none(self):
        self._policy(tier_mails=True)
        self.env["mail.blacklist"]._add("acme@example.com")
        with freeze_time(NEXT_DAY):
            self._purchases(self.acme, *((100, day) for day in (0, 1, 2)))
            self._score()
        with freeze_time("2026-06-17 12:00:00"):
            self.assertFalse(self._send())
            self.assertEqual(self._contacts().reason, "opt_out")

    def test_warning_says_what_is_missing_and_comes_once(self):
        self._policy(tier_mails=True)
        self._purchases(self.acme, (100, -300))
        with freeze_time("2027-06-10 12:00:00"):
            self._score()
            self.assertEqual(self._profile(self.acme).tier_state, "short")
            self._score()
            mail = self._send()
            self.assertEqual(mail.subject, "Your Silver status expires soon")
            self.assertIn("2 more purchases", mail.body_html)
        with freeze_time("2027-06-11 12:00:00"):
            self._score()
            self.assertEqual(self._send(), mail)

    # --- what is missing, and who may see it ---

    def _ask_for(self, **limits):
        """Let the second tier up ask for something, and score."""
        rows = [{"min_purchases": 1}, {"min_purchases": 3}, limits, {}]
        self._qualify_by(rows)
        self._score()
        self.env.invalidate_all()
        return self._profile(self.acme)

    def test_missing_is_told_in_money(self):
        profile = self._ask_for(min_purchases=6, min_revenue=1000, min_margin=300)
        self.assertEqual(
            profile.tier_missing,
            "To reach Gold: $\xa0180.00 more margin (about $\xa0600.00 of revenue), "
            "$\xa0600.00 more revenue, and 2 more purchases",
        )
        rows = {row["code"]: row for row in profile.tier_progress["rows"]}
        keep, following = rows["purchases"]["goals"]
        self.assertEqual((keep["limit"], keep["met"]), ("3", True))
        self.assertEqual((following["limit"], following["missing"]), ("6", "2"))

    def test_margins_are_hidden_from_users(self):
        self._ask_for(min_margin=300)
        user = self._user("tier_user", "crm_value.group_user")
        profile = self._profile(self.acme).with_user(user)
        self.assertEqual(profile.tier_missing, "To reach Gold: more margin")
        [row] = [r for r in profile.tier_progress["rows"] if r["code"] == "margin"]
        self.assertFalse(row["figure"] or row["goals"][-1]["missing"])
        member = self._members(self.acme).with_user(user)
        self.assertNotIn("margin", member.evidence_text)
        limits = self._policy().tier_ids.with_user(user)
        for record, name in (
            (profile, "tier_margin"),
            (member, "evidence"),
            (limits, "min_margin"),
        ):
            with self.assertRaises(AccessError):
                record.read([name])
        self.assertNotIn("300", limits[2]._describe())

    def test_unknown_points_meet_no_limit_and_are_said(self):
        profile = self._ask_for(min_points=10)
        self.assertEqual(
            profile.tier_missing, "To reach Gold: Points earned is not known"
        )

    def test_customer_is_told_no_score_and_no_margin(self):
        profile = self._ask_for(min_margin=300, min_value_score=99, min_purchases=6)
        self.assertEqual(
            profile._tier_missing_to_next(),
            "$\xa0600.00 more revenue and 2 more purchases",
        )

    def test_customer_is_told_the_nearer_of_two_limits(self):
        """The margin is 30 % of the revenue: 90 more of it is 300 more revenue."""
        figure = self._profile(self.acme)
        near = {"min_margin": figure.tier_margin + 90}
        far = {"min_revenue": figure.tier_revenue + 5000}
        for combine, told in (("any", "300.00"), ("all", "5,000.00")):
            profile = self._ask_for(combine=combine, **near, **far)
            self.assertEqual(
                profile._tier_missing_to_next(), f"$\xa0{told} more revenue"
            )

    def test_only_managers_set_tiers(self):
        for group in ("group_user", "group_officer"):
            user = self._user(group, f"crm_value.{group}")
            with self.assertRaises(AccessError):
                self.env(user=user)["crm.value.override"].create(
                    {
                        "partner_id": self.acme.id,
                        "kind": "tier",
                        "tier_id": self.gold.id,
                        "reason": "Mine",
                        "date_to": TODAY,
                    }
                )
            with self.assertRaises(AccessError):
                self._members(self.acme).with_user(user).write({"date_to": TODAY})
        manager = self._user("tier_boss", "crm_value.group_manager")
        made = self.env(user=manager)["crm.value.override"].create(
            {
                "partner_id": self.acme.id,
                "company_id": self.company.id,
                "kind": "tier",
                "tier_id": self.gold.id,
                "reason": "Mine",
                "date_to": TODAY,
            }
        )
        self.assertEqual(made.user_id, manager)
        self.assertEqual(self._shown(self.acme)[0], self.gold)
        with self.assertRaises(AccessError):
            self._members(self.acme).with_user(manager).unlink()

    def test_members_of_another_company_are_not_seen(self):
        other = self._create_company("Other", self.usd)
        stranger = new_test_user(
            self.env,
            "stranger",
            "crm_value.group_manager",
            company_id=other.id,
            company_ids=other.ids,
        )
        env = self.env(user=stranger, context={})
        self.assertFalse(env["crm.value.membership"].search_count([]))
        self.assertFalse(env["crm.value.tier"].search([]) & self.tiers)
        lines = env["crm.value.policy.tier"].search([])
        self.assertNotIn(self._policy(), lines.policy_id)

    # --- policies ---

    def test_new_company_asks_its_own_tiers_what_the_template_does(self):
        company = self.env["res.company"].create({"name": "New"})
        lines = self.env["crm.value.policy"]._published(company).tier_ids
        self.assertEqual(lines.tier_id.company_id, company)
        self.assertEqual(lines.mapped("min_purchases"), [1, 3, 6, 12])

    def test_new_tier_is_by_hand_until_a_version_names_it(self):
        diamond = self.env["crm.value.tier"].create(
            {"name": "Diamond", "company_id": self.company.id, "sequence": 99}
        )
        self.assertIn("manual assignment only", diamond.limits_text)
        self._buy(self.acme, 30)
        self._score()
        self.assertEqual(self._shown(self.acme)[0], self.platinum)
        self._by_hand(self.acme, diamond)
        self.assertEqual(self._shown(self.acme)[0], diamond)

    def _preview(self, draft):
        wizard = self.env["crm.value.policy.publish"]
        return wizard.with_context(default_policy_id=draft.id).create({})

    @freeze_time(NEXT_DAY)
    def test_preview_shows_who_moves_between_tiers(self):
        draft = self._policy().copy()
        draft.tier_ids[1].min_purchases = 5
        wizard = self._preview(draft)
        self.assertEqual(wizard.tier_moved_count, 0, "a tier is kept to its end")
        draft.tier_ids[2].min_purchases = 4
        wizard = self._preview(draft)
        [line] = wizard.tier_line_ids
        self.assertEqual((line.tier_from_id, line.tier_to_id), (self.silver, self.gold))
        self.assertEqual((line.count, line.revenue), (1, 400))
        self.assertIn("change at once: 1", wizard.tier_moved_text)
        self.assertFalse(wizard.tier_lost_text)
        self.assertEqual(self._shown(self.acme)[0], self.silver)
        lost = self.env.ref("crm_value.stage_lost")
        self._by_hand(
            self.acme, self.gold, ago(-9), kind="stage", stage_id=lost.id, tier_id=False
        )
        wizard = self._preview(draft)
        self.assertEqual(wizard.tier_line_ids.lost_count, 1)
        self.assertIn("would get a tier: 1", wizard.tier_lost_text)

    def test_rules_changed_on_the_first_day_hold_as_if_from_the_start(self):
        draft = self._policy().copy()
        draft.tier_ids[1].min_purchases = 5
        wizard = self._preview(draft)
        [line] = wizard.tier_line_ids
        promised = (line.tier_from_id, line.tier_to_id)
        self.assertEqual(promised, (self.silver, self.bronze))
        self.assertIn("to a lower one or none: 1", wizard.tier_moved_text)
        self.assertNotIn("Nobody", wizard.tier_moved_text)
        draft._publish()
        self._score()
        self.assertEqual(self._shown(self.acme)[0], self.bronze)
        self.assertEqual(len(self._members(self.acme)), 1)
        [move] = self._moves(self.acme)
        self.assertEqual((move.tier_from_id, move.tier_to_id), promised)

    def test_every_drop_that_the_preview_shows_is_logged(self):
        others = [self._customer(f"Member {n}") for n in range(5)]
        for customer in others:
            self._buy(customer, 4)
        self._score()
        draft = self._policy().copy()
        draft.tier_ids.write({"min_purchases": 50})
        wizard = self._preview(draft)
        self.assertEqual(wizard.tier_line_ids.mapped("count"), [6])
        self.assertIn("to a lower one or none: 6", wizard.tier_moved_text)
        draft._publish()
        self._score()
        for customer in [self.acme, *others]:
            [move] = self._moves(customer)
            self.assertEqual(
                (move.tier_from_id, move.tier_to_id.id), (self.silver, False)
            )

    def test_compare_tells_the_tiers_apart(self):
        before = self._policy()
        after = self._qualify_by([{"min_purchases": 1}, {}, {"min_revenue": 5}, {}])
        wizard = self.env["crm.value.policy.compare"].create(
            {"policy_id": after.id, "other_id": before.id}
        )
        lines = {line.name: line for line in wizard.line_ids}
        self.assertEqual(lines["Silver"].rule_after, "Manual assignment only")
        self.assertIn("Revenue ≥ $\xa05.00", lines["Gold"].rule_after)

    def test_line_of_another_company_is_refused(self):
        other = self._create_company("Other", self.usd)
        tier = self.env["crm.value.tier"].search([("company_id", "=", other.id)])[0]
        with self.assertRaises(ValidationError):
            self._policy().copy().tier_ids = [Command.create({"tier_id": tier.id})]
