"""A company that has just begun: no score, quadrant or tier without fitting scales."""

import csv
import io
from base64 import b64encode
from datetime import timedelta

from odoo import fields
from odoo.tests import freeze_time, tagged

from ..common import TODAY, ValueCommon, ago


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 12:00:00")
class TestFirstHour(ValueCommon):
    """Odoo's own invoices and imports, from the run that knew nobody on."""

    _fewest = None  # as users have it

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._only_this_company()
        cls.runs = cls.env["crm.value.run"]
        cls.nobody = cls._score()

    def _profiles(self):
        return self.env["crm.value.profile"].search(
            [("company_id", "=", self.company.id)]
        )

    def _asked(self):
        return self.runs.search(
            [("company_id", "=", self.company.id), ("state", "=", "queued")]
        )

    def _refresh_alone(self):
        """Refresh without the runs that this asks for."""
        with self._no_commit():
            self.runs._cron_refresh()

    def _import(self, count, first=0, amount=10):
        """Import four purchases each of some customers, as users do."""
        customers = [self._customer(f"C{n}", ref=f"C{n}") for n in range(first, count)]
        output = io.StringIO()
        rows = csv.writer(output)
        rows.writerow(["Date", "Customer Reference", "Amount", "Document"])
        for n, customer in enumerate(customers, first):
            for at in range(4):
                day = ago(5 + 7 * at * (1 + n % 9))
                rows.writerow([day, customer.ref, amount + 3 * n, f"{n}-{at}"])
        record = self.env["crm.value.import"].create(
            {
                "file": b64encode(output.getvalue().encode()),
                "filename": "purchases.csv",
                "company_id": self.company.id,
            }
        )
        record.action_check()
        record.action_import()
        self.assertEqual(record.state, "done", record.message)
        return record

    def _assert_defensible(self, count):
        profiles = self._profiles()
        self.assertEqual(len(profiles), count)
        scores = profiles.mapped("value_score")
        self.assertNotIn(False, scores)
        self.assertGreater(len(set(scores)), count // 2)
        self.assertLess(max(scores), 100)
        self.assertNotIn(False, profiles.mapped("quadrant"))
        self.assertEqual(profiles.run_id.buyer_count, count)

    def test_first_import_is_scored_by_a_full_run(self):
        self._import(49)
        self._refresh_alone()
        self.assertFalse(self._profiles(), "no scale fits them yet")
        self.assertTrue(self._asked())
        self._refresh()
        self._cron()
        self._assert_defensible(49)

    def test_import_says_what_comes_next(self):
        record = self._import(49)
        self.assertFalse(record.asks_run, "it has asked for the run itself")
        self.assertIn("A run that values the customers waits", record.next_note)
        self._cron()
        record.invalidate_recordset(["next_note"])
        self.assertIn("The customers were valued on", record.next_note)
        record.done_at = fields.Datetime.now() + timedelta(minutes=1)
        record.invalidate_recordset(["next_note"])
        self.assertTrue(record.asks_run)
        self.assertIn("new figures within minutes", record.next_note)
        self.company.partner_id.tz = "UTC"  # else it is asked for first
        run = self.runs.browse(record.action_value_now()["res_id"])
        self.assertEqual((run.state, run.company_id), ("queued", self.company))
        found = self.env["crm.value.profile"].search(
            record.action_view_valued()["domain"]
        )
        self.assertEqual(found, self._profiles())

    def test_first_import_earns_no_tier_by_a_score_of_nothing(self):
        self._import(49)
        self._cron()
        members = self.env["crm.value.membership"].search(
            [("company_id", "=", self.company.id)]
        )
        lines = self._policy().tier_ids.grouped("tier_id")
        for member in members:
            profile = self._profile(member.partner_id)
            for name in ("value_score", "margin", "revenue"):
                limit = lines[member.tier_id][f"min_{name}"]
                if name == "value_score" and limit and profile.value_score is not False:
                    self.assertGreaterEqual(profile.value_score, limit)

    def test_first_members_are_no_change_though_a_run_knew_nobody_before(self):
        self.env.cr.execute(
            "UPDATE crm_value_run SET as_of = %s WHERE id = %s",
            (ago(1), self.nobody.id),
        )
        self.env.invalidate_all()
        self._import(20)
        self._cron()
        of_company = [("company_id", "=", self.company.id)]
        self.assertTrue(self.env["crm.value.membership"].search(of_company))
        moves = self.env["crm.value.transition"].search(of_company)
        self.assertNotIn("tier", moves.mapped("kind"), "nobody is congratulated")

    def test_marks_of_documents_ask_for_the_run_too(self):
        customers = [self._customer(f"Buyer {n}") for n in range(10)]
        for n, customer in enumerate(customers):
            self._invoice(customer, 100 + 10 * n, ago(n))
        self._refresh_alone()
        self.assertFalse(self._profiles())
        self.assertEqual(self._asked().as_of, TODAY)
        self._refresh_alone()
        self.assertEqual(len(self._asked()), 1, "one run is enough")
        self._refresh()
        self._cron()
        self._assert_defensible(10)

    def test_few_customers_are_not_scored_and_the_profile_says_why(self):
        for count in (1, 3):
            with self.subTest(count=count):
                while len(self._profiles()) < count:
                    self._invoice(self._customer("Buyer"), 100)
                    self._refresh()
                profiles = self._profiles()
                scored = profiles.filtered(lambda p: p.value_score is not False)
                self.assertFalse(scored)
                self.assertFalse(profiles.filtered("quadrant"))
                self.assertFalse(any(profiles.mapped("rfm")))
                self.assertEqual(sum(profiles.mapped("revenue")), 100 * count)
                self.assertIn("Fewer than 5", profiles[0].explanation["unscored"])

    def test_equal_customers_have_no_quadrant(self):
        customers = [self._customer(f"Twin {n}") for n in range(10)]
        for customer in customers:
            self._purchases(customer, (100, 10))
        self._score()
        self.assertFalse(self._profiles().filtered("quadrant"))

    def test_few_new_customers_are_read_from_the_scales(self):
        self._import(20)
        self._cron()
        self._invoice(self._customer("New"), 100)
        self._invoice(self._customer("Other"), 200)
        self._refresh_alone()
        self.assertFalse(self._asked())
        self.assertEqual(len(self._profiles()), 22)
        run = self.runs._current(self.company)
        self.assertEqual(run.buyer_shift, 2)
        self._invoice(self._profiles()[-1].partner_id, 100)
        self._refresh_alone()
        self.assertEqual(run.buyer_shift, 2, "whoever has bought before is no news")
        self._invoice(self._customer("Third"), 100)
        self._refresh_alone()
        self.assertTrue(self._asked(), "three of twenty are more than a tenth")
        self.assertEqual(len(self._profiles()), 22)

    def test_a_known_customer_needs_no_run(self):
        self._import(6)
        self._cron()
        before = self._profiles()
        self._invoice(before[0].partner_id, 500)
        self._refresh_alone()
        self.assertFalse(self._asked())
        self.assertEqual(len(self._profiles()), 6)

    def test_an_import_made_again_is_scored_by_a_full_run(self):
        record = self._import(12)
        self._score()
        record.action_undo()
        self.assertTrue(self._asked())
        self._cron()
        self.assertFalse(self._profiles())

    def test_a_quotation_alone_asks_for_no_run(self):
        self._order(self._customer("Asks"), 100, confirm=False)
        self._refresh_alone()
        self.assertFalse(self._asked())
        self.assertEqual(len(self._profiles()), 1)
        self.assertIs(self._profiles().value_score, False)

    def test_a_new_company_asks_for_its_run(self):
        other = self._create_company("Second Company", self.usd)
        customer = self._customer("Buyer")
        self._invoice(customer, 100, company=other)
        self._refresh_alone()
        asked = self.runs.search([("company_id", "=", other.id)])
        self.assertEqual(asked.state, "queued")

    def test_column_without_a_quadrant_has_a_name(self):
        fields = self._profiles().fields_get(["quadrant", "stage_id"])
        self.assertEqual(fields["quadrant"]["falsy_value_label"], "No Quadrant Yet")
        self.assertEqual(fields["stage_id"]["falsy_value_label"], "No Stage Yet")

    def test_history_of_quadrants_is_in_the_changes(self):
        self._import(30)
        self._cron()
        moves = self.env["crm.value.transition"].search(
            [("company_id", "=", self.company.id), ("kind", "=", "quadrant")]
        )
        self.assertTrue(moves)
        self.assertEqual(set(moves.mapped("is_history")), {True})
        snapshots = self.env["crm.value.snapshot"].search(
            [("company_id", "=", self.company.id), ("month_end", "=", True)]
        )
        shown = {(s.partner_id, s.date): s.quadrant for s in snapshots}
        shown |= {(p.partner_id, p.as_of): p.quadrant for p in self._profiles()}
        days = sorted({day for _partner, day in shown})
        expected = {
            (partner, after, shown[partner, before], shown[partner, after])
            for before, after in zip(days, days[1:], strict=False)
            for partner, day in shown
            if day == after and shown.get((partner, before)) and shown[partner, after]
            if shown[partner, before] != shown[partner, after]
        }
        found = {(m.partner_id, m.date, m.quadrant_from, m.quadrant_to) for m in moves}
        self.assertEqual(found, expected)
