"""Closing the loop: a bad answer is made good, once, and it is seen whether it was."""

import io
from unittest.mock import patch

from openpyxl import load_workbook
from psycopg2.errors import SerializationFailure

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from ..common import TODAY
from .invitation_common import InvitationCommon


@tagged("post_install", "-at_install")
class TestRecovery(InvitationCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._purchases(cls.acme, *((100, day) for day in range(10, 800, 30)))
        cls._score()
        cls.asking = cls._rule(
            survey=cls.nps,
            recovery="ticket",
            ask_referral=True,
            due_hours=4,
            hold_open_ticket=False,
        )

    def _ask(self, partner=None):
        """Invite, and return the invitation."""
        self._invoice(partner or self.anna, 10)
        self._cron_invite()
        return self._invited(state="sent")[-1]

    def _reaction(self, participation):
        return self.recoveries.search([("user_input_id", "=", participation.id)])

    def test_bad_answer_opens_a_ticket_at_once(self):
        invited = self._ask()
        given = self._answer_it(invited, {"nps1": 3, "reason": "Too <slow>"})
        self.assertEqual((invited.state, invited.answered_on), ("answered", TODAY))
        made = self._reaction(given)
        self.assertEqual(
            (made.kind, made.reaction, made.state), ("bad", "ticket", "open")
        )
        self.assertEqual((made.partner_id, made.customer_id), (self.anna, self.acme))
        self.assertEqual(made.value_score, self._profile(self.acme).value_score)
        self.assertEqual(made.words, "Recommendation 3 of 10; “Too <slow>”")
        ticket = made.ticket_id
        self.assertEqual((ticket.partner_id, ticket.priority), (self.anna, "2"))
        self.assertEqual(made.user_id, self.seller)
        self.assertEqual(made.activity_id.user_id, self.seller)
        self.assertIn(f"data-oe-id='{made.id}'", made._link())
        self.assertGreater(made.due, made.date)

    def test_it_happens_once_per_answer(self):
        given = self._answer_it(self._ask(), {"nps1": 0})
        given._mark_done()
        self.assertEqual(len(self._reaction(given)), 1)
        self.assertEqual(self._reaction(given).score, 0)

    def test_activity_instead_of_a_ticket(self):
        self.asking.recovery = "activity"
        made = self._reaction(self._answer_it(self._ask(), {"nps1": 6}))
        self.assertFalse(made.ticket_id)
        self.assertEqual(made.activity_id.res_id, self.acme.id)
        made.activity_id.action_done()
        self.assertEqual(made.state, "solved")

    def test_limits_decide(self):
        for answer, kind in ((6, "bad"), (7, None), (8, None), (9, "good")):
            made = self._reaction(self._answer_it(self._ask(), {"nps1": answer}))
            self.assertEqual(made.kind or None, kind)
        self.assertEqual(made.reaction, "activity")
        self.assertIn("referral", made.activity_id.summary)

    def test_without_a_reaction_wanted_there_is_none(self):
        self.asking.write({"recovery": False, "ask_referral": False})
        for answer in (0, 10):
            self.assertFalse(
                self._reaction(self._answer_it(self._ask(), {"nps1": answer}))
            )

    def test_a_team_gets_it_and_its_leader_stands_in(self):
        (self.acme | self.anna).user_id = False
        self.asking.team_id = self._member(user_id=self.seller.id)
        made = self._reaction(self._answer_it(self._ask(), {"nps1": 1}))
        self.assertEqual(made.ticket_id.team_id, self.asking.team_id)
        self.assertEqual(made.ticket_id.user_id, self.seller)

    def test_nobody_to_see_to_it_still_opens_the_ticket(self):
        (self.acme | self.anna).user_id = False
        self.asking.team_id = self._member(user_id=self.seller.id)
        self.asking.user_id = False
        self.asking.team_id.user_id = False
        made = self._reaction(self._answer_it(self._ask(), {"nps1": 1}))
        self.assertEqual((made.state, bool(made.activity_id)), ("open", False))

    def test_manager_gets_what_nobody_else_sees_to(self):
        manager = self._staff("managing", "crm_value.group_manager")
        (self.acme | self.anna).user_id = False
        self.asking.team_id = self._member(user_id=self.seller.id)
        self.asking.user_id = False
        self.asking.team_id.user_id = False
        made = self._reaction(self._answer_it(self._ask(), {"nps1": 1}))
        self.assertEqual((made.user_id, made.activity_id.user_id), (manager, manager))

    def test_owner_may_read_what_was_answered(self):
        reader = self._staff("reading", "sales_team.group_sale_salesman_all_leads")
        self.nps.write({"user_id": reader.id, "restrict_user_ids": reader})
        self.asking.user_id = reader
        made = self._reaction(self._answer_it(self._ask(), {"nps1": 1}))
        self.assertEqual(made.user_id, reader, "the salesperson may not read it")

    def test_a_rule_that_is_on_needs_somebody_to_stand_in(self):
        manager = self._staff("managing", "crm_value.group_manager")
        as_manager = self.asking.with_user(manager)
        as_manager.running = False
        as_manager.user_id = False
        as_manager.running = True
        self.assertEqual(as_manager.user_id, manager, "who switches it on")
        with self.assertRaises(ValidationError):
            as_manager.user_id = False
        stranger = new_test_user(self.env, "elsewhere", "base.group_portal")
        with self.assertRaises(ValidationError):
            as_manager.user_id = stranger
        as_manager.team_id = self._member(user_id=self.seller.id)
        as_manager.user_id = False
        self.assertFalse(as_manager.user_id, "the leader of the team stands in")
        as_manager.write({"recovery": False, "ask_referral": False, "team_id": False})
        self.assertFalse(as_manager.user_id, "nothing has to be seen to")

    def test_rule_nobody_could_stand_in_for_stays_off(self):
        self.asking.write({"running": False, "user_id": False})
        with self.assertRaises(ValidationError):
            self.asking.running = True

    def test_the_last_who_stands_in_cannot_leave(self):
        for change in ({"active": False}, {"company_ids": [(5, 0, 0)]}):
            with self.assertRaises(ValidationError), self.env.cr.savepoint():
                self.seller.write(change)
        self.seller.invalidate_recordset()
        other = self._staff("other", "sales_team.group_sale_salesman")
        self.asking.user_id = other
        self.seller.active = False
        self.assertFalse(self.seller.active)
        self.asking.running = False
        other.active = False

    def test_answer_is_kept_when_the_reaction_fails(self):
        model = type(self.env["helpdesk.ticket"])
        invited = self._ask()
        logger = "odoo.addons.crm_value.models.core.crm_value_job"
        with (
            patch.object(model, "create", side_effect=ValueError("no stage")),
            mute_logger(logger),
        ):
            given = self._answer_it(invited, {"nps1": 1})
        made = self._reaction(given)
        self.assertEqual((given.state, made.state), ("done", "failed"))
        self.assertEqual(made.message, "no stage")
        made.action_retry()
        self.assertEqual(made.state, "open")

    def test_due_hours_can_be_those_of_a_tier(self):
        tier = self.env["crm.value.tier"].create(
            {"name": "Best", "company_id": self.company.id, "sequence": 99}
        )
        self._profile(self.acme).tier_id = tier
        made = {}
        for hours in (0.0, 1.0, 9.0):
            tier.response_hours = hours
            self.env.flush_all()
            made[hours] = self._reaction(self._answer_it(self._ask(), {"nps1": 1}))
            self.assertEqual(made[hours]._due_hours(), 1.0 if hours == 1 else 4.0)
        self.assertLess(made[1.0].due, made[0.0].due)
        self.assertEqual(made[9.0].due, made[0.0].due)

    def test_reaction_that_meets_another_one_follows_by_the_cron(self):
        invited = self._ask()
        self._forget_stale()
        model = type(self.recoveries)
        with patch.object(model, "_react", side_effect=SerializationFailure()):
            given = self._answer_it(invited, {"nps1": 1})
        made = self._reaction(given)
        self.assertEqual((given.state, made.state), ("done", "waiting"))
        cron = self.env.ref("crm_value.ir_cron_recovery")
        self.assertTrue(
            self.env["ir.cron.trigger"].search([("cron_id", "=", cron.id)]),
            "it runs within a minute",
        )
        self._cron_invite()
        self.assertEqual(made.state, "open")

    def test_value_comes_with_the_first_run(self):
        fresh = self._customer("Fresh", email="fresh@example.com")
        self._purchases(fresh, (50, 1))
        made = self._reaction(self._answer_it(self._ask(fresh), {"nps1": 1}))
        self.assertIs(made.value_score, False)
        self._score()
        self._cron_invite()
        self.assertEqual(made.value_score, self._profile(fresh).value_score)
        self.assertIsNot(made.value_score, False)

    # --- recovery is measured ---

    def test_solved_asked_again_and_bought_again(self):
        again = self._rule("recovery", self.service, recovery="ticket")
        made = self._reaction(self._answer_it(self._ask(), {"nps1": 1}))
        made.ticket_id.stage_id = self.closed_stage
        self.assertEqual(made.state, "solved")
        self.assertTrue(made.solved_on)
        self._cron_invite()
        self.assertEqual(made.again, "asked")
        second = self._invited(again)
        self.assertEqual((second.state, second.res_id), ("sent", made.id))
        self._answer_it(second, {"csat1": 5})
        self.assertEqual(made.again, "satisfied")
        self.assertFalse(made.bought_again)
        self._profile(self.acme).last_purchase_date = "2026-06-20"
        self.env.flush_all()
        made.invalidate_recordset()
        self.assertTrue(made.bought_again)
        found = self.recoveries.search(
            [("bought_again", "=", True), ("customer_id", "=", self.acme.id)]
        )
        self.assertEqual(found, made)

    def test_complaint_not_solved_reopens_and_is_asked_about_again(self):
        again = self._rule("recovery", self.service, recovery="ticket")
        made = self._reaction(self._answer_it(self._ask(), {"nps1": 1}))
        ticket = made.ticket_id
        ticket.stage_id = self.closed_stage
        self._cron_invite()
        given = self._answer_it(self._invited(again), {"csat1": 2})
        self.assertFalse(ticket.stage_id.closed)
        self.assertEqual((made.again, made.state), ("dissatisfied", "open"))
        second = self._reaction(given)
        self.assertEqual((second.reaction, second.ticket_id), ("reopen", ticket))
        self.assertIn(
            "not satisfied", ticket.message_ids[1].body + ticket.message_ids[0].body
        )
        ticket.stage_id = self.closed_stage
        self._cron_invite()
        self.assertEqual(len(self._invited(again)), 2)

    def test_ticket_answered_as_unsolved_reopens(self):
        self._rule("ticket", self.service, recovery="ticket")
        ticket = self._close(self.anna)
        self._cron_invite()
        invited = self._invited(res_model="helpdesk.ticket")
        question = self.service.question_ids.filtered(
            lambda q: q.value_item == "resolution1"
        )
        no = question.suggested_answer_ids[-1]
        given = self._answer_it(invited, {"csat1": 5, "resolution1": no.id})
        made = self._reaction(given)
        self.assertEqual((made.reaction, made.ticket_id), ("reopen", ticket))
        self.assertFalse(ticket.stage_id.closed)
        self.assertEqual(made.score, 0)

    def test_late_is_found(self):
        made = self._reaction(self._answer_it(self._ask(), {"nps1": 1}))
        self.assertFalse(made.is_late)
        made.due = "2026-06-01"
        self.assertTrue(made.is_late)
        self.assertIn(made, self.recoveries.search([("is_late", "=", True)]))
        self.assertNotIn(made, self.recoveries.search([("is_late", "=", False)]))

    def test_good_answer_counts_whom_it_brought(self):
        made = self._reaction(self._answer_it(self._ask(), {"nps1": 10}))
        self.assertIn("Referred by", made.activity_id.note)
        made.date = "2026-06-01"
        friend = self._customer("Friend")
        friend.value_referrer_id = self.acme
        self.assertEqual(made.referred_count, 1)
        made.date = "2100-01-01"
        made.invalidate_recordset()
        self.assertEqual(made.referred_count, 0)

    def test_response_rates_count_who_was_mailed(self):
        answers = self.env["crm.value.answer"]
        mine = self._ask()
        self._ask(self._customer("Quiet", email="quiet@example.com"))
        self._answer_it(mine, {"nps1": 9})

        def rates(grouping, audience="customer"):
            return answers._response_rates(grouping, None, audience)

        self.assertEqual(rates(None), {None: 0.5})
        self.assertEqual(rates(None, "dealer"), {})
        self.assertEqual(rates("survey_id"), {self.nps.id: 0.5})
        self.assertEqual(rates("company_id"), {self.company.id: 0.5})
        self.assertEqual(rates("month"), {"2026-06": 0.5})
        self.assertEqual(rates("user_id"), {self.seller.id: 1.0, None: 0.0})
        stage = self._profile(self.acme).stage_id.id
        self.assertEqual(rates("stage_id"), {stage: 1.0, None: 0.0})
        for grouping in ("tier_id", "quadrant", "rfm_segment", "category"):
            self.assertEqual(len(rates(grouping)), len(set(rates(grouping))))
        found = answers.get_measures("survey_id", 0)
        self.assertEqual(found["groups"][0]["response"], 0.5)

    # --- what the answer does besides ---

    def test_answer_refreshes_the_customer_and_is_noted(self):
        invited = self._ask()
        self._forget_stale()
        self._answer_it(invited, {"nps1": 9, "reason": "Nice"})
        self.assertEqual(self._stale(), self.acme)
        note = self.anna.message_ids[0].body
        self.assertIn(self.nps.title, note)
        self.assertNotIn("9", note, "another company reads the notes of a contact")
        self.assertNotIn("Nice", note)

    def test_an_answer_alone_makes_no_customer(self):
        stranger = self._customer("Stranger", email="stranger@example.com")
        given = self.nps._create_answer(
            partner=stranger, value_company_id=self.company.id
        )
        given._save_lines(self.nps.question_ids[0], "9")
        given._mark_done()
        self._refresh()
        self.assertFalse(self._profile(stranger))

    def test_tests_colleagues_and_strangers_set_nothing_off(self):
        for partner, test_entry in (
            (self.anna, True),
            (self.seller.partner_id, False),
            (self.env["res.partner"], False),
        ):
            given = self.nps._create_answer(partner=partner, check_attempts=False)
            given.test_entry = test_entry
            given._save_lines(self.nps.question_ids[0], "0")
            given._mark_done()
            self.assertFalse(self._reaction(given))

    def test_survey_sent_by_hand_counts_like_an_invitation(self):
        given = self.nps._create_answer(
            partner=self.anna, value_company_id=self.company.id
        )
        given._save_lines(self.nps.question_ids[0], "2")
        given._mark_done()
        self.assertEqual(self._reaction(given).ticket_id.partner_id, self.anna)

    def test_restricted_survey_is_not_noted(self):
        self.nps.write({"user_id": self.seller.id, "restrict_user_ids": self.seller})
        invited = self._ask()
        self._answer_it(invited, {"nps1": 9})
        said = "".join(self.anna.message_ids.mapped("body"))
        self.assertNotIn(self.nps.title, said)

    # --- privacy ---

    def _told(self, *records):
        """Return all that stands in records, their chatter and their activities."""
        fields_ = ("name", "description", "partner_name", "partner_email")
        said = [str(record[name]) for record in records for name in fields_]
        for record in records:
            said += [str(body) for body in record.message_ids.mapped("body")]
            said += [
                f"{activity.summary} {activity.note}"
                for activity in record.with_context(active_test=False).activity_ids
            ]
        return " ".join(said)

    def _assert_silent(self, told):
        for word in ("Slow", "of 10", "of 5", "Value score", "Anna", "anna@"):
            self.assertNotIn(word, told)

    def test_words_stand_in_the_reaction_only(self):
        again = self._rule("recovery", self.service, recovery="ticket")
        made = self._reaction(
            self._answer_it(self._ask(), {"nps1": 1, "reason": "Slow"})
        )
        ticket = made.ticket_id
        self.assertTrue(ticket.name.startswith("Your feedback"))
        ticket.stage_id = self.closed_stage
        self._cron_invite()
        second = self._reaction(self._answer_it(self._invited(again), {"csat1": 1}))
        self.assertEqual(second.ticket_id, ticket)
        told = self._told(ticket)
        self._assert_silent(told)
        for reaction in made | second:
            self.assertIn(f'data-oe-id="{reaction.id}"', told)
            self.assertIn(f'data-oe-id="{reaction.id}"', reaction.activity_id.note)
        self.assertIn("Slow", made.words)

    def test_activity_on_the_customer_says_nothing(self):
        self.asking.recovery = "activity"
        for answer in (1, 10):
            given = self._answer_it(self._ask(), {"nps1": answer, "reason": "Slow"})
            note = self._reaction(given).activity_id.note
            self._assert_silent(note)
            self.assertIn("crm.value.recovery", note)

    def test_colleague_in_the_portal_reads_no_answer(self):
        colleague = self._customer("Bert", parent=self.acme, email="bert@acme.example")
        portal = new_test_user(
            self.env, "bert_portal", "base.group_portal", partner_id=colleague.id
        )
        made = self._reaction(
            self._answer_it(self._ask(), {"nps1": 1, "reason": "Slow"})
        )
        ticket = made.ticket_id.with_user(portal)
        read = ticket.read(["name", "display_name", "description", "partner_name"])
        self._assert_silent(str(read))
        shown = ticket.message_ids.filtered(lambda message: not message.is_internal)
        self._assert_silent(str(shown.mapped("body")))
        with self.assertRaises(AccessError):
            made.with_user(portal).read(["words"])

    def test_restricted_words_reach_only_those_who_may_read_them(self):
        reader = self._staff("reading", "sales_team.group_sale_salesman_all_leads")
        helper = self._staff("helping", "helpdesk_mgmt.group_helpdesk_user")
        self.nps.write({"user_id": reader.id, "restrict_user_ids": reader})
        made = self._reaction(
            self._answer_it(self._ask(), {"nps1": 1, "reason": "Slow"})
        )
        self._assert_silent(self._told(made.ticket_id.with_user(helper)))
        with self.assertRaises(AccessError):
            made.with_user(helper).read(["words"])
        self.assertIn("Slow", made.with_user(reader).words)

    def _staff(self, login, groups):
        return new_test_user(
            self.env,
            login,
            groups,
            company_id=self.company.id,
            company_ids=self.company.ids,
        )

    def test_nothing_of_an_erased_contact_stays_behind(self):
        guest = self._customer("Guest Anna", parent=self.acme, email="anna@guest.test")
        made = {}
        for reaction in ("activity", "ticket"):
            self.asking.recovery = reaction
            given = self.nps._create_answer(
                partner=guest,
                value_company_id=self.company.id,
                check_attempts=False,
            )
            given._save_lines(self.nps.question_ids[0], "1")
            given._save_lines(self.nps.question_ids[1], "Slow")
            given._mark_done()
            made[reaction] = self._reaction(given)
            self.assertIn("Slow", made[reaction].words)
        ticket, activities = made["ticket"].ticket_id, self.env["mail.activity"]
        for reaction in made.values():
            activities |= reaction.activity_id
        self.assertEqual(len(activities), 2)
        ticket._onchange_partner_id()
        ticket.flush_recordset()
        guest.unlink()
        self.assertFalse(activities.exists())
        self.assertFalse(any(reaction.exists() for reaction in made.values()))
        self._assert_silent(self._told(ticket))
        self._assert_silent(" ".join(map(str, self.acme.message_ids.mapped("body"))))

    def test_answers_go_with_the_partner(self):
        guest = self._customer("Guest", email="guest@example.com")
        self._rule("ticket", self.nps, recovery="ticket")
        asked = self._close(guest)
        self._cron_invite()
        invited = self._invited(res_id=asked.id, res_model="helpdesk.ticket")
        given = self._answer_it(invited, {"nps1": 1})
        made = self._reaction(given)
        ticket = made.ticket_id
        messages = self.env["mail.message"]
        mails = messages.search(
            [("model", "=", invited._name), ("res_id", "in", invited.ids)]
        )
        link = f'data-oe-id="{made.id}"'
        self.assertTrue(mails)
        self.assertIn(link, str(ticket.message_ids.mapped("body")))
        guest.unlink()
        self.assertFalse(given.exists() or made.exists() or invited.exists())
        self.assertFalse(mails.exists())
        self.env.invalidate_all()
        self.assertNotIn(link, str(ticket.message_ids.mapped("body")))
        self.assertTrue(ticket.exists())

    def test_privacy_lookup_finds_and_deletes_answers(self):
        guest = self._customer("Guest Lookup", email="guest.lookup@example.com")
        given = self.nps._create_answer(partner=guest, value_company_id=self.company.id)
        given._mark_done()
        lookup = self.env["privacy.lookup.wizard"].create(
            {"name": guest.name, "email": guest.email}
        )
        lookup.action_lookup()
        found = lookup.line_ids.mapped(lambda line: (line.res_model, line.res_id))
        self.assertIn(("survey.user_input", given.id), found)
        self.assertIn(("res.partner", guest.id), found)
        lookup.line_ids.filtered(
            lambda line: line.res_model == "res.partner"
        ).action_unlink()
        self.assertFalse(guest.exists() or given.exists())

    def test_export_holds_every_answer_and_invitation(self):
        invited = self._ask()
        self._answer_it(invited, {"nps1": 0, "reason": "Slow"})
        book = load_workbook(io.BytesIO(self.acme._value_answers_sheet()))
        rows = [tuple(row) for row in book.active.iter_rows(values_only=True)]
        kinds = [row[0] for row in rows[1:]]
        self.assertEqual(set(kinds), {"Answer", "Invitation", "Follow-Up"})
        said = [row[5] for row in rows if row[0] == "Answer"]
        self.assertEqual(sorted(said), ["0", "Slow"])
        self.assertIn("Answered", [row[5] for row in rows])
        other = self._customer("Other Company")
        empty = load_workbook(io.BytesIO(other._value_answers_sheet()))
        self.assertEqual(empty.active.max_row, 1)

    def test_export_holds_archived_contacts_and_no_other_company(self):
        self._answer_it(self._ask(), {"nps1": 1, "reason": "Ours"})
        second = self._create_company("Second", self.usd)
        theirs = self.nps._create_answer(
            partner=self.anna, check_attempts=False, value_company_id=second.id
        )
        theirs._save_lines(self.nps.question_ids[0], "8")
        theirs._mark_done()
        self.anna.active = False

        def said(company):
            contacts = self.acme.with_context(allowed_company_ids=company.ids)
            book = load_workbook(io.BytesIO(contacts._value_answers_sheet()))
            rows = [*book.active.iter_rows(values_only=True)][1:]
            kinds = {row[0] for row in rows}
            return kinds, {row[5] for row in rows if row[0] == "Answer"}

        self.assertEqual(said(second), ({"Answer"}, {"8"}))
        kinds, answers = said(self.company)
        self.assertEqual(kinds, {"Answer", "Invitation", "Follow-Up"})
        self.assertEqual(answers, {"1", "Ours"})
