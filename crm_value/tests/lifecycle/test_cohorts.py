"""Cohorts by first purchase, and what keeping customers is worth."""

from datetime import date
from random import Random

from odoo.tests import tagged

from ...analytics.equity import retention
from ...analytics.forecast.clv import contract_value
from ..common import TODAY
from ..equity.test_equity import APRIL, MARCH, MAY
from .test_migration import CODES, YEAR_AGO, MigrationCommon

FEBRUARY = date(2026, 2, 28)


@tagged("post_install", "-at_install")
class TestCohorts(MigrationCommon):
    def _cohorts(self, grain="month"):
        self.env.flush_all()
        return self.env["crm.value.migration"].get_cohorts(grain)

    def _cells(self, start, grain="month"):
        cohorts = self._cohorts(grain)["cohorts"]
        [cells] = [c["cells"] for c in cohorts if c["start"] == start]
        return {cell["after"]: cell for cell in cells}

    def _life(self, name, first, stages, totals, **values):
        """Store a customer month end by month end, and its profile today."""
        customer = self._customer(name)
        for day, stage, total in zip(
            (FEBRUARY, MARCH, APRIL, MAY, TODAY), stages, totals, strict=True
        ):
            if stage:
                self._was(
                    customer,
                    day,
                    stage,
                    first_purchase_date=first,
                    last_purchase_date=values.get(str(day), first),
                    revenue_total=total,
                    margin_total=total / 10,
                )
        return customer

    def test_cell_knows_who_is_left_who_bought_and_who_was_lost(self):
        first = date(2026, 3, 5)
        self._life(
            "A",
            first,
            [None, "exploration", "exploration", "lost", "lost"],
            [0, 100, 100, 100, 100],
        )
        self._life(
            "B",
            first,
            [None, "exploration", "exploration", "formation", "formation"],
            [0, 100, 150, 150, 150],
            **{str(APRIL): date(2026, 4, 9), str(MAY): date(2026, 4, 9)},
        )
        for day in (FEBRUARY, MARCH, APRIL, MAY):
            self._closed(day)
        cells = self._cells(date(2026, 3, 1))
        names = ("known", "kept_to", "bought", "kept_from", "churned", "sales")
        table = {
            after: tuple(cell[name] or 0 for name in names)
            for after, cell in cells.items()
        }
        self.assertEqual(
            table,
            {
                0: (2, 2, 2, 0, 0, 200),
                1: (2, 2, 1, 2, 0, 50),
                2: (2, 1, 0, 2, 1, 0),
            },
        )
        self.assertEqual(cells[1]["profit"], 5)
        shares = {at: cell["shares"] for at, cell in cells.items()}
        self.assertEqual(shares[2]["churn"], {"part": 1, "whole": 2, "share": 0.5})
        self.assertEqual(shares[2]["kept"]["share"], 0.5)
        self.assertEqual(shares[1]["bought"]["share"], 0.5)
        self.assertEqual(shares[1]["sales"]["share"], 50 / 200)
        self.assertIsNone(shares[0]["churn"]["share"], "nobody was there to be lost")

    def test_month_before_the_history_is_not_known(self):
        self._life("A", date(2026, 1, 9), ["formation"] * 5, [100, 100, 120, 120, 120])
        cells = self._cells(date(2026, 1, 1))
        self.assertEqual(sorted(cells), [1, 2, 3, 4])
        self.assertIsNone(cells[1]["sales"], "nobody knows what was sold in February")
        self.assertIsNone(cells[1]["churned"])
        self.assertEqual((cells[2]["sales"], cells[3]["sales"]), (0, 20))

    def test_gap_in_the_month_ends_hides_what_happened_within(self):
        for day in (FEBRUARY, APRIL):
            self._was(
                self.acme,
                day,
                "formation",
                first_purchase_date=date(2026, 1, 9),
                revenue_total=100,
            )
        self._was(self.acme, TODAY, "formation", first_purchase_date=date(2026, 1, 9))
        cells = self._cells(date(2026, 1, 1))
        self.assertEqual(sorted(cells), [1, 3])
        self.assertEqual(cells[3]["kept_to"], 1)
        self.assertIsNone(cells[3]["churned"])
        self.assertIsNone(cells[3]["sales"])

    def test_quarters_compare_the_ends_of_quarters(self):
        first = date(2025, 11, 9)
        december = date(2025, 12, 31)
        for day, stage in ((december, "formation"), (MARCH, "lost"), (TODAY, "lost")):
            self._was(self.acme, day, stage, first_purchase_date=first)
        for day in (FEBRUARY, APRIL, MAY):
            self._closed(day)
        cells = self._cells(date(2025, 10, 1), "quarter")
        self.assertEqual(sorted(cells), [0, 1])
        self.assertEqual((cells[1]["date_from"], cells[1]["churned"]), (december, 1))

    def test_relation_stands_in_where_no_stage_is_known(self):
        first = date(2026, 1, 9)
        for day, relation in ((MARCH, "active"), (APRIL, "lost"), (MAY, "lost")):
            self._was(
                self.acme, day, None, relation=relation, first_purchase_date=first
            )
        self._was(self.acme, TODAY, "lost", first_purchase_date=first)
        cells = self._cells(date(2026, 1, 1))
        self.assertEqual([cells[at]["kept_to"] for at in (2, 3, 4)], [1, 0, 0])
        self.assertEqual(cells[3]["churned"], 1)

    def test_sizes_are_the_customers_by_first_purchase(self):
        self._only_this_company()
        self._population(40, seed=3)
        self._cron()
        profiles = self.env["crm.value.profile"].search(
            [("company_id", "=", self.company.id), ("purchase_count", ">", 0)]
        )
        for grain in ("month", "quarter", "year"):
            cohorts = self._cohorts(grain)["cohorts"]
            self.assertEqual(sum(c["size"] for c in cohorts), len(profiles))
            for cohort in cohorts:
                for cell in cohort["cells"]:
                    self.assertLessEqual(cell["known"], cell["seen"])
                    self.assertLessEqual(cell["seen"], cohort["size"])
                    self.assertLessEqual(cell["kept_to"], cell["known"])

    def test_company_without_customers_has_no_cohorts(self):
        found = self._cohorts()
        self.assertEqual((found["cohorts"], found["begins"]), ([], None))

    def test_averages_weigh_cohorts_and_say_only_what_enough_customers_show(self):
        for number in range(6):
            kept = "formation" if number else "lost"
            stages = [None, *["formation"] * 3, kept]
            self._life(f"M{number}", date(2026, 3, 5), stages, [0, 100, 150, 150, 150])
        for number in range(5):
            stages = [None, None, "formation", "lost", "lost"]
            self._life(f"A{number}", date(2026, 4, 5), stages, [0, 0, 50, 50, 50])
        self._life("Old", date(2026, 1, 5), ["formation"] * 5, [100] * 5)
        for day in (FEBRUARY, MARCH, APRIL, MAY):
            self._closed(day)
        found = self._cohorts()
        seen = {cohort["start"]: cohort["seen"] for cohort in found["cohorts"]}
        january, march, april = (date(2026, month, 1) for month in (1, 3, 4))
        self.assertEqual(seen, {january: False, march: True, april: True})
        kept = found["averages"]["kept"]["seen"]
        self.assertEqual(kept["known"], [11, 11, 6])
        self.assertEqual(kept["shares"], [1, 6 / 11, 1])
        self.assertEqual(kept["said"], 1, "six customers are too few for the third")
        sales = found["averages"]["sales"]["seen"]
        self.assertAlmostEqual(sales["shares"][1], 300 / 850)
        everybody = found["averages"]["kept"]["all"]
        self.assertEqual(everybody["known"], [11, 12, 7, 1, 1])

    def test_without_customers_no_average_is_said(self):
        kept = self._cohorts()["averages"]["kept"]["seen"]
        self.assertEqual((kept["shares"], kept["said"]), ([None], None))

    def test_cohorts_take_as_many_queries_at_any_size(self):
        counts = []
        self._cohorts()
        for size in (3, 30):
            for number in range(size):
                first = date(2026, 1 + number % 3, 3)
                self._life(f"C{number}", first, ["formation"] * 5, [1] * 5)
            counts.append(self._queries(self._cohorts))
        self.assertEqual(counts[0], counts[1])


@tagged("post_install", "-at_install")
class TestEconomics(MigrationCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.random = Random(11)

    def _economics(self, grouping="stage_id"):
        self.env.flush_all()
        return self.env["crm.value.migration"].get_economics(grouping)

    def _customers(self, count, before, after, margin=100, **values):
        for number in range(count):
            customer = self._customer(f"{before} {after} {number}")
            if before:
                self._was(customer, YEAR_AGO, before, margin=margin, **values)
            self._was(customer, MAY, after, margin=margin, **values)

    def test_total_follows_the_published_formulas(self):
        self._customers(40, "formation", "formation")
        self._customers(10, "formation", "lost", margin=50)
        self._customers(5, None, "exploration", margin=10)
        total = self._economics()["total"]
        margin = (40 * 100 + 5 * 10) / 45
        self.assertEqual((total["before"], total["customers"]), (50, 45))
        self.assertIs(total["few"], 50 < retention.FEW)
        self.assertTrue(self._economics()["pair"]["is_a_year"])
        self.assertAlmostEqual(total["rate"], 0.8)
        self.assertAlmostEqual(total["margin_rate"], 4000 / 4500)
        self.assertAlmostEqual(total["margin"], margin)
        self.assertAlmostEqual(total["life"], 5)
        value = contract_value(margin, 0.8, 0.1)
        self.assertAlmostEqual(total["value"], value)
        point = 45 * (contract_value(margin, 0.81, 0.1) - value)
        self.assertAlmostEqual(total["point"], point)
        points = self._economics()["points"]
        self.assertAlmostEqual(total["worth"][points.index(0.01)], point)
        self.assertEqual(total["worth"][points.index(0.0)], 0)
        low, high = retention.wilson(40, 50)
        self.assertAlmostEqual(total["low"], float(low))
        self.assertAlmostEqual(total["high"], float(high))

    def test_groups_add_up_to_all_customers(self):
        for _number in range(50):
            stages = self.random.choice(CODES), self.random.choice(CODES)
            self._customers(1, *stages, quadrant=self.random.choice(["gold", False]))
        for grouping in ("stage_id", "quadrant", "rfm_segment"):
            found = self._economics(grouping)
            for name in ("before", "kept", "customers"):
                groups = sum(group[name] for group in found["groups"])
                self.assertEqual(groups, found["total"][name])

    def test_nobody_lost_leaves_the_life_open(self):
        self._customers(3, "formation", "formation")
        total = self._economics()["total"]
        self.assertEqual((total["rate"], total["life"]), (1.0, None))
        self.assertTrue(total["few"])
        self.assertLess(total["low"], 0.5)

    def test_three_months_are_taken_to_a_year_and_fewer_are_not(self):
        self._was(self.acme, APRIL, "formation")
        self._was(self.acme, MAY, "formation")
        self.assertIsNone(self._economics()["pair"])
        for number in range(10):
            customer = self._customer(f"C{number}")
            self._was(customer, FEBRUARY, "formation")
            self._was(customer, MAY, "formation" if number else "lost")
        found = self._economics()
        self.assertEqual(found["pair"]["days"], 92)
        self.assertFalse(found["pair"]["is_a_year"])
        self.assertAlmostEqual(found["total"]["rate"], 0.9 ** (365 / 92))

    def test_margin_of_another_window_is_taken_to_a_year(self):
        self._policy(window_days=730)
        self._customers(2, "formation", "formation", margin=100)
        self.assertAlmostEqual(self._economics()["total"]["margin"], 50)

    def test_group_without_a_year_before_has_no_rate(self):
        self._customers(2, "formation", "stability")
        groups = {g["label"]: g for g in self._economics()["groups"]}
        self.assertEqual(groups["Steady"]["before"], 0)
        self.assertIsNone(groups["Steady"]["rate"])
        self.assertIsNone(groups["Steady"]["value"])
        self.assertEqual(groups["Growing"]["customers"], 0)

    def test_economics_take_as_many_queries_at_any_size(self):
        counts = []
        self._customers(1, "formation", "formation")
        self._economics()
        for size in (3, 30):
            self._customers(size, "formation", "formation")
            counts.append(self._queries(self._economics))
        self.assertEqual(counts[0], counts[1])
