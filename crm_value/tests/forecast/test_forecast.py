"""What is expected of customers: against slow references, simulations and real data."""

import json
from dataclasses import replace
from datetime import date
from unittest.mock import patch

import numpy as np

from odoo.tests import BaseCase, tagged

from ...analytics.forecast import (
    backtest,
    calibration,
    clv,
    fitting,
    forecast,
    prediction,
    spend,
    stacking,
)
from ...analytics.forecast.forecast import Forecast
from ...analytics.forecast.returning import Returning
from ...analytics.forecast.rows import Rows
from ...analytics.policy.rules import MONTH_DAYS, Rules
from ...analytics.purchases import purchases
from ...analytics.statistics import interval
from ...const import to_day
from ..purchases.retail_file import require_retail
from .clv_samples import simulated, simulated_spend
from .forecast_samples import AS_OF, RULES, days_of, regular, retail

THETA = (0.9, 12.0, 0.8, 2.5)


def learnt(**values):
    """Return a Forecast by MBG/NBD and Gamma-Gamma with given parameters."""
    buying = clv.Params("mbg", *THETA[:2], a=THETA[2], b=THETA[3])
    spending = spend.Params(p=6.25, q=3.74, v=15.44, mean=35.2)
    return Forecast(
        **{
            "rule": "mbg",
            "confidence": forecast.GOOD,
            "buying": buying,
            "spending": spending,
            "rate": 0.1,
            "weeks": 50.0,
            "margin_rate": 0.4,
            "returning": Returning(buying),
            **values,
        }
    )


def predicted(found, days, rules=RULES, as_of=AS_OF):
    """Return what a forecast says of the customers of ``days``."""
    return prediction.predict(found, purchases.summarise(days, as_of, rules), rules)


@tagged("post_install", "-at_install")
class TestForecast(BaseCase):
    # --- a single customer ---

    def test_clv_equals_a_loop_over_months(self):
        days = days_of([(1, 500, 40.0), (1, 700, 60.0), (1, 880, 80.0)])
        rules = Rules(365, 365, 0.3, "revenue", (), horizon_months=18)
        found = predicted(learnt(), days, rules)
        x, t_x, T = 2, 380 / 7, 500 / 7
        worth = before = 0.0
        for month in range(1, 19):
            t = month * MONTH_DAYS / 7
            until = clv.expected_purchases(learnt().buying, t, x, t_x, T)
            worth += (until - before) / 1.1 ** (month / 12)
            before = until
        each = spend.expected_spend(learnt().spending, x, 70.0)
        np.testing.assert_allclose(found["clv"], 0.4 * each * worth, rtol=1e-9)
        np.testing.assert_allclose(found["expected_purchases"], before)
        np.testing.assert_allclose(found["expected_revenue"], before * each)

    def test_several_times_share_what_no_time_changes(self):
        buying = clv.Params("mbg", r=0.5, alpha=9.0, a=0.8, b=2.4)
        weights = stacking.Weights("stacked", (0.1, 0.3, 0.7), (0.0, 0.4, 0.5))
        rows = Rows(*np.array([[0.0, 4], [0, 30], [20, 60], [1, 2], [np.nan, 1]]))
        times = [MONTH_DAYS / 7 * month for month in range(1, 13)]
        one_by_one = [weights.expected(buying, t, rows, 52) for t in times]
        expected = clv.expected_purchases
        with patch.object(clv, "expected_purchases", side_effect=expected) as asked:
            together = weights.over(buying, times, rows, 52)
        np.testing.assert_array_equal(together, one_by_one)
        self.assertEqual(asked.call_count, len(times) + 2)

    def test_customer_without_a_purchase_is_unknown(self):
        days = days_of([(1, 500, 40.0), (2, 500, -40.0)])
        found = predicted(learnt(), days)
        for name, column in found.items():
            self.assertTrue(column[1] == -1 or np.isnan(column[1]), name)

    def test_one_purchase_has_low_confidence_at_most(self):
        days = days_of([(1, 500, 40.0), (2, 500, 40.0), (2, 600, 40.0)])
        found = predicted(learnt(), days)
        self.assertEqual(
            found["clv_confidence"].tolist(), [forecast.LOW, forecast.GOOD]
        )

    def test_lost_are_those_with_little_chance_to_buy_again(self):
        days = days_of([(1, 100, 5.0), *regular(1, 10, end=500), (3, AS_OF, 5.0)])
        found = predicted(learnt(), days)
        lost = found["return_chance"] < RULES.lost_below
        self.assertEqual(lost.tolist(), [True, True, False])
        few = predicted(learnt(rule="shrunken", buying=None, returning=None), days)
        for name in ("p_alive", "return_chance"):
            self.assertTrue(np.isnan(few[name]).all(), "too few to tell")

    def test_who_is_lost_is_worth_next_to_nothing_by_any_rule(self):
        gone = days_of([*regular(1, 10, end=400), (1, AS_OF - 5, 50.0)])
        for rule in ("mbg", "period", "season", "stacked"):
            parts = stacking.PRIORS.get(rule)
            weights = parts and stacking.Weights(rule, *parts)
            found = predicted(learnt(rule=rule, weights=weights), gone)
            self.assertLess(found["return_chance"][0], RULES.lost_below)
            self.assertLess(found["expected_purchases"][0], 0.05, rule)

    def test_two_purchases_on_two_days_are_not_one_each_day(self):
        rows = [*regular(200, 60), (900, AS_OF - 1, 50.0), (900, AS_OF, 50.0)]
        found, _card = fitting.fit(days_of(rows), AS_OF, RULES)
        expected = predicted(found, days_of(rows))["expected_purchases"]
        self.assertLess(expected[-1], 12, "with everybody at six a year")

    def test_one_huge_order_is_neither_ignored_nor_expected_again(self):
        rng = np.random.default_rng(4)
        rows = [
            (customer, int(day), float(rng.lognormal(3, 0.5)))
            for customer in range(300)
            for day in rng.integers(0, AS_OF, 1 + rng.poisson(2))
        ]
        rows.append((900, AS_OF - 40, 1_000_000.0))
        found, _card = fitting.fit(days_of(rows), AS_OF, RULES)
        values = predicted(found, days_of(rows))
        self.assertLess(values["expected_revenue"][-1], 500_000)
        self.assertGreater(values["expected_revenue"][-1], 1_000)
        self.assertLess(np.median(values["expected_spend"]), 40, "others stay as small")

    def test_young_buyers_do_not_grow_with_those_who_spend_most(self):
        """Frequent buyers' orders grow by 30 %; who came lately goes on at 100."""
        half_year = replace(RULES, horizon_months=6)
        half = AS_OF - half_year.horizon_days
        rows = [
            (customer, day, 100.0 if day <= half else 130.0)
            for customer, day, _amount in regular(200, 15)
        ]
        for number, start in enumerate((half, AS_OF)):
            for customer in range(1_000 + 1_000 * number, 1_150 + 1_000 * number):
                first = start - 20 - customer % 5
                days = [first, first + 8, first + 16, half + 60, half + 120]
                rows += [(customer, day, 100.0) for day in days if day <= AS_OF]
        rows = [row for row in rows if row[0] < 2_000 or row[1] > AS_OF - 30]
        found, _card = fitting.fit(days_of(rows), AS_OF, half_year)
        each = predicted(found, days_of(rows))["expected_spend"]
        self.assertGreater(found.spending.level, 1.1)
        self.assertGreater(np.median(each[:200]), 120, "who grew")
        young = np.median(each[-150:])
        self.assertLess(abs(young / 100 - 1), 0.1, young)

    def test_margin_rate_of_little_money_is_drawn_to_that_of_all(self):
        columns = {"margin_total": np.array([-1.0, 900.0, -5.0])}
        columns["revenue_total"] = np.array([1.0, 1000.0, 0.0])
        each = np.full(3, 50.0)
        found = prediction.margin_of(learnt(), columns, each)
        np.testing.assert_allclose(
            found, [(-1 + 0.4 * 100) / 101, (900 + 0.4 * 100) / 1100, 0.4]
        )

    def test_margin_below_zero_turns_the_interval_round(self):
        days = days_of([(1, 500, 40.0), (1, 700, 60.0), (1, 880, 80.0)])
        days.margin = -days.amount
        found = predicted(learnt(), days)
        self.assertLess(found["clv"][0], 0)
        self.assertLessEqual(found["clv_low"][0], found["clv"][0])
        self.assertGreaterEqual(found["clv_high"][0], found["clv"][0])

    def test_unknown_dropout_leaves_the_probability_unknown(self):
        quiet = clv.Params("mbg", *THETA[:2], a=1e-4, b=5.0, dropout=False)
        staying = {"buying": quiet, "returning": Returning(quiet)}
        found = predicted(learnt(**staying), days_of(regular(3)))
        self.assertTrue(np.isnan(found["p_alive"]).all())
        self.assertTrue((found["clv"] > 0).all())

    # --- storage ---

    def test_forecast_survives_storage(self):
        covariance = tuple(tuple(row) for row in np.eye(4).tolist())
        buying = clv.Params("mbg", *THETA[:2], a=0.8, b=2.5, covariance=covariance)
        parts = stacking.PRIORS["stacked"]
        mixed = {"rule": "stacked", "weights": stacking.Weights("stacked", *parts)}
        bends = ((0.0, *np.linspace(0.2, 0.9, 9).tolist(), 1.0), calibration.STRAIGHT)
        for one in (
            learnt(buying=buying),
            learnt(rule="shrunken", buying=None, returning=None),
            learnt(buying=buying, bends=bends, **mixed),
        ):
            data = json.loads(json.dumps(one.to_json(), allow_nan=False))
            other = Forecast.from_json(data)
            days = days_of(regular(5, 40))
            for name, column in predicted(one, days).items():
                np.testing.assert_array_equal(predicted(other, days)[name], column)

    # --- intervals ---

    def test_shortest_interval_holds_its_level(self):
        none = np.array([0.0, 0.05, 0.3, 0.6])
        ahead = interval.Outlook(none, np.full(4, 10.0), np.array([5.0, 2.0, 1.0, 1.0]))
        low, high = ahead.shortest(0.8)
        below = np.where(low > 0, ahead.share_below(low), 0.0)
        np.testing.assert_allclose(ahead.share_below(high) - below, 0.8, atol=1e-9)

    def test_interval_holds_simulated_customers(self):
        data = simulated("mbg", THETA, 20_000, ages=(30.0, 100.0), ahead=26)
        rng = np.random.default_rng(1)
        p, q, v = 6.25, 3.74, 15.44
        m = simulated_spend((p, q, v), data.x, 5)
        unknown = np.full(data.x.size, np.nan)
        rows = Rows(data.x, data.t_x, data.T, unknown, unknown)
        ahead = forecast.outlook(learnt(), 26.0, rows, 26.0)
        each = spend.expected_spend(learnt().spending, data.x, m)
        rate = rng.gamma(p * data.x + q) / (v + data.x * m)
        money = rng.gamma(np.maximum(p * data.later, 1e-9)) / rate
        money = np.where(data.later > 0, money, 0.0)
        low, high = ahead.shortest(0.8)
        inside = (money >= low * each) & (money <= high * each)
        surely = ahead.none < 0.8  # else nothing is bought with 80 % already
        self.assertAlmostEqual(inside[surely].mean(), 0.8, delta=0.05)
        self.assertGreater(inside[~surely].mean(), 0.8)

    # --- fitting ---

    def test_few_customers_get_a_shrunken_rate(self):
        found, card = fitting.fit(days_of(regular(20)), AS_OF, RULES)
        self.assertEqual(found.rule, "shrunken")
        self.assertEqual(card["warnings"], ["few"])
        values = predicted(found, days_of([*regular(20), (99, AS_OF - 1, 50.0)]))
        self.assertTrue((values["clv"] > 0).all(), "useful all the same")
        self.assertEqual(set(values["clv_confidence"]), {forecast.INSUFFICIENT})
        # Twelve a year, of whom hardly anybody leaves: the purchases say so.
        expected = values["expected_purchases"]
        self.assertTrue(((expected[:20] > 8) & (expected[:20] < 12.2)).all(), expected)
        self.assertLess(expected[-1], expected[:20].min(), "drawn towards theirs")

    def test_few_steady_customers_are_not_taken_to_leave(self):
        steady = days_of(regular(20, 10))
        found, _card = fitting.fit(steady, AS_OF, RULES)
        self.assertEqual(found.rule, "shrunken")
        self.assertLess(found.few.a / (found.few.a + found.few.b), 0.01)
        expected = predicted(found, steady)["expected_purchases"]
        # One in ten who left after each purchase would leave a fifth of it.
        self.assertTrue((expected > 0.9 * 36.5).all() and (expected < 40).all())

    def test_few_one_time_buyers_are_not_expected_to_buy_much(self):
        once = days_of([(customer, 20 * customer, 50.0) for customer in range(40)])
        found, _card = fitting.fit(once, AS_OF, RULES)
        expected = predicted(found, once)["expected_purchases"]
        self.assertLess(expected.max(), 0.25)

    def test_money_follows_the_last_period_where_that_is_surely_closer(self):
        growing, shrinking = regular(300, 20), regular(300, 20)
        growing = [(c, d, 20 * np.exp(d / 400)) for c, d, _amount in growing]
        shrinking = [(300 + c, d, 200 / np.exp(d / 400)) for c, d, _ in shrinking]
        days = days_of(growing + shrinking)
        found, card = fitting.fit(days, AS_OF, RULES)
        self.assertGreater(found.lately.recent, found.lately.product)
        measured = {one["rule"]: one for one in card["folds"][0]["rules"]}
        self.assertLess(
            measured[found.rule]["money_rmse"], measured["naive"]["money_rmse"]
        )
        told = predicted(found, days)["expected_revenue"]
        spent = predicted(replace(found, lately=None), days)["expected_revenue"]
        self.assertGreater(told[0], 1.3 * spent[0])
        self.assertLess(told[-1], spent[-1] / 1.3)
        again = Forecast.from_json(json.loads(json.dumps(found.to_json())))
        self.assertEqual(again.lately, found.lately)

    def test_money_stays_purchases_times_spend_without_a_reason(self):
        found, _card = fitting.fit(days_of(regular(200, 20)), AS_OF, RULES)
        self.assertIsNone(found.lately)

    def test_later_days_are_left_out(self):
        known = regular(80, end=800)
        found, card = fitting.fit(days_of(regular(80)), 799, RULES)
        other, same = fitting.fit(days_of(known), 799, RULES)
        self.assertEqual(found.to_json(), other.to_json())
        self.assertEqual(card, same)

    def test_season_does_not_make_the_forecast_absurd(self):
        rng = np.random.default_rng(3)
        bought = []
        for customer in range(400):
            rate = rng.gamma(2, 0.01)
            start = int(rng.integers(0, 900))
            for day in range(start, 1461):
                season = 3.0 if day % 365 >= 274 else 1.0  # the last quarter
                if day == start or rng.random() < rate * season:
                    bought.append((customer, day, 50.0))
        for as_of in (1370, 1460):  # before and after the season
            days = days_of(bought, 1460)
            found, _card = fitting.fit(days, as_of, RULES)
            until = days_of([b for b in bought if b[1] <= as_of], as_of)
            total = predicted(found, until, as_of=as_of)["expected_purchases"].sum()
            year = sum(as_of - 365 < day <= as_of for _customer, day, _money in bought)
            self.assertAlmostEqual(total / year, 1, delta=0.35)

    def test_bad_input_has_defined_results(self):
        one = [(1, 0, 10.0), (1, 70, 10.0)]
        cases = {
            "nothing": [],
            "one customer": one,
            "one purchase": one[:1],
            "only one-time buyers": [(c, 10 * c, 10.0) for c in range(80)],
            "identical customers": [(c, d, 10.0) for c in range(80) for d in (0, 90)],
            "all on the last day": [(c, AS_OF, 10.0) for c in range(80)],
            "only returns": [(c, c, -10.0) for c in range(80)],
            "zero money": [(c, c, 0.0) for c in range(80)],
            "a gap of years": [(c, d, 9.0) for c in range(80) for d in (-2000, 999)],
        }
        for name, bought in cases.items():
            with self.subTest(case=name):
                found, card = fitting.fit(days_of(bought), AS_OF, RULES)
                json.dumps([found.to_json(), card], allow_nan=False)
                if not bought:
                    continue
                facts = purchases.summarise(days_of(bought), AS_OF, RULES)
                values = prediction.predict(found, facts, RULES)
                buyer = facts["purchase_count"] > 0
                for column in set(values) - {"p_alive", "return_chance"}:
                    self.assertTrue(np.isfinite(values[column][buyer]).all(), column)
                    self.assertTrue((values[column][buyer] >= 0).all(), column)

    # --- the retail file ---

    def test_retail_backtest_is_what_the_method_page_says(self):
        require_retail(self)
        fold = backtest.split(retail(), to_day(date(2011, 8, 31)), 100)
        self.assertEqual(fold.customers.size, 3_314)
        self.assertEqual(fold.purchases.sum(), 4_765)
        published = {  # predicted, error per customer, squared, rank correlation
            "mbg": (3_620.3, 0.976, 1.569, 0.507),
            "pareto": (3_578.0, 0.990, 1.613, 0.506),
        }
        for rule, figures in published.items():
            found = backtest.measures(fold, rule)
            self.assertAlmostEqual(found["predicted"], figures[0], delta=1)
            keys = ("mae", "rmse", "correlation")
            for key, figure in zip(keys, figures[1:], strict=True):
                self.assertAlmostEqual(found[key], figure, delta=0.001)

    def test_retail_rule_is_as_good_as_the_naive_ones(self):
        require_retail(self)
        found = backtest.folds(retail(), to_day(date(2011, 12, 9)), 365)
        self.assertEqual(len(found), 3)
        self.assertEqual(backtest.winner(found), "stacked")
        for key in ("rmse", "money_rmse"):
            stacked, naive = (
                np.mean([backtest.measures(fold, rule)[key] ** 2 for fold in found])
                for rule in ("stacked", "naive")
            )
            self.assertLess(stacked, naive, key)
