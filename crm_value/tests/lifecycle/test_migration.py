"""Who moved from which stage to which one: everybody once, and only the own ones."""

from datetime import date
from random import Random

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from ..common import TODAY
from ..equity.test_equity import APRIL, MARCH, MAY, EquityCommon

YEAR_AGO = date(2025, 5, 31)
CODES = ["exploration", "formation", "stability", "decline", "lost", "won_back"]


class MigrationCommon(EquityCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        stages = cls.env["crm.value.stage"].search([])
        cls.stage = {stage.code: stage for stage in stages}

    @classmethod
    def _was(cls, customer, day, stage=None, **values):
        """Store in which stage a customer was at a month end, or is today."""
        values.setdefault("first_purchase_date", date(2025, 3, 10))
        return cls._stood(
            customer,
            day,
            values.pop("clv", False),
            stage_id=cls.stage[stage].id if stage else False,
            stage_since=values.pop("since", day),
            **values,
        )

    def _matrix(self, *dates, user=None):
        self.env.flush_all()
        migration = self.env["crm.value.migration"]
        return (migration.with_user(user) if user else migration).get_matrix(*dates)

    def _counts(self, matrix):
        names = {stage.id: code for code, stage in self.stage.items()}
        return {
            (
                names.get(cell["from"], cell["from"]),
                names.get(cell["to"], cell["to"]),
            ): (cell["count"])
            for cell in matrix["cells"]
        }

    def _user(self, group, company=None):
        company = company or self.company
        return new_test_user(
            self.env,
            f"reports {group} {company.id}",
            f"base.group_user,crm_value.{group}",
            company_id=company.id,
            company_ids=[Command.set(company.ids)],
        )

    def _queries(self, action):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        action()
        return self.env.cr.sql_log_count - before


@tagged("post_install", "-at_install")
class TestMigration(MigrationCommon):
    def test_everybody_is_in_one_cell(self):
        cells = [
            ("exploration", "formation", "improved"),
            ("stability", "stability", "stayed"),
            ("stability", "decline", "worsened"),
            ("lost", "won_back", "improved"),
            (None, "exploration", "new"),
            ("decline", None, "gone"),
        ]
        for before, after, _move in cells:
            customer = self._customer(f"{before} {after}")
            if before:
                self._was(customer, APRIL, before)
            if after:
                self._was(customer, MAY, after)
        matrix = self._matrix()
        self.assertEqual(
            matrix["pair"], {"date_from": APRIL, "date_to": MAY, "is_open": False}
        )
        self.assertEqual(
            self._counts(matrix), {(a or "new", b or "gone"): 1 for a, b, _m in cells}
        )
        self.assertEqual(
            {cell["move"] for cell in matrix["cells"]}, {move for *_c, move in cells}
        )

    def test_last_twelve_months_are_compared_unless_asked_otherwise(self):
        ends = [date(2025, 4, 30), YEAR_AGO, date(2025, 6, 30), APRIL, MAY]
        for day in ends:
            self._was(self.acme, day, "formation")
        self.assertEqual(self._matrix()["pair"]["date_from"], YEAR_AGO)
        asked = self._matrix("2026-04-30", "2026-05-31")["pair"]
        self.assertEqual((asked["date_from"], asked["date_to"]), (APRIL, MAY))
        unknown = self._matrix("2024-04-30", "2026-05-30")["pair"]
        self.assertEqual((unknown["date_from"], unknown["date_to"]), (YEAR_AGO, MAY))

    def test_today_is_the_end_of_the_month_that_is_not_over(self):
        self._was(self.acme, MAY, "decline")
        self._was(self.acme, TODAY, "formation")
        matrix = self._matrix()
        self.assertEqual(
            matrix["pair"], {"date_from": MAY, "date_to": TODAY, "is_open": True}
        )
        self.assertEqual(self._counts(matrix), {("decline", "formation"): 1})

    def test_stage_that_is_not_known_has_its_own_place(self):
        self._was(self.acme, APRIL)
        self._was(self.acme, MAY, "formation")
        matrix = self._matrix()
        self.assertEqual(self._counts(matrix), {("unknown", "formation"): 1})
        self.assertEqual(matrix["cells"][0]["move"], "unknown")

    def test_merged_customer_is_gone_under_the_old_id_only(self):
        double = self._customer("Double")
        for customer in (self.acme, double):
            self._was(customer, APRIL, "formation")
        self.env["base.partner.merge.automatic.wizard"]._merge(
            (self.acme | double).ids, self.acme
        )
        self._was(self.acme, MAY, "stability")
        self.assertEqual(
            self._counts(self._matrix()),
            {("formation", "stability"): 1, ("formation", "gone"): 1},
        )

    def test_totals_are_the_month_ends_and_cells_open_their_customers(self):
        random = Random(7)
        days = (MARCH, APRIL, MAY)
        for number in range(60):
            customer = self._customer(f"C{number}")
            for day in days:
                if random.random() < 0.8:
                    stage = random.choice([*CODES, None])
                    self._was(customer, day, stage, revenue=random.randint(1, 999))
        snapshots = self.env["crm.value.snapshot"]
        for earlier, later in ((MARCH, APRIL), (MARCH, MAY), (APRIL, MAY)):
            matrix = self._matrix(earlier, later)
            for side, other, day in (("from", "new", earlier), ("to", "gone", later)):
                there = snapshots.search(
                    [("company_id", "=", self.company.id), ("date", "=", day)]
                )
                cells = [cell for cell in matrix["cells"] if cell[side] != other]
                self.assertEqual(sum(cell["count"] for cell in cells), len(there))
                if side == "to":
                    self.assertAlmostEqual(
                        sum(cell["revenue"] for cell in cells),
                        sum(there.mapped("revenue")),
                    )
            for cell in matrix["cells"]:
                self._check_cell(cell, earlier, later)

    def _check_cell(self, cell, earlier, later):
        """Assert that the domain that the screen opens finds the cell's customers."""
        domain = [
            ("company_id", "=", self.company.id),
            ("date_from", "=", earlier),
            ("date_to", "=", later),
            ("move", "=", cell["move"]),
        ]
        for side in ("from", "to"):
            if isinstance(cell[side], int):
                domain.append((f"stage_id_{side}", "=", cell[side]))
            elif cell[side] == "unknown":
                domain.append((f"stage_id_{side}", "=", False))
        rows = self.env["crm.value.migration"].search(domain)
        self.assertEqual(len(rows), cell["count"])
        rows.invalidate_recordset()
        self.assertEqual(set(rows.mapped("date_to")), {later})
        self.assertEqual(set(rows.mapped("date_from")), {earlier})

    def test_ids_are_unique_over_all_pairs(self):
        other = self._customer("Other")
        for day in (MARCH, APRIL, MAY, TODAY):
            self._was(self.acme, day, "formation")
        self._was(other, MARCH, "formation")
        self._was(other, MAY, "formation")
        self.env.flush_all()
        rows = self.env["crm.value.migration"].search(
            [("company_id", "=", self.company.id)]
        )
        self.assertEqual(len(set(rows.ids)), len(rows))
        self.assertLess(max(rows.ids), 2**53, "whole numbers in JavaScript")

    def test_money_in_between_is_what_the_sums_grew_by(self):
        self._was(self.acme, APRIL, "formation", revenue_total=100, margin_total=10)
        self._was(self.acme, MAY, "formation", revenue_total=160, margin_total=35)
        fresh, late = self._customer("Fresh"), self._customer("Entered late")
        bought = {"revenue_total": 50, "margin_total": 5}
        self._was(
            fresh, MAY, "exploration", first_purchase_date=date(2026, 5, 2), **bought
        )
        self._was(late, MAY, "exploration", **bought)
        self.env.flush_all()
        rows = self.env["crm.value.migration"]._read_group(
            [("company_id", "=", self.company.id), ("date_from", "=", APRIL)],
            ["partner_id"],
            ["sales:sum", "sales:count", "profit:sum"],
        )
        found = {partner: figures for partner, *figures in rows}
        self.assertEqual(found[self.acme], [60, 1, 25])
        self.assertEqual(found[fresh], [50, 1, 5])
        self.assertEqual(found[late][1], 0, "what it bought before is not of May")

    def test_company_without_month_ends_has_nothing_to_compare(self):
        matrix = self._matrix()
        self.assertEqual((matrix["pair"], matrix["cells"]), (None, []))
        self._was(self.acme, MAY, "formation")
        self.assertIsNone(self._matrix()["pair"])

    def test_matrix_takes_as_many_queries_at_any_size(self):
        counts = []
        self._matrix()
        for size in (3, 30):
            for number in range(size):
                customer = self._customer(f"C{number}")
                for day in (APRIL, MAY):
                    self._was(customer, day, CODES[number % 6])
            counts.append(self._queries(self._matrix))
        self.assertEqual(counts[0], counts[1])

    def test_row_opens_the_profile_or_else_the_contact(self):
        self._was(self.acme, APRIL, "formation")
        self._was(self.acme, MAY, "formation")
        self.env.flush_all()
        row = self.env["crm.value.migration"].search(
            [("company_id", "=", self.company.id), ("date_from", "=", APRIL)]
        )
        self.assertEqual(row.action_open_profile()["res_model"], "res.partner")
        self._was(self.acme, TODAY, "formation")
        self.assertEqual(row.action_open_profile()["res_model"], "crm.value.profile")


@tagged("post_install", "-at_install")
class TestMigrationAccess(MigrationCommon):
    def setUp(self):
        super().setUp()
        self.second = self._create_company("Second", self.usd)
        for company, margin in ((self.company, 30), (self.second, 777)):
            for day in (YEAR_AGO, MAY):
                self._was(self.acme, day, "formation", company=company, margin=margin)

    def test_margins_are_for_officers_only(self):
        user, officer = self._user("group_user"), self._user("group_officer")
        self.assertNotIn("margin", self._matrix(user=user)["cells"][0])
        self.assertEqual(self._matrix(user=officer)["cells"][0]["margin"], 30)
        migration = self.env["crm.value.migration"].with_user(user)
        self.assertNotIn("profit", str(migration.get_cohorts()))
        for ask in (
            lambda: migration.get_economics(),
            lambda: migration.search([]).read(["margin_to"]),
            lambda: migration.formatted_read_group([], [], ["margin_kept:sum"]),
        ):
            with self.assertRaises(AccessError):
                ask()
        self.assertTrue(migration.with_user(officer).get_economics()["total"])

    def test_nobody_writes_and_outsiders_do_not_read(self):
        outsider = new_test_user(self.env, "reports outsider", "base.group_user")
        manager = self._user("group_manager")
        for model in ("crm.value.migration", "crm.value.spell"):
            records = self.env[model].with_user(manager)
            for mode in ("write", "create", "unlink"):
                self.assertFalse(records.has_access(mode))
            with self.assertRaises(AccessError):
                records.with_user(outsider).search([])

    def test_another_company_stays_out_of_sight(self):
        self.env.flush_all()
        officer = self._user("group_officer")
        migration = self.env["crm.value.migration"].with_user(officer)
        rows = migration.search([])
        self.assertEqual(rows.company_id, self.company)
        foreign = self.env["crm.value.migration"].search(
            [("company_id", "=", self.second.id)], limit=1
        )
        with self.assertRaises(AccessError):
            migration.browse(foreign.id).read(["move"])
        matrix = self._matrix(user=officer)
        self.assertEqual(sum(cell["count"] for cell in matrix["cells"]), 1)
        self.assertEqual(migration.get_economics()["total"]["before"], 1)
        spells = self.env["crm.value.spell"].with_user(officer)
        self.assertEqual(spells.search([]).company_id, self.company)
        self.assertEqual(sum(s["count"] for s in spells.get_times()["stages"]), 2)
