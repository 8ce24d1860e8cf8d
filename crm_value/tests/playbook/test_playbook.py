"""Playbooks: started once by a change of stage, worked off once, ended in time."""

from datetime import timedelta
from unittest.mock import patch

from psycopg2.errors import SerializationFailure

from odoo import Command
from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import TODAY, ago
from .playbook_common import PlaybookCommon


@tagged("post_install", "-at_install")
class TestPlaybook(PlaybookCommon):
    def _decline(self, customers=None):
        self._move(customers or self.acme, "decline")

    # --- starting ---

    def test_change_of_stage_starts_its_playbook_once(self):
        moved = self._move(self.acme, "decline")
        moved._take_effect()
        start = self._started(self.acme)
        self.assertEqual(len(start), 1)
        self.assertEqual(start.playbook_id, self.declining)
        self.assertEqual((start.transition_id, start.state), (moved, "waiting"))
        self.assertEqual(start.stage_id.code, "decline")

    def test_scoring_starts_the_playbook_of_the_stage_it_finds(self):
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE crm_value_transaction SET date = date - 55 WHERE partner_id = %s",
            (self.acme.id,),
        )
        self._score()
        self._score()
        self.assertEqual(self._profile(self.acme).stage_id.code, "decline")
        self.assertEqual(self._started(self.acme).playbook_id, self.declining)

    def test_follow_up_offers_plans_that_fit_the_stage(self):
        profile = self._profile(self.acme)
        self.assertNotEqual(profile.stage_id, self.declining.stage_id)
        by_hand = self.declining.copy({"name": "Any time"})
        wizard = self.env["mail.activity.schedule"].with_context(
            **profile.action_plan_activity()["context"]
        )
        offered = wizard.create({}).plan_available_ids
        self.assertIn(by_hand.plan_id, offered)
        self.assertNotIn(self.declining.plan_id, offered)
        profile.stage_id = self.declining.stage_id
        self.assertIn(self.declining.plan_id, wizard.create({}).plan_available_ids)

    def test_first_run_starts_nothing(self):
        fresh = self._customer("Fresh")
        self._purchases(fresh, (10, 1))
        self._score()
        self.assertFalse(self._started(fresh))
        self.assertFalse(self._started(self.acme))

    def _after_the_first_run(self):
        """Let the runs so far lie back, as if committed before."""
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE crm_value_run SET write_date = write_date - INTERVAL '1 hour'"
        )
        self.env.invalidate_all()

    def test_customer_who_comes_with_a_purchase_is_welcomed_once(self):
        self._after_the_first_run()
        fresh, imported = self._customer("Fresh"), self._customer("Imported")
        self._purchases(fresh, (10, 1))
        self._purchases(imported, (10, 40))
        for _time in range(2):
            self.env["crm.value.stale"]._mark(fresh | imported, self.company)
            self._refresh()
        start = self._started(fresh)
        self.assertEqual(start.playbook_id, self.env.ref("crm_value.playbook_new"))
        self.assertFalse(self._started(imported), "its first purchase is long ago")

    def test_stage_without_a_playbook_starts_none(self):
        self._move(self.acme, "lost")
        self.assertFalse(self._started(self.acme))

    def test_own_playbook_of_a_company_replaces_the_shared_one(self):
        stage = self.declining.stage_id
        mine = self._playbook(stage_id=stage.id, company_id=self.company.id)
        self._playbook(
            "Other", stage_id=stage.id, company_id=self.env.ref("base.main_company").id
        )
        self._decline()
        self.assertEqual(self._started(self.acme).playbook_id, mine)

    def test_archived_playbook_starts_no_more(self):
        self.declining.active = False
        self._decline()
        self.assertFalse(self._started(self.acme))

    def test_second_change_of_the_day_starts_what_it_leads_to(self):
        self._decline()
        self._move(self.acme, "formation", before="decline")
        self.assertEqual(
            self._started(self.acme).playbook_id,
            self.declining | self.env.ref("crm_value.playbook_growing"),
        )
        self._work()
        self.assertEqual(
            self._started(self.acme, playbook_id=self.declining.id).state, "stopped"
        )
        self.assertEqual(len(self._activities(self.acme)), 3)

    def test_starting_costs_the_same_for_few_and_many(self):
        few, many = self._buyers(5, "Few"), self._buyers(300, "Many")
        counts = []
        for customers in (few, many):
            moved = self._move(customers, "decline")
            self.starts.search([("partner_id", "in", customers.ids)]).unlink()
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.starts._begin_entered(moved)
            counts.append(self.env.cr.sql_log_count - before)
            self.assertEqual(
                self.starts.search_count([("partner_id", "in", customers.ids)]),
                len(customers),
            )
        self.assertEqual(counts[0], counts[1])

    # --- work ---

    def test_work_makes_the_activities_of_the_plan(self):
        self._decline()
        self._work()
        activities = self._activities(self.acme)
        steps = self.declining.template_ids
        self.assertEqual(activities.mapped("summary"), steps.mapped("summary"))
        self.assertEqual(
            activities.mapped("date_deadline"),
            [TODAY + timedelta(days=days) for days in (1, 3, 14)],
        )
        self.assertIn("Listen", activities[0].note)
        self.assertTrue(all(activities.mapped("automated")))
        start = self._started(self.acme)
        self.assertEqual((start.state, start.open_count), ("done", 3))
        self.assertEqual(self._profile(self.acme).playbook_count, 1)

    def test_work_twice_makes_one_set_of_activities(self):
        self._decline()
        self._work()
        self._work()
        self.assertEqual(len(self._activities(self.acme)), 3)

    def test_database_refuses_a_step_twice(self):
        self._decline()
        self._work()
        start = self._started(self.acme)
        start.state = "waiting"
        with mute_logger(
            "odoo.sql_db", "odoo.addons.crm_value.models.core.crm_value_job"
        ):
            self._work()
        self.assertEqual(len(self._activities(self.acme)), 3)
        self.assertEqual(start.state, "failed")

    def test_done_activities_finish_the_playbook(self):
        self._decline()
        self._work()
        start = self._started(self.acme)
        first, *_rest = activities = self._activities(self.acme)
        first.action_feedback("Called")
        self.assertEqual(start.open_count, 2)
        self.assertEqual(start.step_ids[0].state, "done")
        (activities - first).unlink()
        self.assertEqual(start.open_count, 0)
        self.assertFalse(self.starts.search([*start._running_domain()]) & start)

    def test_assigning_sends_no_mail_to_the_owner(self):
        before = self.env["mail.mail"].search_count([])
        self._decline()
        self._work()
        self.assertEqual(self.env["mail.mail"].search_count([]), before)

    def test_statements_of_a_batch_do_not_count_customers(self):
        playbook = self._playbook(stage_id=self.env.ref("crm_value.stage_lost").id)
        template = self.env.ref("crm_value.mail_template_miss")
        playbook.write({"mail_template_id": template.id, "send_mail": True})
        few, many = self._buyers(10, "Few"), self._buyers(40, "Many")
        self._move(self._buyers(3, "Warm"), "lost")
        self._work()
        counts = []
        for customers in (few, many):
            self._move(customers, "lost")
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._work()
            counts.append(self.env.cr.sql_log_count - before)
            self.assertEqual(len(self._activities(customers)), len(customers))
            self.assertEqual(len(self._mails(customers)), len(customers))
        self.assertLessEqual(counts[1], counts[0] + 2)

    def test_one_customer_that_fails_holds_nobody_up(self):
        others = self._buyers(3)
        self._decline(others | self.acme)
        work = type(self.starts)
        original = work._create_activities
        bad = self.acme

        def broken(starts, playbook):
            if bad in starts.partner_id:
                raise ValueError("no")
            return original(starts, playbook)

        logger = "odoo.addons.crm_value.models.core.crm_value_job"
        with patch.object(work, "_create_activities", broken), mute_logger(logger):
            self._work()
        failed = self._started(bad)
        self.assertEqual((failed.state, failed.message), ("failed", "no"))
        self.assertEqual(len(self._activities(others)), 9)
        failed.with_user(self.seller).action_retry()
        self._work()
        self.assertEqual(len(self._activities(bad)), 3)

    def test_conflict_with_another_transaction_waits_for_the_next_round(self):
        self._decline()

        def conflict(_starts):
            raise SerializationFailure

        with patch.object(type(self.starts), "_take_steps", conflict):
            self._work()
        self.assertEqual(self._started(self.acme).state, "waiting")
        self._work()
        self.assertEqual(len(self._activities(self.acme)), 3)

    # --- owners ---

    def _owners(self, customer):
        self._decline(customer)
        self._work()
        return self._activities(customer).mapped("user_id")

    def test_salesperson_and_leader_are_found_by_the_customer(self):
        leader = self._seller("leader")
        self.env["crm.team"].create(
            {
                "name": "Team",
                "user_id": leader.id,
                "company_id": self.company.id,
                "member_ids": [Command.link(self.seller.id)],
            }
        )
        self.assertEqual(self._owners(self.acme), self.seller | leader)
        self.assertEqual(self._activities(self.acme)[-1].user_id, leader)

    def test_fixed_user_does_what_the_step_says(self):
        clerk = self._seller("clerk")
        self.declining.template_ids.write(
            {"responsible_type": "other", "responsible_id": clerk.id}
        )
        self.assertEqual(self._owners(self.acme), clerk)

    def test_stand_in_does_what_nobody_is_found_for(self):
        boss = self._seller("boss")
        self.declining.user_id = boss
        self.acme.user_id = False
        self.assertEqual(self._owners(self.acme), boss)

    def test_step_without_an_owner_is_kept_and_found(self):
        self.acme.user_id = False
        self.assertFalse(self._owners(self.acme))
        self.assertEqual(len(self._activities(self.acme)), 3)
        start = self._started(self.acme)
        self.assertTrue(start.needs_owner)
        self.assertIn(start, self.starts.search([("needs_owner", "=", True)]))
        self._activities(self.acme).write({"user_id": self.seller.id})
        self.assertFalse(start.needs_owner)
        self.assertNotIn(start, self.starts.search([("needs_owner", "=", True)]))

    def test_owner_must_have_access_to_the_company(self):
        other = self._seller("other", company=self._create_company("B", self.usd))
        self.acme.user_id = other
        self.assertFalse(self._owners(self.acme))
        gone = self._buyer("Gone")
        self._score()
        self.seller.active = False
        self.assertFalse(self._owners(gone))

    def test_steps_speak_the_language_of_their_owner(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.seller.lang = "fr_FR"
        step = self.declining.template_ids[0]
        step.with_context(lang="fr_FR").summary = "Appeler"
        self._owners(self.acme)
        self.assertEqual(self._activities(self.acme)[0].summary, "Appeler")

    def test_salesperson_is_for_plans_of_contacts(self):
        plan = self.env["mail.activity.plan"].create(
            {"name": "Leads", "res_model": "crm.lead"}
        )
        with self.assertRaises(ValidationError):
            self.env["mail.activity.plan.template"].create(
                {"plan_id": plan.id, "responsible_type": "salesperson"}
            )

    def test_plan_can_be_launched_from_the_contact_as_well(self):
        wizard = (
            self.env["mail.activity.schedule"]
            .with_context(active_model="res.partner", active_ids=self.acme.ids)
            .create({"plan_id": self.declining.plan_id.id, "plan_date": TODAY})
        )
        wizard.action_schedule_plan()
        activities = self._activities(self.acme)
        self.assertEqual(len(activities), 3)
        self.assertEqual(activities.user_id, self.seller, "there is no leader")
        self.acme.user_id = False
        wizard.invalidate_recordset()
        self.assertIn("Acme has no Salesperson.", wizard.warning)
        wizard.action_schedule_plan()
        again = self._activities(self.acme) - activities
        self.assertEqual(again.user_id, self.env.user)

    # --- ending ---

    def test_stage_left_before_the_work_stops_the_start(self):
        self._decline()
        self._profile(self.acme).stage_id = self.env.ref("crm_value.stage_lost")
        self._work()
        start = self._started(self.acme)
        self.assertEqual(start.state, "stopped")
        self.assertIn("left the stage", start.message)
        self.assertFalse(self._activities(self.acme))

    def test_turning_round_drops_what_is_not_due_yet(self):
        self._move(self.acme, "formation", day=ago(5))
        self.starts.search([]).date = ago(2)
        self._work()
        due = self._activities(self.acme)[0]
        self.assertEqual(due.date_deadline, TODAY)
        self._decline()
        self._work()
        former = self._started(
            self.acme, playbook_id=self.env.ref("crm_value.playbook_growing").id
        )
        self.assertEqual(former.state, "stopped")
        self.assertEqual(former.message, "The customer moved on to Declining.")
        self.assertEqual(former.step_ids.mapped("state"), ["open", *["dropped"] * 2])
        self.assertTrue(due.exists(), "its owner may be at it")
        self.assertEqual(len(self._activities(self.acme)), 4)
        told = self.acme.message_ids.filtered(lambda m: "Cancelled" in (m.body or ""))
        self.assertEqual(len(told), 1)
        self.assertIn("Cross-sell", told.body)

    def test_going_on_upward_keeps_the_steps(self):
        self._move(self.acme, "formation", before="exploration", day=ago(5))
        self._work()
        self._move(self.acme, "stability", before="formation")
        self._work()
        self.assertEqual(len(self._activities(self.acme)), 7)

    def test_user_stops_what_makes_no_sense(self):
        self._decline()
        self._work()
        start = self._started(self.acme).with_user(self.seller)
        start.action_stop()
        self.assertEqual(start.state, "stopped")
        self.assertIn(self.seller.name, start.message)
        self.assertFalse(self._activities(self.acme))

    # --- records ---

    def test_started_playbook_is_archived_not_deleted(self):
        mine = self._playbook(stage_id=self.declining.stage_id.id)
        plan = mine.plan_id
        self._decline()
        with self.assertRaises(UserError):
            mine.unlink()
        starts = self.env["crm.value.playbook.start"]
        starts.search([("playbook_id", "=", mine.id)]).unlink()
        mine.unlink()
        self.assertFalse(plan.exists())

    def test_copy_has_its_own_steps_and_starts_by_hand(self):
        copy = self.declining.copy()
        self.assertEqual(copy.name, f"{self.declining.name} (copy)")
        self.assertNotEqual(copy.plan_id, self.declining.plan_id)
        self.assertEqual(len(copy.template_ids), 3)
        self.assertFalse(copy.stage_id)
        self.assertEqual(copy.res_model, "res.partner")

    def test_shipped_playbooks_send_no_mail_unasked(self):
        shipped = self.env["crm.value.playbook"].search([("stage_id", "!=", False)])
        self.assertEqual(len(shipped), 4)
        self.assertFalse(shipped.filtered("send_mail"))
        self.assertEqual(min(shipped.mapped("steps_count")), 3)
        for step in shipped.template_ids:
            self.assertEqual(step.delay_from, "after_plan_date")
            self.assertTrue(step.note)

    def test_merged_customers_keep_what_is_running(self):
        twin = self._buyer("Twin")
        self._score()
        self._decline(self.acme | twin)
        self._work()
        self.env["base.partner.merge.automatic.wizard"]._merge(
            (self.acme | twin).ids, self.acme
        )
        self.assertEqual(len(self._started(self.acme)), 2)
