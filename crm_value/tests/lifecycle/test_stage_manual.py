"""A stage set by hand: at once, with a reason, an author and an end."""

import psycopg2

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, freeze_time, new_test_user, tagged
from odoo.tools import mute_logger

from ..common import TODAY, ValueCommon, ago


@tagged("post_install", "-at_install")
class TestStageManual(ValueCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._only_this_company()
        cls.acme = cls._customer("Acme")
        cls._purchases(cls.acme, *((100, day) for day in range(10, 800, 30)))
        cls._score()
        cls._refresh()
        cls.decline = cls.env.ref("crm_value.stage_decline")

    def _override(self, **values):
        return self.env["crm.value.override"].create(
            {
                "partner_id": self.acme.id,
                "kind": "stage",
                "stage_id": self.decline.id,
                "reason": "Their buyer has left",
                "date_to": ago(-10),
                **values,
            }
        )

    def _moves(self):
        return self.env["crm.value.transition"].search(
            [
                ("partner_id", "=", self.acme.id),
                ("kind", "=", "stage"),
                ("is_history", "=", False),
            ]
        )

    def _shown(self):
        profile = self._profile(self.acme)
        return profile.stage_id.code, profile.stage_computed_id.code

    def test_lost_by_hand_is_lost_in_every_figure(self):
        self._override(stage_id=self.env.ref("crm_value.stage_lost").id)
        self.assertEqual(self._profile(self.acme).relation, "lost")
        self._score()
        self.assertEqual(self._profile(self.acme).relation, "lost")

    def test_stage_holds_at_once_beside_the_computed_one_and_survives_runs(self):
        override = self._override()
        for _again in range(2):
            self.assertEqual(self._shown(), ("decline", "stability"))
            profile = self._profile(self.acme)
            self.assertEqual(profile.stage_override_id, override)
            self.assertFalse(profile.override_id)
            self.assertEqual(profile.stage_since, TODAY)
            self.assertFalse(profile.stale_since)
            self._score()
        move = self._moves()
        self.assertEqual(move.stage_to_id, self.decline)
        self.assertEqual(move.user_id, self.env.user)
        self.assertEqual(move.evidence_text, "Their buyer has left")
        self.assertIn("Their buyer has left", self.acme.message_ids[0].body)

    def test_computed_stage_returns_after_the_last_day(self):
        self._override(date_to=ago(-1))
        with freeze_time("2026-06-17 12:00:00"):
            self._score()
            self.assertEqual(self._shown(), ("stability", "stability"))
        newest = self._moves()[0]
        self.assertEqual(newest.stage_from_id, self.decline)
        self.assertFalse(newest.user_id)

    def test_removed_or_shortened_override_ends_at_once(self):
        override = self._override(date_from=ago(5))
        override.date_to = ago(1)
        self.assertEqual(self._shown()[0], "stability")
        override.date_to = ago(-5)
        self.assertEqual(self._shown()[0], "decline")
        override.unlink()
        self._refresh()
        self.assertEqual(self._shown()[0], "stability")

    def test_stage_and_quadrant_may_both_be_set(self):
        self._override()
        self._override(kind="quadrant", stage_id=False, quadrant="lead")
        profile = self._profile(self.acme)
        self.assertEqual((profile.stage_id.code, profile.quadrant), ("decline", "lead"))
        with self.assertRaises(ValidationError):
            self._override()

    def test_override_is_of_one_kind(self):
        for values in (
            {"stage_id": False},
            {"kind": "quadrant"},
            {"kind": "quadrant", "stage_id": False},
        ):
            with (
                self.subTest(values=values),
                self.assertRaises(psycopg2.errors.CheckViolation),
                mute_logger("odoo.sql_db"),
                self.env.cr.savepoint(),
            ):
                self._override(**values)

    def test_buyer_cannot_be_made_a_prospect(self):
        with self.assertRaisesRegex(ValidationError, "has bought already"):
            self._override(stage_id=self.env.ref("crm_value.stage_prospect").id)

    def test_drag_asks_for_reason_and_end(self):
        action = self._profile(self.acme).action_override_stage(self.decline.id)
        with Form(
            self.env["crm.value.override"].with_context(**action["context"])
        ) as form:
            self.assertEqual(form.stage_id, self.decline)
            self.assertGreater(form.date_to, TODAY)
            form.reason = "Dragged"
        self.assertEqual(self._shown()[0], "decline")

    def test_stage_set_by_hand_starts_its_playbook(self):
        self._override()
        start = self.env["crm.value.playbook.start"].search(
            [("partner_id", "=", self.acme.id)]
        )
        self.assertEqual(start.stage_id, self.decline)
        self.assertEqual(start.transition_id, self._moves())

    def test_running_scoring_is_not_waited_for(self):
        run = self.env["crm.value.run"]
        with self._lock_held():
            self._override()
            self.assertEqual(self._shown()[0], "stability")
            self.assertTrue(self._profile(self.acme).stale_since)
        self._refresh()
        self.assertEqual(self._shown()[0], "decline")
        self.assertTrue(run._current(self.company))

    def _lock_held(self):
        """Hold the scoring lock as another process would."""
        other = self.registry.cursor()
        self.addCleanup(other.close)
        runs = self.env(cr=other)["crm.value.run"]
        return runs._company_lock(self.company)

    def test_only_managers_overrule(self):
        for group in ("crm_value.group_user", "crm_value.group_officer"):
            user = new_test_user(self.env, group.split("_")[-1] + "_only", group)
            user.write({"company_ids": self.company.ids, "company_id": self.company.id})
            with self.assertRaises(AccessError):
                self.env["crm.value.override"].with_user(user).create(
                    {
                        "partner_id": self.acme.id,
                        "kind": "stage",
                        "stage_id": self.decline.id,
                        "reason": "Mine",
                        "date_to": TODAY,
                    }
                )
        manager = new_test_user(self.env, "stage_boss", "crm_value.group_manager")
        manager.write({"company_ids": self.company.ids, "company_id": self.company.id})
        override = self._override()
        override.with_user(manager).reason = "Better known"
        self.assertEqual(self._shown()[0], "decline")

    def test_stage_is_shown_and_found_on_documents(self):
        self._override()
        order = self._order(self.acme, 50)
        ticket = self._ticket(self.acme, ago(3))
        lead = self.env["crm.lead"].create(
            {"name": "More", "partner_id": self.acme.id, "company_id": self.company.id}
        )
        for record in (self.acme, order, ticket, lead):
            self.assertEqual(record.value_stage_id, self.decline)
            found = record.search([("value_stage_id.code", "=", "decline")])
            self.assertIn(record, found)
            self.assertNotIn(record, record.search([("value_stage_id", "=", False)]))

    def test_new_quotation_or_lead_makes_a_prospect_within_a_minute(self):
        leader, quoted = self._customer("Leader"), self._customer("Quoted")
        seller = self.env.user
        self.env["crm.lead"].create(
            {
                "name": "No company of its own",
                "partner_id": leader.id,
                "company_id": False,
                "user_id": seller.id,
            }
        )
        self.env.flush_all()
        self.env.cr.execute("UPDATE crm_lead SET create_date = '2026-06-01'")
        order = self._order(quoted, 50, confirm=False)
        self._refresh()
        self.assertEqual(self._profile(leader).stage_id.code, "prospect")
        self.assertEqual(self._profile(quoted).stage_id.code, "prospect")
        order._action_cancel()
        self._refresh()
        self.assertFalse(self._profile(quoted).stage_id)
