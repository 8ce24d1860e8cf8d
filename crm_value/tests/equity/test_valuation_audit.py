"""What an auditor asks of a valuation: past expectations, and what is left out."""

from datetime import timedelta

import numpy as np

from odoo.tests import tagged
from odoo.tools import date_utils

from ...analytics.equity import valuation
from ...analytics.forecast import prediction, total
from ..common import TODAY, ValueCommon
from .test_valuation import Sheets


@tagged("post_install", "-at_install")
class TestValuationAudit(ValueCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._only_this_company()
        cls._population(80, seed=3)
        cls._policy(history_months=3)
        cls._cron()
        cls.report = cls.env["crm.value.valuation"]
        cls.found = cls.report._value()
        cls.months = cls.env["crm.value.equity"]._months()
        cls.sheets = Sheets(cls.report._workbook()[1])

    def _rows(self, name):
        return list(self.sheets.book[name].iter_rows())

    def _labelled(self, name):
        """Return {label: place of the value beside it}."""
        return {row[0].value: row[1].coordinate for row in self._rows(name)}

    def test_past_months_reconcile_with_what_was_reported(self):
        past = self.report._past(self.months)
        self.assertEqual(len(past), 3)
        for one in past:
            self.assertAlmostEqual(one.came + one.from_new, one.reported, 2)
            self.assertGreater(one.expected_since, 0)
        self.assertEqual(past[-1].until, TODAY)
        # The last month end's expectation until the next end is the one until today.
        self.assertAlmostEqual(past[-1].expected, past[-1].expected_since, 6)
        self.assertAlmostEqual(past[-1].came, past[-1].came_since, 6)

    def test_expectation_is_that_of_the_month_end_itself(self):
        """What a past run stored as expected revenue of its horizon is found again."""
        run = self.env["crm.value.equity"]._runs_of([self.months[0]["date"]])
        [run] = run.values()
        stored = self.env["crm.value.snapshot"]._read_group(
            [("run_id", "=", run.id)], [], ["expected_revenue:sum"]
        )[0][0]
        facts = self.env["crm.value.facts"]._at_month_end(run.company_id, run.as_of)
        told = prediction.predict(
            run.fit_id._as_forecast(),
            {name: facts[name] for name in prediction.READ},
            run.policy_id._as_rules(),
        )
        self.assertGreater(stored, 0.0)
        self.assertAlmostEqual(np.nansum(told["expected_revenue"]) / stored, 1, 4)

    def test_reconciliation_stands_in_the_book(self):
        rows = self._rows("Reconciliation")
        days = [row[0].value for row in rows if hasattr(row[0].value, "date")]
        self.assertEqual(
            [d.date() for d in days], [m["date"] for m in self.months[:-1]]
        )

    def test_sensitivity_at_the_policy_is_the_equity(self):
        equity = self.found.stored
        rows = self._rows("Sensitivity")
        for row in rows:
            label = row[0].value
            if label == 1.0 and row[2].value and not row[3].value:
                found = self.sheets.cell("Sensitivity", row[1].coordinate)
                self.assertAlmostEqual(found, equity, 2)
        horizons = [
            self.sheets.cell("Sensitivity", row[1].coordinate)
            for row in rows
            if row[0].value in (6, 12, 24, 36, 48, 60)
        ]
        self.assertEqual(horizons, sorted(horizons))

    def test_beyond_the_horizon_is_no_part_of_the_equity(self):
        places = self._labelled("Beyond the Horizon")
        after = self.sheets.cell(
            "Beyond the Horizon",
            places["After the horizon, until the end of year 5"],
        )
        margin = sum(g.revenue * g.margin_rate for g in self.found.groups)
        rate = self.found.policy.discount_rate
        self.assertAlmostEqual(
            after + self.found.stored, valuation.worth(margin, rate, 60), 2
        )

    def test_customers_not_yet_acquired_stand_apart(self):
        places = self._labelled("New Customers")
        [label] = [name for name in places if name and "not known" in str(name)]
        self.assertIsNone(self.sheets.book["New Customers"][places[label]].value)
        new = self.report._newcomers(self.found)
        self.assertEqual(len(new.monthly), 12)
        self.assertGreater(new.value, 0)
        worth = places["Customers not yet acquired, present value"]
        free = self.sheets.cell("New Customers", worth)
        self.sheets.book["New Customers"][places[label]].value = new.value + new.first
        self.assertAlmostEqual(self.sheets.cell("New Customers", worth), 0.0, 6)
        self.assertGreater(free, 0)

    def test_first_month_of_the_history_has_no_new_customers(self):
        profiles = self.env["crm.value.profile"].search(
            [("company_id", "=", self.found.company.id)]
        )
        end = date_utils.start_of(self.found.as_of, "month")
        begins = date_utils.subtract(end, months=3) + timedelta(days=18)
        profiles.filtered(
            lambda p: p.first_purchase_date and p.first_purchase_date < begins
        ).first_purchase_date = begins
        self.env.flush_all()
        months = [day for day, _count in self.report._acquired(self.found)]
        self.assertEqual(months, [date_utils.subtract(end, months=at) for at in (2, 1)])

    def test_interval_of_the_total_stands_below_it(self):
        statement = self.env["crm.value.equity"]
        certain = statement._certainty()
        if certain["interval"] is None:
            self.assertIsNone(certain["off"])
            return
        low, high = certain["interval"]
        self.assertGreater(certain["cuts"], 0)
        self.assertLess(low, self.found.stored)
        places = self._labelled("Valuation")
        for label, edge in (("low", low), ("high", high)):
            place = places[f"Customer equity, {label}"]
            self.assertAlmostEqual(self.sheets.cell("Valuation", place) / edge, 1, 6)

    def test_one_value_of_a_customer_on_all_pages(self):
        statement = self.env["crm.value.equity"].get_statement()
        mean = statement["mean"]
        self.assertAlmostEqual(
            mean["all"] * mean["customers"], statement["months"][-1]["closing"], 2
        )
        self.assertAlmostEqual(mean["kept"], self.found.fit._mean_worth(), 6)
        economics = self.env["crm.value.migration"].get_economics()
        if economics["pair"]:
            self.assertEqual(economics["lifetime"], mean["kept"])


@tagged("post_install", "-at_install")
class TestTotal(ValueCommon):
    def test_interval_of_a_total_holds_what_comes(self):
        """Lognormal errors of a quarter, of which few cut-offs are seen."""
        draws, cuts = 4000, 4
        random = np.random.default_rng(7)
        errors = np.expm1(random.normal(0, 0.25, (draws, cuts)))
        held = 0
        for seen, actual in zip(errors, random.normal(0, 0.25, draws), strict=True):
            low, high = total.interval(100.0, total.spread(seen), cuts)
            held += low <= 100.0 * np.exp(actual) <= high
        self.assertAlmostEqual(held / draws, total.LEVEL, delta=0.02)
