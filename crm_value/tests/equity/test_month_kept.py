"""Sums of months are kept in the background, and go with every scoring."""

from datetime import date
from unittest.mock import patch

from odoo.tests import freeze_time, tagged

from ..common import TODAY
from ..lifecycle.test_migration import MigrationCommon
from .test_equity import APRIL, MARCH, MAY


@freeze_time(TODAY)
@tagged("post_install", "-at_install")
class TestMonthKept(MigrationCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._only_this_company()
        cls.kept = cls.env["crm.value.month.kept"]
        cls.buyer = cls._customer("Buyer")
        for customer, day in ((cls.acme, date(2026, 3, 9)), (cls.buyer, MARCH)):
            cls._invoice(customer, 100, day)
            cls._invoice(customer, 50, date(2026, 5, 9))
        for number in range(12):  # of so many, one may change without a run over all
            cls._transaction(cls._customer(f"C{number}"), 20, date(2026, 4, 9))
        cls._score()
        for day in (MARCH, APRIL, MAY):
            cls._score(as_of=day)

    def _make(self):
        with self._no_commit():
            self.kept._cron_keep()
        self.env.invalidate_all()

    def _shown(self):
        self.env.flush_all()
        self.env.invalidate_all()
        migration, equity = (
            self.env["crm.value.migration"],
            self.env["crm.value.equity"],
        )
        return (
            sorted(map(str, migration.get_matrix()["cells"])),
            migration.get_cohorts(),
            equity.get_statement()["months"],
            self.env["crm.value.spell"].get_times()["stages"],
            self._ends([("month_end", "=", True)], ["date:month", "stage_id"]),
        )

    def _ends(self, domain, groups, sums=("__count", "clv:sum")):
        """Return what month ends show; kept sums are exact, those of floats nearly."""
        found = self.env["crm.value.snapshot"]._read_group(domain, groups, sums)
        return [
            tuple(round(x, 6) if isinstance(x, float) else x for x in row)
            for row in found
        ]

    def _check_like_all_rows(self):
        found = self._shown()
        self.assertTrue(self.kept.search_count([("is_open", "=", True)]))
        self.kept._drop(self.company)
        self.assertEqual(found, self._shown())

    def test_cron_keeps_what_screens_show(self):
        slow = self._shown()
        self._make()
        self.assertEqual(self._shown(), slow)
        models = set(self.kept.search([]).mapped("model"))
        self.assertEqual(models, {total._name for total in self.kept._totals()})

    def test_month_ends_are_asked_of_the_sums_and_read_no_customers(self):
        ends = [("month_end", "=", True), ("date", ">=", APRIL)]
        valued = [*ends, ("clv", "!=", False)]
        slow = [self._ends(one, ["date:month"]) for one in (ends, valued)]
        self._make()
        total = type(self.env["crm.value.month.end.total"])
        with patch.object(total, "_read_group", return_value=[]) as asked:
            for one in (ends, valued):
                self._ends(one, ["date:month"])
        self.assertEqual(asked.call_count, 2)
        fast = [self._ends(one, ["date:month"]) for one in (ends, valued)]
        self.assertEqual(fast, slow)

    def test_other_questions_read_the_snapshots(self):
        """Of days that are no month ends, of customers, of single values."""
        self._make()
        end = ("month_end", "=", True)
        total = type(self.env["crm.value.month.end.total"])
        with patch.object(total, "_read_group", return_value=[]) as asked:
            self._ends([], ["date:month"])
            self._ends(["|", end, ("relation", "=", "active")], ["date:month"])
            self._ends([("month_end", "=", False)], ["date:month"])
            self._ends([end, ("clv", ">", 10)], ["date:month"])
            self._ends([end, ("partner_id.user_id", "!=", False)], ["date:month"])
            self._ends([end], ["date:month", "partner_id"])
            self._ends([end], ["date:month"], ["clv:max"])
        self.assertFalse(asked.called)

    def test_month_ends_without_a_known_value_say_nothing_of_it(self):
        self.env.cr.execute("UPDATE crm_value_snapshot SET clv = NULL")
        self._make()
        for _month, count, value in self._ends(
            [("month_end", "=", True)], ["date:month"]
        ):
            self.assertTrue(count)
            self.assertIs(value, False)

    def test_cron_once_more_has_nothing_to_do(self):
        self._make()
        before = self.kept.search([])
        self._make()
        self.assertEqual(self.kept.search([]), before)

    def test_refresh_moves_its_customers_from_sum_to_sum(self):
        self._make()
        before = self.kept.search([])
        self._invoice(self.acme, 700)
        self._refresh()
        self.assertEqual(self.kept.search([]), before)
        self._check_like_all_rows()

    def test_earlier_first_purchase_moves_a_customer_to_another_cohort(self):
        self._make()
        self._invoice(self.acme, 70, date(2026, 1, 9))
        self._refresh()
        starts = [one["start"] for one in self._shown()[1]["cohorts"] if one["cells"]]
        self.assertEqual(starts[:2], [date(2026, 1, 1), date(2026, 3, 1)])
        self._check_like_all_rows()

    def test_customer_without_any_purchase_left_leaves_the_sums(self):
        self._make()
        moves = self.env["account.move"].search([("partner_id", "=", self.acme.id)])
        moves.button_draft()
        moves.button_cancel()
        self._refresh()
        self._check_like_all_rows()

    def test_run_over_all_drops_the_sums_until_today(self):
        self._make()
        self._invoice(self.acme, 700)
        self._score()
        self.assertFalse(self.kept.search([("is_open", "=", True)]))
        self.assertTrue(self.kept.search([("is_open", "=", False)]))
        slow = self._shown()
        self._make()
        self.assertEqual(self._shown(), slow)

    def test_sums_are_there_once_the_queue_has_done_a_run(self):
        self._policy(history_months=0)
        self._make()
        self._invoice(self.acme, 700)
        self._cron()
        self.assertTrue(self.kept.search_count([("is_open", "=", True)]))
        before = self.kept.search([])
        self._make()
        self.assertEqual(self.kept.search([]), before)
        self._check_like_all_rows()

    def test_merged_customers_are_added_up_anew(self):
        self._make()
        wizard = self.env["base.partner.merge.automatic.wizard"]
        wizard._merge((self.buyer | self.acme).ids, self.acme)
        self.assertFalse(self.kept.search([]))

    def test_user_gets_no_margin_out_of_the_sums(self):
        self._make()
        user = self._user("group_user")
        found = self.env["crm.value.migration"].with_user(user).get_cohorts()
        self.assertTrue(found["cohorts"])
        self.assertNotIn("profit", found["averages"])
        self.assertNotIn("profit", found["cohorts"][0]["cells"][0])

    def test_other_company_sees_nothing_of_the_sums(self):
        self._make()
        other = self._create_company("Other", self.company.currency_id)
        user = self._user("group_user", other)
        env = self.env(user=user, context={"allowed_company_ids": other.ids})
        for total in self.kept._totals():
            if total.with_env(env).has_access("read"):
                self.assertFalse(total.with_env(env).search([]))
