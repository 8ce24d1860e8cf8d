"""Month ends, changes of quadrant, and people who overrule."""

from base64 import b64encode
from datetime import date, timedelta

import psycopg2

from odoo import fields
from odoo.exceptions import UserError, ValidationError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from ..common import TODAY, ValueCommon, ago

MAY = date(2026, 5, 31)
APRIL = date(2026, 4, 30)


@tagged("post_install", "-at_install")
class TestHistory(ValueCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._only_this_company()
        cls.customers = cls._population(10)
        cls.acme = cls._customer("Acme")
        cls._purchases(cls.acme, (500, 10), (300, 100), (200, 200))
        cls._forget_stale()

    def _snapshots(self, **values):
        return self.env["crm.value.snapshot"].search(
            [
                ("company_id", "=", self.company.id),
                *((name, "=", value) for name, value in values.items()),
            ]
        )

    def _figures_of(self, snapshots):
        skipped = {"month_end", "run_id", "id", "create_date", "write_date"}
        return {
            snapshot.partner_id.id: {
                name: value
                for name, value in self._row(snapshot).items()
                if name not in skipped
            }
            for snapshot in snapshots
        }

    # --- month ends ---

    def test_missing_month_ends_are_filled_back_to_the_first_purchase(self):
        self.env["crm.value.transaction"].search([]).unlink()
        self._purchases(self.acme, (10, 100), (10, 5))  # the first on 7 March
        self._cron()
        found = self._snapshots().mapped("date")
        self.assertEqual(sorted(found), [date(2026, 3, 31), APRIL, MAY])
        self.assertEqual(self._snapshots(date=APRIL).purchase_count, 1)
        self.assertTrue(all(self._snapshots().mapped("month_end")))

    def _import(self, partner, *purchases, at):
        """Import purchases (amount, day) of a customer by a file, at a moment."""
        partner.ref = f"H-{partner.id}"
        lines = [f"{day},{partner.ref},{amount}" for amount, day in purchases]
        text = "\n".join(["Date,Customer Reference,Amount", *lines])
        record = self.env["crm.value.import"].create(
            {"file": b64encode(text.encode()), "filename": "older.csv"}
        )
        record.action_check()
        record.action_import()
        self.assertEqual(record.state, "done", record.problems)
        record.sudo()._note({"done_at": at})
        return record

    def test_older_purchases_change_months_filled_in_and_none_lived_through(self):
        self.env["crm.value.transaction"].search([]).unlink()
        self._purchases(self.acme, (10, 100), (10, 5))  # the first on 7 March
        with freeze_time("2026-05-10 12:00:00"):
            self._cron()
        self._cron()  # May is lived through
        self.env.flush_all()
        lived = self._snapshots(date=MAY)
        filled = self._snapshots(date=APRIL)
        self.assertEqual((lived.purchase_count, filled.purchase_count), (1, 1))
        later = fields.Datetime.now() + timedelta(hours=1)
        self._import(self.acme, (70, "2026-02-10"), (30, "2026-04-20"), at=later)
        with freeze_time(later + timedelta(hours=1)):
            self._cron()
        self.assertEqual(self._snapshots(date=APRIL).purchase_count, 3)
        self.assertEqual(self._snapshots(date=date(2026, 3, 31)).purchase_count, 2)
        self.assertEqual(self._snapshots(date=date(2026, 2, 28)).revenue_total, 70)
        self.assertEqual(self._snapshots(date=MAY), lived)
        self.assertEqual(lived.purchase_count, 1)
        before = self._snapshots()
        with freeze_time(later + timedelta(hours=2)):
            self._cron()
        self.assertEqual(self._snapshots(), before)  # once is enough

    def test_undone_import_is_gone_from_the_months_filled_in(self):
        self.env["crm.value.transaction"].search([]).unlink()
        self._purchases(self.acme, (10, 5))
        earlier = fields.Datetime.now() - timedelta(hours=1)
        record = self._import(self.acme, (70, "2026-04-20"), at=earlier)
        self._cron()
        self.assertEqual(self._snapshots(date=APRIL).revenue_total, 70)
        record.action_undo()
        later = fields.Datetime.now() + timedelta(hours=1)
        record.sudo()._note({"undone_at": later})
        with freeze_time(later + timedelta(hours=1)):
            self._cron()
        self.assertFalse(self._snapshots(date=APRIL))

    def test_month_ends_go_no_further_back_than_the_policy_says(self):
        self._policy(history_months=3)
        self._cron()
        found = set(self._snapshots().mapped("date"))
        self.assertEqual(found, {date(2026, 3, 31), APRIL, MAY})

    def test_month_end_comes_once_even_if_asked_for_again(self):
        self._score(as_of=MAY)
        again = self._score(as_of=MAY)
        self.assertEqual(again.state, "done")
        ends = self._snapshots(partner_id=self.acme.id, date=MAY)
        self.assertEqual(sorted(ends.mapped("month_end")), [False, True])

    def test_snapshots_cannot_be_written(self):
        self._score(as_of=MAY)
        for values in ({"value_score": 1}, {"date": APRIL}):
            with self.assertRaises(UserError):
                self._snapshots(date=MAY)[0].write(values)

    def test_customers_without_a_purchase_then_have_no_snapshot(self):
        new = self._customer("New")
        self._purchases(new, (10, 3))
        self._score(as_of=MAY)
        self.assertFalse(self._snapshot(new, MAY))

    def test_past_run_leaves_profiles_marks_and_changes_alone(self):
        self._score()
        row = self._row(self._profile(self.acme))
        self._purchases(self.acme, (10, 40))
        self._score(as_of=MAY)
        self.assertEqual(self._row(self._profile(self.acme)), row)
        self.assertEqual(self._stale(), self.acme)
        self.assertFalse(
            self.env["crm.value.transition"].search_count([("is_history", "=", False)])
        )

    def test_past_run_reproduces_the_month_end_after_later_documents(self):
        invoice = self._invoice(self.acme, 70, ago(80), due=ago(50))
        self._ticket(self.acme, ago(40), ago(2))
        self._score(as_of=MAY)
        before = self._figures_of(self._snapshots(date=MAY))
        self._pay(invoice, ago(3))
        self._reverse(self._invoice(self.acme, 90, ago(5)), ago(1), 20)
        self._credit(self.acme, 11, ago(2))
        self._purchases(self.customers[0], (999, 1), (-5, 0))
        self._order(self.customers[1], 10, ago(4))
        self._ticket(self.customers[2], ago(6), ago(5))
        again = self._score(as_of=MAY)
        self.assertEqual(self._figures_of(self._snapshots(run_id=again.id)), before)

    def test_run_on_the_day_equals_the_run_for_that_day(self):
        self._ticket(self.acme, ago(40), ago(20))
        with freeze_time("2026-05-31 12:00:00"):
            self._score()
            profile = self._row(self._profile(self.acme))
        self._score(as_of=MAY)
        snapshot = self._row(self._snapshot(self.acme, MAY))
        self.assertEqual(snapshot["date"], profile["as_of"])
        # A rank or quadrant of the day includes everything; the figures must be equal.
        for name in self.env["crm.value.figures"]._fields:
            if name in profile and name not in ("id", "display_name"):
                self.assertEqual(snapshot.get(name), profile[name], name)

    def test_run_uses_the_policy_in_force_on_its_date(self):
        first = self._policy()
        second, third = first.copy(), first.copy()
        with freeze_time("2026-05-10 08:00:00"):
            third._publish()
        with freeze_time("2026-05-20 08:00:00"):
            second._publish()
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE crm_value_policy SET published_date = '2026-01-01' WHERE id = %s",
            first.ids,
        )
        self.env.invalidate_all()
        published = self.env["crm.value.policy"]._published
        self.assertEqual(published(self.company), second)
        self.assertEqual(published(self.company, date(2025, 12, 1)), first)
        self.assertEqual(self._score(as_of=APRIL).policy_id, first)
        self.assertEqual(self._score(as_of=date(2026, 5, 15)).policy_id, third)
        self.assertEqual(self._score(as_of=MAY).policy_id, second)
        self.assertEqual(self._score().policy_id, second)

    def test_trend_is_the_difference_to_the_last_month_end(self):
        self._score(as_of=APRIL)
        self._score(as_of=MAY)
        self._score()
        profile = self._profile(self.acme)
        self.assertAlmostEqual(
            profile.value_trend,
            profile.value_score - self._snapshot(self.acme, MAY).value_score,
        )
        self.assertEqual(self.acme.value_trend, profile.value_trend)

    def test_trend_is_unknown_without_a_month_end(self):
        self._score()
        self.assertIs(self._profile(self.acme).value_trend, False)
        self.assertIs(self.acme.value_trend, False)

    def test_profile_shows_its_own_history(self):
        self._score(as_of=APRIL)
        self._score(as_of=MAY)
        self._score()
        profile = self._profile(self.acme)
        self.assertEqual(set(profile.snapshot_ids.mapped("date")), {APRIL, MAY})
        self.assertEqual(profile.snapshot_ids.partner_id, self.acme)

    # --- changes of quadrant ---

    def _changes(self):
        return self.env["crm.value.transition"].search(
            [
                ("partner_id", "=", self.acme.id),
                ("company_id", "=", self.company.id),
                ("kind", "=", "quadrant"),
                ("is_history", "=", False),
            ]
        )

    def _move(self):
        """Let the customer fall, or rise again, by a large return."""
        return self._purchases(self.acme, (-1999, 1), (0.5, 600))

    def test_first_quadrant_is_no_change(self):
        self._score()
        self.assertTrue(self._profile(self.acme).quadrant)
        self.assertFalse(self._changes())

    def test_change_is_logged_once_with_evidence(self):
        run = self._score()
        before = self._profile(self.acme).quadrant
        self._move()
        self._refresh()
        profile = self._profile(self.acme)
        self.assertNotEqual(profile.quadrant, before)
        change = self._changes()
        self.assertEqual(len(change), 1)
        self.assertEqual(
            (change.quadrant_from, change.quadrant_to), (before, profile.quadrant)
        )
        self.assertEqual((change.date, change.run_id), (TODAY, run))
        self.assertFalse(change.user_id)
        self.assertAlmostEqual(change.evidence["current"], profile.current_value_score)
        self.assertAlmostEqual(
            change.evidence["potential"], profile.potential_value_score
        )
        self.assertEqual(
            [change.evidence["current_cut"], change.evidence["potential_cut"]],
            run.cuts["quadrant"],
        )
        self.assertIn(f"{profile.current_value_score:.1f}", change.evidence_text)
        self.env["crm.value.stale"]._mark(self.acme, self.company)
        self._refresh()
        self.assertEqual(self._changes(), change)

    def test_same_run_again_logs_no_second_change(self):
        self._policy(quadrant_cut="fixed")
        self._score()
        self._move()
        self._score()
        changes = self.env["crm.value.transition"].search([])
        self.assertTrue(changes)
        self._score()
        self.assertEqual(self.env["crm.value.transition"].search([]), changes)

    def test_change_back_on_the_same_day_leaves_no_trace(self):
        self._score()
        moved = self._move()
        self._refresh()
        self.assertTrue(self._changes())
        moved.unlink()
        self._refresh()
        self.assertFalse(self._changes())

    def test_changes_on_two_days_are_both_kept(self):
        self._score()
        moved = self._move()
        self._refresh()
        with freeze_time("2026-06-16 12:00:00"):
            moved.unlink()
            self._refresh()
        self.assertEqual(len(self._changes()), 2)
        newest, first = self._changes()
        self.assertEqual(newest.quadrant_from, first.quadrant_to)
        self.assertEqual(newest.quadrant_to, first.quadrant_from)
        self.assertEqual(newest.date - first.date, timedelta(days=1))

    # --- people overrule ---

    def _override(self, quadrant, **values):
        return self.env["crm.value.override"].create(
            {
                "partner_id": self.acme.id,
                "quadrant": quadrant,
                "reason": "Strategic partner",
                "date_to": ago(-10),
                **values,
            }
        )

    def _other_quadrant(self):
        computed = self._profile(self.acme).quadrant_computed
        return "lead" if computed != "lead" else "iron"

    def test_override_shows_beside_the_computed_quadrant_and_survives_runs(self):
        self._score()
        computed = self._profile(self.acme).quadrant
        wanted = self._other_quadrant()
        override = self._override(wanted)
        self._refresh()
        for _again in range(2):
            profile = self._profile(self.acme)
            self.assertEqual(profile.quadrant, wanted)
            self.assertEqual(profile.quadrant_computed, computed)
            self.assertEqual(profile.override_id, override)
            self.assertEqual(self.acme.value_quadrant, wanted)
            self._score()
        change = self._changes()
        self.assertEqual((change.quadrant_from, change.quadrant_to), (computed, wanted))
        self.assertEqual(change.user_id, self.env.user)
        self.assertEqual(change.evidence_text, "Strategic partner")

    def test_override_ends_after_its_last_day(self):
        self._score()
        computed = self._profile(self.acme).quadrant
        wanted = self._other_quadrant()
        self._override(wanted, date_to=ago(-1))
        self._refresh()
        with freeze_time("2026-06-16 12:00:00"):
            self._score()
            self.assertEqual(self._profile(self.acme).quadrant, wanted)
        with freeze_time("2026-06-17 12:00:00"):
            self._score()
            profile = self._profile(self.acme)
            profile.invalidate_recordset()
            self.assertEqual(profile.quadrant, profile.quadrant_computed)
            self.assertFalse(profile.override_id)
            if profile.quadrant == computed:
                newest = self._changes()[0]
                self.assertEqual(newest.quadrant_from, wanted)
                self.assertFalse(newest.user_id)

    def test_override_begins_on_its_first_day(self):
        self._score()
        wanted = self._other_quadrant()
        self._override(wanted, date_from=ago(-1))
        self._refresh()
        self.assertNotEqual(self._profile(self.acme).quadrant, wanted)
        with freeze_time("2026-06-16 12:00:00"):
            self._score()
            self.assertEqual(self._profile(self.acme).quadrant, wanted)

    def test_deleted_override_gives_the_computed_quadrant_back(self):
        self._score()
        computed = self._profile(self.acme).quadrant
        override = self._override(self._other_quadrant())
        self._refresh()
        override.unlink()
        self._refresh()
        self.assertEqual(self._profile(self.acme).quadrant, computed)

    def test_override_of_contact_holds_for_the_customer(self):
        ann = self._customer("Ann", parent=self.acme)
        override = self._override("gold", partner_id=ann.id)
        self.assertEqual(override.partner_id, self.acme)

    def test_override_is_part_of_the_month_end(self):
        self._override("lead", date_from=MAY, date_to=MAY)
        self._override("iron", date_from=APRIL, date_to=APRIL)
        self._score(as_of=MAY)
        self.assertEqual(self._snapshot(self.acme, MAY).quadrant, "lead")

    def test_overlapping_overrides_are_refused(self):
        self._override("gold", date_from=ago(5), date_to=ago(-5))
        with self.assertRaises(ValidationError):
            self._override("lead", date_from=ago(-5), date_to=ago(-9))
        self._override("lead", date_from=ago(-6), date_to=ago(-9))

    def test_override_needs_reason_and_end(self):
        for values, error in (
            ({"reason": False}, psycopg2.errors.NotNullViolation),
            ({"date_to": False}, psycopg2.errors.NotNullViolation),
            ({"date_from": TODAY, "date_to": ago(1)}, psycopg2.errors.CheckViolation),
        ):
            with (
                self.subTest(values=values),
                self.assertRaises(error),
                mute_logger("odoo.sql_db"),
                self.env.cr.savepoint(),
            ):
                self._override("gold", **values)

    def test_override_keeps_its_author(self):
        override = self._override("gold")
        self.assertEqual(override.user_id, self.env.user)
        self.assertEqual(override.date_from, fields.Date.today())
