"""Working a list: done, snoozed, rejected, undone; by whom, once, and how long."""

from datetime import timedelta

from psycopg2 import IntegrityError

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, new_test_user, tagged
from odoo.tools import mute_logger

from ..common import TODAY, ValueCommon, ago


@tagged("post_install", "-at_install")
class TestDecision(ValueCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._only_this_company()
        cls.user = cls._user("worker", "crm_value.group_user")
        cls.other = cls._user("other", "crm_value.group_officer")
        cls.manager = cls._user("boss", "crm_value.group_manager")
        cls.customers = cls.env["res.partner"].create(
            [{"name": f"Fading {at}", "is_company": True} for at in range(4)]
        )
        for customer in cls.customers:
            cls._purchases(customer, *((200, day) for day in range(70, 500, 30)))
        cls._score()
        cls.profiles = cls.env["crm.value.profile"].search(
            [("partner_id", "in", cls.customers.ids)]
        )
        cls.first = cls.profiles[0]
        cls.reason = cls.env.ref("crm_value.decision_reason_competitor")

    @classmethod
    def _user(cls, login, groups):
        return new_test_user(
            cls.env,
            login,
            groups,
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
        )

    def _as(self, user, records):
        self.env.invalidate_all()
        return records.with_user(user).with_context(lang="en_US")

    def _waiting(self):
        return self.env["crm.value.profile"].search(
            [
                ("partner_id", "in", self.customers.ids),
                ("worklist", "!=", False),
                ("decision_id", "=", False),
            ]
        )

    def _decisions(self):
        return self.env["crm.value.decision"].search(
            [("partner_id", "in", self.customers.ids)]
        )

    def _later(self, days):
        """Let all decisions lie further back."""
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE crm_value_decision SET date = date - %(days)s, "
            "date_until = date_until - %(days)s",
            {"days": days},
        )
        self.env.invalidate_all()

    # --- what a decision does ---

    def test_done_takes_off_the_list_until_the_customer_has_rested(self):
        answer = self._as(self.user, self.first)._done()
        decision = self._decisions()
        self.assertEqual(decision.ids, answer["params"]["decision_ids"])
        self.assertIn("Fading", answer["params"]["message"])
        self.assertEqual(decision.user_id, self.user)
        self.assertEqual(decision.date_until, ago(-30))
        self.assertEqual(self._waiting(), self.profiles - self.first)
        self.assertEqual(self.first.decision_id, decision)
        self._later(29)
        self.assertEqual(self._waiting(), self.profiles - self.first)
        self._later(1)
        self.assertEqual(self._waiting(), self.profiles)

    def test_done_asks_what_came_of_it_and_notes_it_on_the_contact(self):
        asked = self._as(self.user, self.first).action_ask_done()
        wizard = self.env["crm.value.profile.decide"].with_user(self.user)
        wizard = wizard.with_context(**asked["context"])
        wizard.create({"outcome": "offer", "note": "By Friday"}).action_done()
        self.assertEqual(self._decisions().outcome, "offer")
        noted = self.first.partner_id.message_ids[0]
        self.assertIn("Wants a Quotation – By Friday", noted.body)
        self.assertEqual(noted.author_id, self.user.partner_id)

    def test_done_rests_until_a_later_next_best_date(self):
        self.first.next_contact_date = ago(-50)
        self.first._done()
        self.assertEqual(self._decisions().date_until, ago(-50))

    def test_rest_is_that_of_the_policy(self):
        self._policy(rest_days=5)
        self._score()
        self.first._done()
        self.assertEqual(self._decisions().date_until, ago(-5))

    def test_snooze_offers_a_week_a_month_and_a_day(self):
        one, two, three, _four = self.profiles
        for profile, button, until in (
            (one, "action_week", ago(-7)),
            (two, "action_month", TODAY.replace(month=7)),
            (three, "action_until", ago(-3)),
        ):
            wizard = self._open(profile.action_snooze())
            wizard.date_until = ago(-3)
            getattr(wizard.save(), button)()
            self.assertEqual(profile.decision_id.date_until, until)
        wizard = self._open(self.profiles[3].action_snooze())
        wizard.date_until = TODAY
        with self.assertRaises(UserError):
            wizard.save().action_until()

    def _open(self, action, user=None):
        env = self.env(user=user) if user else self.env
        return Form(env[action["res_model"]].with_context(**action["context"]))

    def test_reject_asks_why_and_holds_until_the_stage_changes(self):
        wizard = self._open(self._as(self.user, self.first).action_reject(), self.user)
        wizard.reason_id = self.reason
        wizard.note = "Moved abroad"
        wizard.save().action_reject()
        decision = self._decisions()
        self.assertEqual(decision.reason_id, self.reason)
        self.assertEqual(decision.date_until, TODAY + timedelta(days=180))
        self.assertEqual(self._waiting(), self.profiles - self.first)
        self.first.stage_id = self.env.ref("crm_value.stage_won_back")
        self.assertEqual(self._waiting(), self.profiles)
        self.assertFalse(self.first.decision_id)

    def test_done_without_an_outcome_names_what_is_asked(self):
        wizard = self._open(self.first.action_ask_done()).save()
        with self.assertRaisesRegex(UserError, "What Came of It"):
            wizard.action_done()
        self.assertFalse(self._decisions())

    def test_reject_without_reason_is_refused(self):
        wizard = self._open(self.first.action_reject()).save()
        with self.assertRaisesRegex(UserError, "Why"):
            wizard.action_reject()
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.first._decide("reject", lambda _p: ago(-9))
            self.env.flush_all()

    def test_decision_concerns_its_list_only(self):
        self.first._done()
        self.first.worklist = "develop"
        self.assertIn(self.first, self._waiting())
        self.first._done()
        self.assertNotIn(self.first, self._waiting())

    def test_many_are_decided_at_once(self):
        self.first._done()
        answer = self._as(self.user, self.profiles)._done()
        self.assertEqual(len(answer["params"]["decision_ids"]), 3)
        self.assertIn("3 customers", answer["params"]["message"])
        self.assertIn("left unchanged: 1", answer["params"]["message"])
        self.assertFalse(self._waiting())

    def test_deciding_many_costs_no_query_each(self):
        counts = []
        for some in (self.profiles[:1], self.profiles[1:]):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            some._done()
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0] + 4, "one note a contact at most")

    # --- once, and back ---

    def test_second_decision_is_refused_with_a_name(self):
        self._as(self.user, self.first)._done()
        with self.assertRaisesRegex(UserError, "worker.*has already decided"):
            self._as(self.other, self.first)._done()

    def test_two_at_the_same_moment_leave_one_decision(self):
        self.first._done()
        self.env.flush_all()
        copy = self._decisions().copy_data()[0]
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(IntegrityError),
            self.env.cr.savepoint(),
        ):
            self.env["crm.value.decision"].create(copy)

    def test_customer_that_left_the_list_is_not_decided(self):
        self.first.worklist = False
        with self.assertRaisesRegex(UserError, "no longer on a worklist"):
            self.first._done()

    def test_undo_puts_back_on_the_list_and_keeps_the_trace(self):
        self._as(self.user, self.first)._done()
        decision = self._decisions()
        self._as(self.user, decision).action_undo()
        self.assertEqual(self._waiting(), self.profiles)
        self.assertFalse(decision.active)
        self._as(self.user, self.first)._done()
        self.assertEqual(len(self._decisions()), 1)

    def test_decision_is_not_rewritten(self):
        self.first._done()
        with self.assertRaises(UserError):
            self._decisions().date_until = ago(-300)

    # --- on the contact ---

    def test_done_and_reject_are_noted_on_the_contact(self):
        one, two, three, _four = self.profiles
        notes = {p: len(p.partner_id.message_ids) for p in self.profiles}
        self._as(self.user, one)._done()
        self._as(self.user, two)._reject(self.reason, "Moved")
        self._open(three.action_snooze()).save().action_week()
        said = one.partner_id.message_ids[0]
        self.assertIn("Retain: Done", said.body)
        self.assertEqual(said.author_id, self.user.partner_id)
        self.assertIn("Buys elsewhere – Moved", two.partner_id.message_ids[0].body)
        self.assertEqual(len(three.partner_id.message_ids), notes[three])
        self._as(self.user, one.decision_id).action_undo()
        self.assertIn("decision undone (Done)", one.partner_id.message_ids[0].body)

    # --- rights ---

    def test_only_own_decisions_are_undone_but_managers_undo_all(self):
        self._as(self.user, self.first)._done()
        decision = self._decisions()
        for other in (self.other,):
            mine = self._as(other, decision)
            self.assertFalse(mine.may_undo)
            with self.assertRaises(AccessError):
                mine.action_undo()
        self.assertTrue(self._as(self.user, decision).may_undo)
        self.assertTrue(self._as(self.manager, decision).may_undo)
        self._as(self.manager, decision).action_undo()
        self.assertFalse(decision.active)

    def test_nobody_decides_in_the_name_of_another(self):
        self.first._done()
        vals = self._decisions().copy_data({"user_id": self.other.id})[0]
        vals["partner_id"] = self.customers[1].id
        with self.assertRaises(AccessError):
            self.env["crm.value.decision"].with_user(self.user).create(vals)
        with self.assertRaises(AccessError):
            self._as(self.user, self._decisions()).unlink()

    def test_employee_and_portal_decide_nothing(self):
        for group in ("base.group_user", "base.group_portal"):
            nobody = self._user(group.replace(".", "_"), group)
            with self.assertRaises(AccessError):
                self._as(nobody, self.first)._done()
            with self.assertRaises(AccessError):
                self._decisions().with_user(nobody).search([])

    def test_other_company_neither_sees_nor_decides(self):
        elsewhere = self._create_company("Other Company", self.usd)
        stranger = new_test_user(
            self.env,
            "stranger",
            "crm_value.group_manager",
            company_id=elsewhere.id,
            company_ids=[Command.set(elsewhere.ids)],
        )
        with self.assertRaises(AccessError):
            self._as(stranger, self.first)._done()
        self.first._done()
        decision = self._decisions()
        mine = self.env["crm.value.decision"].with_user(stranger)
        mine = mine.with_context(allowed_company_ids=elsewhere.ids)
        self.assertFalse(mine.search([("id", "in", decision.ids)]))
        with self.assertRaises(AccessError):
            mine.browse(decision.id).action_undo()
        with self.assertRaises(AccessError):
            mine.create(
                {
                    **decision.copy_data()[0],
                    "partner_id": self.customers[1].id,
                    "user_id": stranger.id,
                }
            )

    def test_users_edit_no_reasons(self):
        with self.assertRaises(AccessError):
            self.reason.with_user(self.other).name = "Whatever"
        self.reason.with_user(self.manager).name = "Buys from somebody else"

    def test_user_sees_the_priority_but_not_the_money(self):
        mine = self._as(self.user, self.first)
        self.assertTrue(mine.stake_score)
        self.assertNotIn("stake", mine.fields_get())
        with self.assertRaises(AccessError):
            mine.read(["stake"])
        view = mine.get_view(
            self.env.ref("crm_value.crm_value_worklist_view_list").id, "list"
        )
        self.assertNotIn('name="stake"', view["arch"])

    # --- searches ---

    def test_due_and_team_are_searched_in_sets(self):
        team = self.env["crm.team"].create(
            {"name": "Team", "user_id": self.other.id, "company_id": self.company.id}
        )
        seller = self._user("seller", "sales_team.group_sale_salesman")
        mate = self._user("mate", "sales_team.group_sale_salesman")
        for user in seller + mate:
            self.env["crm.team.member"].create(
                {"user_id": user.id, "crm_team_id": team.id}
            )
        self.first.partner_id.user_id = seller
        self.company.value_sight = "all"
        domain = [
            "|",
            ("user_id.sale_team_id.member_ids", "in", mate.id),
            ("user_id.sale_team_id.user_id", "=", mate.id),
        ]
        mine = self._as(mate, self.profiles)
        self.assertEqual(mine.search(domain).ids, self.first.ids)
        self.assertEqual(
            self._as(self.other, self.profiles)
            .search(
                [
                    ("user_id.sale_team_id.user_id", "=", self.other.id),
                    ("is_due", "=", True),
                ]
            )
            .ids,
            self.first.ids,
        )

    def test_follow_up_and_mail_open_for_all_chosen(self):
        partners = self.profiles.partner_id
        plan = self.profiles.action_plan_activity()
        self.assertEqual(plan["context"]["active_ids"], partners.ids)
        self.assertNotIn("default_note", plan["context"])
        due = self.first.action_plan_activity()["context"]
        self.assertEqual(due["default_note"], self.first.worklist_reason)
        self.assertGreaterEqual(due["default_date_deadline"], fields.Date.today())
        mail = self.profiles.action_write_mail()
        self.assertEqual(mail["context"]["default_composition_mode"], "mass_mail")
        one = self.first.action_write_mail()["context"]
        self.assertEqual(one["default_partner_ids"], self.first.partner_id.ids)
