"""The statement of customer equity: it adds up, and says what happened to whom."""

from datetime import date
from random import Random

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, new_test_user, tagged

from ..common import TODAY, ValueCommon, ago

MARCH, APRIL, MAY = date(2026, 3, 31), date(2026, 4, 30), date(2026, 5, 31)
MOVED = ("new", "grown", "shrunk", "lost")


class EquityCommon(ValueCommon):
    """Month ends are written as they might have been; no run is needed for that."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.acme = cls._customer("Acme")

    @classmethod
    def _closed(cls, day, company=None):
        """Return the finished run of a day."""
        values = {"company_id": (company or cls.company).id, "as_of": day}
        runs = cls.env["crm.value.run"]
        domain = [(name, "=", value) for name, value in values.items()]
        return runs.search(domain, limit=1) or runs.create({**values, "state": "done"})

    @classmethod
    def _stood(cls, customer, day, clv, relation="active", **values):
        """Store what a customer was worth at a month end, or today in its profile."""
        company = values.pop("company", cls.company)
        run = cls._closed(day, company)
        common = {
            "partner_id": customer.id,
            "company_id": company.id,
            "run_id": run.id,
            "clv": clv,
            "relation": relation,
            "purchase_count": 1,
            **values,
        }
        if day == TODAY:
            return cls.env["crm.value.profile"].create({**common, "as_of": day})
        return cls.env["crm.value.snapshot"].create(
            {"date": day, "month_end": True, "origin_id": customer.id, **common}
        )

    def _rows(self, day=None, **values):
        self.env.flush_all()
        domain = [("company_id", "=", self.company.id)]
        domain += [("date", "=", day)] if day else []
        domain += [(name, "=", value) for name, value in values.items()]
        return self.env["crm.value.equity"].search(domain, order="date, id")

    def _row(self, customer, day):
        """Return (movement, its amount, opening, closing) of one customer."""
        row = self._rows(day, partner_id=customer.id)
        moved = 0.0 if row.movement == "unchanged" else row[row.movement]
        return row.movement, moved, row.opening, row.closing

    def _check_bridge(self, rows):
        """Assert that every row adds up and no amount is in two columns."""
        for row in rows:
            total = row.opening + row.new + row.grown - row.shrunk - row.lost
            total += row.re_estimated
            self.assertEqual(row.currency_id.compare_amounts(total, row.closing), 0)
            used = [name for name in MOVED if row[name]]
            self.assertIn(used, ([], [row.movement]))


@tagged("post_install", "-at_install")
class TestEquity(EquityCommon):
    def test_first_month_end_has_all_value_as_new(self):
        self._stood(self.acme, APRIL, 100)
        self.assertEqual(self._row(self.acme, APRIL), ("new", 100, 0, 100))

    def test_value_that_rises_or_falls(self):
        other = self._customer("Other")
        self._stood(self.acme, APRIL, 100)
        self._stood(self.acme, MAY, 130.25)
        self._stood(other, APRIL, 100)
        self._stood(other, MAY, 99.99)
        self.assertEqual(self._row(self.acme, MAY), ("grown", 30.25, 100, 130.25))
        movement, amount, *ends = self._row(other, MAY)
        self.assertEqual((movement, ends), ("shrunk", [100, 99.99]))
        self.assertAlmostEqual(amount, 0.01)

    def test_month_ends_do_not_add_up_where_months_are_taken_together(self):
        other = self._customer("Other")
        for day, amount in ((APRIL, 100), (MAY, 130)):
            self._stood(self.acme, day, amount)
        self._stood(other, MAY, 20)
        self._rows()
        months, customers, [total] = self.env[
            "crm.value.equity"
        ].formatted_read_grouping_sets(
            [("company_id", "=", self.company.id), ("date", "in", (APRIL, MAY))],
            [["date:month"], ["partner_id"], []],
            ["opening:sum", "new:sum", "grown:sum", "closing:sum"],
        )
        self.assertEqual([month["closing:sum"] for month in months], [100, 150])
        self.assertEqual(
            {row["partner_id"][0]: row["closing:sum"] for row in customers},
            {self.acme.id: 130, other.id: 20},
        )
        self.assertEqual((total["opening:sum"], total["closing:sum"]), (0, 150))
        self.assertEqual((total["new:sum"], total["grown:sum"]), (120, 30))

    def test_groups_of_a_list_do_not_add_up_month_ends(self):
        for day, amount in ((APRIL, 100), (MAY, 130)):
            self._stood(self.acme, day, amount)
        self._rows()
        domain = [("company_id", "=", self.company.id), ("date", "in", (APRIL, MAY))]
        sums = ["opening:sum", "new:sum", "grown:sum", "closing:sum"]
        for groupby in (["partner_id"], ["quadrant"], ["date:year"], []):
            [group] = self.env["crm.value.equity"].formatted_read_group(
                domain, groupby, sums
            )
            self.assertEqual([group[name] for name in sums], [0, 100, 30, 130], groupby)

    def test_limited_groups_close_with_their_last_month(self):
        other = self._customer("Other")
        for day, amount in ((APRIL, 100), (MAY, 130)):
            self._stood(self.acme, day, amount)
            self._stood(other, day, amount / 2)
        self._rows()
        found = self.env["crm.value.equity"].formatted_read_group(
            [("company_id", "=", self.company.id), ("date", "in", (APRIL, MAY))],
            ["partner_id"],
            ["closing:sum"],
            limit=1,
            order="partner_id DESC",
        )
        self.assertEqual([group["closing:sum"] for group in found], [65])

    def test_list_has_no_total_of_month_ends(self):
        arch = self.env.ref("crm_value.crm_value_equity_view_list").arch
        self.assertNotRegex(arch, 'name="closing"[^>]*sum')
        self.assertRegex(arch, 'name="grown"[^>]*sum')

    def test_same_value_is_unchanged(self):
        self._stood(self.acme, APRIL, 100)
        self._stood(self.acme, MAY, 100)
        self.assertEqual(self._row(self.acme, MAY), ("unchanged", 0, 100, 100))

    def test_customer_who_left_is_lost(self):
        self._stood(self.acme, APRIL, 100)
        self._stood(self.acme, MAY, 5, "lost")
        self.assertEqual(self._row(self.acme, MAY), ("lost", 95, 100, 5))

    def test_lost_customer_who_falls_further_shrinks(self):
        self._stood(self.acme, APRIL, 100, "lost")
        self._stood(self.acme, MAY, 5, "lost")
        self.assertEqual(self._row(self.acme, MAY), ("shrunk", 95, 100, 5))

    def test_customer_who_is_gone_is_lost(self):
        self._stood(self.acme, APRIL, 100)
        self._closed(MAY)
        self.assertEqual(self._row(self.acme, MAY), ("lost", 100, 100, 0))
        self.assertEqual(self._rows(MAY).relation, "lost")

    def test_unknown_value_counts_as_none(self):
        self._stood(self.acme, APRIL, False)
        self._stood(self.acme, MAY, 40)
        self.assertEqual(self._row(self.acme, APRIL), ("unchanged", 0, 0, 0))
        self.assertEqual(self._row(self.acme, MAY), ("new", 40, 0, 40))

    def test_value_that_gets_unknown_shrinks(self):
        self._stood(self.acme, APRIL, 40)
        self._stood(self.acme, MAY, False)
        self.assertEqual(self._row(self.acme, MAY), ("shrunk", 40, 40, 0))

    def test_negative_value_moves_like_any_other(self):
        self._stood(self.acme, APRIL, -10)
        self._stood(self.acme, MAY, 15)
        self.assertEqual(self._row(self.acme, APRIL), ("new", -10, 0, -10))
        self.assertEqual(self._row(self.acme, MAY), ("grown", 25, -10, 15))

    def test_missing_month_end_is_bridged(self):
        self._stood(self.acme, MARCH, 100)
        self._stood(self.acme, MAY, 120)
        self.assertEqual(self._row(self.acme, MAY), ("grown", 20, 100, 120))

    def test_month_that_is_not_over_ends_with_the_profiles(self):
        self._stood(self.acme, MAY, 100)
        self._stood(self.acme, TODAY, 120)
        self.assertEqual(self._row(self.acme, TODAY), ("grown", 20, 100, 120))

    def test_closed_month_leaves_no_open_one(self):
        runs = self.env["crm.value.run"]
        values = {"company_id": self.company.id, "as_of": MAY, "state": "done"}
        with freeze_time("2026-05-31 12:00:00"):
            today = runs.create(values)
        past = runs.create(values)
        self.assertEqual((today | past).mapped("is_past"), [False, True])
        self._stood(self.acme, MAY, 100, run_id=past.id)
        self.env["crm.value.profile"].create(
            {
                "partner_id": self.acme.id,
                "company_id": self.company.id,
                "run_id": today.id,
                "as_of": MAY,
                "clv": 120,
                "purchase_count": 1,
            }
        )
        self.assertEqual(self._row(self.acme, MAY), ("new", 100, 0, 100))

    def test_snapshots_that_are_no_month_end_do_not_count(self):
        self._stood(self.acme, MAY, 100)
        again = self._closed(MAY).copy({"as_of": MAY, "state": "done"})
        self._stood(self.acme, MAY, 999, month_end=False, run_id=again.id)
        self._stood(self.acme, ago(20), 999, month_end=False)
        self.assertEqual(self._rows().mapped("closing"), [100])

    def test_prospects_are_no_customers(self):
        self._stood(self.acme, TODAY, False, purchase_count=0)
        self.assertFalse(self._rows())

    def test_merge_moves_value_and_loses_nobody(self):
        double = self._customer("Acme Inc")
        self._stood(self.acme, APRIL, 100)
        self._stood(double, APRIL, 40)
        self.env["base.partner.merge.automatic.wizard"]._merge(
            (self.acme | double).ids, self.acme
        )
        self._stood(self.acme, MAY, 135)
        rows = self._rows(MAY)
        self.assertEqual(rows.partner_id, self.acme)
        self.assertEqual(sorted(rows.mapped("movement")), ["grown", "shrunk"])
        self.assertEqual(
            (sum(rows.mapped("opening")), sum(rows.mapped("closing"))), (140, 135)
        )

    def test_rows_show_the_closing_end_and_the_contact(self):
        self.acme.user_id = self.env.user
        self.acme.country_id = self.env.ref("base.us")
        self._stood(self.acme, APRIL, 10, quadrant="lead", asset_state="qualified")
        self._stood(self.acme, MAY, 20, quadrant="gold", asset_state="incomplete")
        row = self._rows(MAY)
        self.assertEqual((row.quadrant, row.asset_state), ("gold", "incomplete"))
        self.assertEqual(row.user_id, self.env.user)
        self.assertEqual(row.country_id.code, "US")

    def test_ids_are_unique(self):
        other = self._customer("Other")
        for day in (MARCH, APRIL, MAY, TODAY):
            self._stood(self.acme, day, 10)
        self._stood(other, MARCH, 10)
        self._stood(other, MAY, 10)
        rows = self._rows()
        self.assertEqual(len(set(rows.ids)), len(rows))
        self.assertEqual(len(rows), 4 + 4)

    def test_random_histories_add_up_in_every_row_and_sum(self):
        random = Random(19)
        ends = (MARCH, APRIL, MAY, TODAY)
        customers = [self._customer(f"C{n}") for n in range(40)]
        for day in ends:
            self._closed(day)
            for customer in customers:
                value = random.choice([False, 0, random.randint(-999, 99999) / 100])
                if random.random() < 0.8:
                    relation = random.choice(["active", "lost"])
                    self._stood(customer, day, value, relation)
        self._check_bridge(self._rows())
        months = self.env["crm.value.equity"].get_statement()["months"]
        self.assertEqual([month["date"] for month in months], list(ends))
        for before, month in zip(months, months[1:], strict=False):
            self.assertEqual(month["opening"], before["closing"])
        for month in months:
            if month["opening"] > 0:
                change = month["closing"] / month["opening"] - 1
                self.assertEqual(month["change"], change)
            else:
                self.assertIsNone(month["change"])
            moved = month["new"] + month["grown"] - month["shrunk"] - month["lost"]
            self.assertAlmostEqual(month["opening"] + moved, month["closing"], 6)
            profiles = self._rows(month["date"])
            self.assertEqual(sum(month["counts"].values()), len(profiles))

    def test_statement_follows_the_runs(self):
        self._only_this_company()
        self._population(30, seed=5)
        self._cron()
        statement = self.env["crm.value.equity"].get_statement()
        profiles = self.env["crm.value.profile"].search(
            [("company_id", "=", self.company.id), ("clv", "!=", False)]
        )
        months = statement["months"]
        self.assertEqual(len(months), 13)
        self.assertAlmostEqual(months[-1]["closing"], sum(profiles.mapped("clv")), 2)
        self.assertTrue(months[-1]["is_open"])
        self.assertEqual(statement["company_id"], self.company.id)
        self._check_bridge(self._rows())

    def test_months_keep_their_figures_when_a_customer_is_erased(self):
        guest = self._customer("Guest")
        for day in (APRIL, MAY, TODAY):
            self._stood(self.acme, day, 100)
            self._stood(guest, day, 40)
        self.env.flush_all()
        before = self.env["crm.value.equity"].get_statement()["months"]
        guest.unlink()
        self.env.invalidate_all()
        after = self.env["crm.value.equity"].get_statement()["months"]
        self.assertEqual(after[:-1], before[:-1])
        self.assertEqual((after[-1]["opening"], after[-1]["lost"]), (140, 40))
        row = self._rows(MAY, partner_id=False)
        self.assertEqual((row.opening, row.closing), (40, 40))
        self._check_bridge(self._rows())
        with self.assertRaisesRegex(UserError, "erased"):
            row.action_open_profile()

    def test_company_without_a_run_has_no_statement(self):
        self.assertEqual(self.env["crm.value.equity"].get_statement()["months"], [])

    def test_row_opens_the_profile_or_else_the_contact(self):
        self._stood(self.acme, MAY, 100)
        row = self._rows(MAY)
        action = row.action_open_profile()
        self.assertEqual(action["res_model"], "res.partner")
        profile = self._stood(self.acme, TODAY, 120)
        action = self._rows(TODAY).action_open_profile()
        self.assertEqual(
            (action["res_model"], action["res_id"]), (profile._name, profile.id)
        )

    def test_closing_value_is_told_like_every_forecast(self):
        customer = self._customer("Told")
        self._stood(customer, MAY, 16_881.97)
        self._stood(customer, TODAY, 12_345.67)
        months = self.env["crm.value.equity"].get_statement()["months"]
        self.assertIn("17", months[-2]["closing_words"])
        self.assertNotIn("881", months[-2]["closing_words"])
        self.assertIsNone(months[-2]["interval"], "nothing was held against it then")
        rows = self.env["crm.value.equity"].search([("partner_id", "=", customer.id)])
        self.assertTrue(rows)
        for row in rows:
            self.assertNotIn("881", row.closing_words)

    def test_statement_takes_as_many_queries_at_any_size(self):
        equity, counts = self.env["crm.value.equity"], []
        for size in (1, 2, 20):  # the first one fills caches
            for n in range(size):
                customer = self._customer(f"C{n}")
                self._stood(customer, MAY, 10)
                self._stood(customer, TODAY, 12)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            equity.get_statement()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[1], counts[2])


@tagged("post_install", "-at_install")
class TestEquityAccess(EquityCommon):
    def _as(self, group):
        user = new_test_user(
            self.env,
            f"equity {group}",
            f"base.group_user,crm_value.{group}",
            company_id=self.company.id,
            company_ids=[Command.set(self.company.ids)],
        )
        return self.env["crm.value.equity"].with_user(user)

    def test_margins_are_for_officers_only(self):
        self._stood(self.acme, MAY, 100)
        self.env.flush_all()
        user = self._as("group_user")
        for ask in (
            lambda: user.search([]),
            lambda: user.get_statement(),
            lambda: user.formatted_read_group([], [], ["closing:sum"]),
        ):
            with self.assertRaises(AccessError):
                ask()
        for group in ("group_officer", "group_manager"):
            equity = self._as(group)
            self.assertEqual(equity.search([]).mapped("closing"), [100])
            self.assertFalse(equity.has_access("write"))
            self.assertFalse(equity.has_access("unlink"))

    def test_another_company_stays_out_of_sight(self):
        second = self._create_company("Second", self.usd)
        self._stood(self.acme, MAY, 100)
        self._stood(self.acme, MAY, 777, company=second)
        self.env.flush_all()
        officer = self._as("group_officer")
        self.assertEqual(officer.search([]).mapped("closing"), [100])
        foreign = self.env["crm.value.equity"].search([("closing", "=", 777)])
        self.assertTrue(foreign)
        with self.assertRaises(AccessError):
            officer.browse(foreign.id).read(["closing"])
