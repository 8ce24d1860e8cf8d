"""The arithmetic alone: its examples, and numbers from publications."""

import doctest
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import numpy as np

from odoo.tests import BaseCase, tagged

from ... import analytics
from ...analytics.policy import ahp
from ...analytics.policy.rules import Indicator, Rules
from ...analytics.purchases import purchases
from ...analytics.scoring import pareto, rfm, scoring, value
from ...analytics.statistics import ranking
from ...const import EPOCH, to_day


def rules(**values):
    """Return rules with three percentile indicators."""
    indicators = (
        Indicator("volume", "current", "revenue", "score_volume", 2.0),
        Indicator("growth", "potential", "growth", "score_growth", 1.0),
        Indicator("late", "potential", "days_late", "score_late", 1.0, inverted=True),
    )
    return Rules(365, 365, 0.3, "revenue", **{"indicators": indicators, **values})


def facts(revenue, growth=None, late=None):
    """Return the columns that the rules above need."""
    revenue = np.asarray(revenue, float)
    unknown = np.full(revenue.shape, np.nan)
    return {
        "purchase_count": np.ones(revenue.shape),
        "revenue": revenue,
        "revenue_total": revenue,
        "rfm_money": revenue,
        "rfm_frequency": np.ones(revenue.shape),
        "recency_days": np.arange(revenue.size, dtype=float),
        "growth": unknown if growth is None else np.asarray(growth, float),
        "days_late": unknown if late is None else np.asarray(late, float),
    }


@tagged("post_install", "-at_install")
class TestAnalytics(BaseCase):
    def _modules(self):
        """Return the modules of all folders."""
        found = walk_packages(analytics.__path__, f"{analytics.__name__}.")
        return [import_module(info.name) for info in found if not info.ispkg]

    def test_contract_names_are_modules_without_odoo(self):
        names = "clv, spend, rfm, lifecycle, satisfaction"
        program = f"from analytics import {names}; print(lifecycle.replay, clv.fit)"
        program += "; import sys; assert 'odoo' not in sys.modules"
        addon = Path(analytics.__path__[0]).parent
        subprocess.run([sys.executable, "-c", program], cwd=addon, check=True)

    def test_examples_of_every_module_hold(self):
        modules = self._modules()
        self.assertGreaterEqual(len(modules), 7)
        for module in modules:
            result = doctest.testmod(module)
            with self.subTest(module=module.__name__):
                self.assertEqual(result.failed, 0)
                self.assertGreater(result.attempted, 0)

    def test_modules_do_not_know_odoo(self):
        for module in self._modules():
            with open(module.__file__, encoding="utf-8") as source:
                self.assertNotIn("odoo", source.read().replace("knows Odoo", ""))

    def test_days_count_from_the_epoch_of_postgresql(self):
        self.assertEqual(to_day(EPOCH), 0)

    # --- AHP ---

    def test_ahp_weights_of_saaty_2008_drink_consumption(self):
        # Coffee, wine, tea, beer, sodas, milk, water; CR .022.
        matrix = np.array(
            [
                [1, 9, 5, 2, 1, 1, 1 / 2],
                [1 / 9, 1, 1 / 3, 1 / 9, 1 / 9, 1 / 9, 1 / 9],
                [1 / 5, 3, 1, 1 / 3, 1 / 4, 1 / 3, 1 / 9],
                [1 / 2, 9, 3, 1, 1 / 2, 1, 1 / 3],
                [1, 9, 4, 2, 1, 2, 1 / 2],
                [1, 9, 3, 1, 1 / 2, 1, 1 / 3],
                [2, 9, 9, 3, 2, 3, 1],
            ]
        )
        published = [0.177, 0.019, 0.042, 0.116, 0.190, 0.129, 0.327]
        np.testing.assert_allclose(ahp.weights(matrix), published, atol=0.005)
        self.assertAlmostEqual(ahp.consistency_ratio(matrix), 0.022, delta=0.005)

    def test_ahp_ratio_of_saaty_1980_house_is_too_high(self):
        # Satisfaction with a house, eight criteria: published CR .169.
        matrix = np.array(
            [
                [1, 5, 3, 7, 6, 6, 1 / 3, 1 / 4],
                [1 / 5, 1, 1 / 3, 5, 3, 3, 1 / 5, 1 / 7],
                [1 / 3, 3, 1, 6, 3, 4, 6, 1 / 5],
                [1 / 7, 1 / 5, 1 / 6, 1, 1 / 3, 1 / 4, 1 / 7, 1 / 8],
                [1 / 6, 1 / 3, 1 / 3, 3, 1, 1 / 2, 1 / 5, 1 / 6],
                [1 / 6, 1 / 3, 1 / 4, 4, 2, 1, 1 / 5, 1 / 6],
                [3, 5, 1 / 6, 7, 5, 5, 1, 1 / 2],
                [4, 7, 5, 8, 6, 6, 2, 1],
            ]
        )
        ratio = ahp.consistency_ratio(matrix)
        self.assertAlmostEqual(ratio, 0.169, delta=0.02)
        self.assertGreaterEqual(ratio, ahp.MAX_CONSISTENCY_RATIO)

    def test_ahp_consistent_matrix_has_ratio_zero(self):
        truth = np.array([0.5, 0.3, 0.15, 0.05])
        matrix = truth[:, None] / truth[None, :]
        np.testing.assert_allclose(ahp.weights(matrix), truth)
        self.assertAlmostEqual(ahp.consistency_ratio(matrix), 0)

    def test_ahp_of_one_or_two_criteria_is_consistent(self):
        self.assertEqual(ahp.weights(ahp.matrix(1, [])).tolist(), [1])
        two = ahp.matrix(2, [(0, 1, 3)])
        np.testing.assert_allclose(ahp.weights(two), [0.75, 0.25])
        self.assertEqual(ahp.consistency_ratio(two), 0)

    def test_ahp_of_more_than_ten_criteria_is_refused(self):
        with self.assertRaises(ValueError):
            ahp.consistency_ratio(np.ones((11, 11)))

    # --- defined results for nothing, one, zero ---

    def test_nothing_and_zero_have_defined_results(self):
        nothing = np.array([])
        self.assertEqual(pareto.ranks(nothing).size, 0)
        self.assertEqual(pareto.limits(nothing).tolist(), [np.inf, np.inf])
        self.assertEqual(pareto.limits(np.zeros(3)).tolist(), [np.inf, np.inf])
        self.assertEqual(pareto.curve(nothing)[0].tolist(), [0])
        self.assertEqual(pareto.curve(np.zeros(3))[1].tolist(), [0])
        self.assertEqual(ranking.fit_scale(nothing).knots.size, 0)
        scale = ranking.fit_scale(np.array([np.nan]))
        self.assertTrue(np.isnan(ranking.percent(scale, np.array([1.0]))).all())
        self.assertEqual(rfm.from_percent(nothing).size, 0)
        self.assertTrue(np.isnan(value.median_cut(nothing)))
        self.assertEqual(value.weighted(np.empty((0, 2)), np.ones(2)).size, 0)
        self.assertTrue(np.isnan(value.weighted(np.ones((1, 2)), np.zeros(2))).all())
        empty = {
            name: nothing
            for name in (
                "partner day product amount returned costed cost discount".split()
            )
        }
        days = purchases.Days(empty, 0, 0.3)
        self.assertEqual(purchases.summarise(days, 0, rules()), {})

    def test_scoring_of_nobody_and_of_one(self):
        scores, calibration = scoring.score(facts([]), rules())
        self.assertEqual(scores["value_score"].size, 0)
        self.assertEqual(
            scoring.Calibration.from_json(calibration.to_json()).to_json(),
            calibration.to_json(),
        )
        for few in ([10.0], [10.0, 20.0, 30.0], [10.0] * 4):
            scores, _calibration = scoring.score(facts(few), rules())
            for name in ("current_value_score", "potential_value_score", "value_score"):
                self.assertTrue(np.isnan(scores[name]).all(), name)
            self.assertEqual(set(scores["quadrant"].tolist()), {-1})

    def test_scales_of_nobody_score_nobody(self):
        """What needs no scale would speak for the whole."""
        _scores, nobody = scoring.score(facts([]), rules())
        scores, _same = scoring.score(
            facts([10.0] * 9, late=[0.0] * 9), rules(), nobody
        )
        kept = scoring.Calibration.from_json(nobody.to_json())
        again, _same = scoring.score(facts([10.0] * 9, late=[0.0] * 9), rules(), kept)
        for found in (scores, again):
            self.assertTrue(np.isnan(found["value_score"]).all())
            self.assertTrue(np.isnan(found["potential_value_score"]).all())
            self.assertEqual(set(found["quadrant"].tolist()), {-1})
            self.assertEqual(set(found["pareto_class"].tolist()), {-1})
        data = nobody.to_json()
        data.pop("ranked")  # as runs kept it before
        old = scoring.Calibration.from_json(data)
        self.assertFalse(old.ranked)

    def test_intervals_and_fixed_limits_score_a_single_customer(self):
        on_time = ((0, 100), (1, 0))
        late = Indicator(
            "late", "potential", "days_late", "score_late", 1.0, intervals=on_time
        )
        known = facts([10.0], late=[0.0])
        alone = rules(indicators=(late,))
        scores, _calibration = scoring.score(known, alone)
        self.assertEqual(scores["value_score"].tolist(), [100])
        # Beside an indicator that compares, it does not speak for both.
        mixed = rules(indicators=(rules().indicators[0], late))
        scores, _calibration = scoring.score(known, mixed)
        self.assertTrue(np.isnan(scores["value_score"]).all())

    def test_figure_known_of_few_gives_no_percentile(self):
        growth = [0.1, 0.2, 0.3, 0.4] + [np.nan] * 6
        scores, _calibration = scoring.score(
            facts([float(n) for n in range(10)], growth), rules()
        )
        self.assertTrue(np.isnan(scores["score_growth"]).all())
        self.assertFalse(np.isnan(scores["current_value_score"]).any())

    def test_equal_customers_have_a_score_and_no_quadrant(self):
        scores, _calibration = scoring.score(
            facts([10.0] * 8, [0.1] * 8, [3.0] * 8), rules()
        )
        self.assertEqual(set(scores["current_value_score"].tolist()), {50})
        self.assertEqual(set(scores["quadrant"].tolist()), {-1})

    def test_nothing_in_the_window_scores_lowest_not_in_the_middle(self):
        revenue = [0.0] * 12 + [10.0, 20.0, 30.0, 40.0]
        growth = [-1.0] * 12 + [0.1, 0.2, 0.3, 0.4]
        falling = Indicator(
            "growth", "potential", "growth", "score_growth", 1.0, floor=-1.0
        )
        both = (rules().indicators[0], falling)
        scores, _calibration = scoring.score(
            facts(revenue, growth), rules(indicators=both)
        )
        for name in ("score_volume", "score_growth"):
            self.assertEqual(set(scores[name][:12].tolist()), {0}, name)
            self.assertEqual(scores[name][12], 78.125)  # its rank among all

    def test_nothing_in_the_rfm_window_is_a_score_of_one(self):
        known = facts([0.0] * 12 + [10.0] * 4)
        known["rfm_frequency"] = np.array([0.0] * 12 + [1.0] * 4)
        scores, _calibration = scoring.score(known, rules())
        self.assertEqual(set(scores["rfm_f"][:12].tolist()), {1})
        self.assertEqual(set(scores["rfm_m"][:12].tolist()), {1})
        self.assertEqual(set(scores["rfm_m"][12:].tolist()), {5})

    def test_zero_cost_is_best_and_a_little_of_much_margin_costs_nothing(self):
        service = {"raw": "service_cost", "score": "score_service", "inverted": True}
        known = facts([18000.0, 100.0, 100.0, 0.0, 0.0, 50.0])
        known["margin"] = known["revenue"]
        known["service_cost"] = np.array([20.0, 0.0, 50.0, 0.0, 20.0, np.nan])
        direct = Indicator("service", "current", weight=1.0, direct="left", **service)
        scores, _calibration = scoring.score(known, rules(indicators=(direct,)))
        np.testing.assert_allclose(
            scores["score_service"], [99.889, 100, 50, np.nan, 0, np.nan], atol=0.001
        )
        compared = Indicator("service", "current", weight=1.0, **service)
        scores, _calibration = scoring.score(known, rules(indicators=(compared,)))
        self.assertEqual(scores["score_service"][1], 100)

    def test_what_nobody_gets_is_not_compared(self):
        discount = Indicator("benefit", "received", "growth", "score_benefit", 1.0)
        given = rules(indicators=(discount,))
        nobody, _calibration = scoring.score(facts([1.0] * 9, [0.0] * 9), given)
        self.assertTrue(np.isnan(nobody["score_benefit"]).all())
        one, _calibration = scoring.score(facts([1.0] * 9, [0.0] * 8 + [0.1]), given)
        self.assertEqual(one["score_benefit"][0], 0)
        self.assertGreater(one["score_benefit"][8], 90)

    def test_customers_without_purchase_have_no_scores_and_shift_nobody(self):
        known = facts([10.0, 20.0, 30.0])
        alone, calibration = scoring.score(known, rules())
        more = facts([10.0, 20.0, 30.0, -5.0])
        more["purchase_count"][3] = 0
        together, same = scoring.score(more, rules())
        self.assertEqual(same.to_json(), calibration.to_json())
        for name, column in alone.items():
            np.testing.assert_array_equal(together[name][:3], column, name)
        self.assertTrue(np.isnan(together["value_score"][3]))
        self.assertEqual(together["pareto_class"][3], -1)
        self.assertEqual(together["rfm_r"][3], 0)

    def test_calibration_that_lacks_a_column_leave_it_unknown(self):
        _scores, calibration = scoring.score(facts([1.0, 2.0, 3.0, 4.0, 5.0]), rules())
        extra = Indicator("new", "current", "recency_days", "score_new", 1.0)
        other = rules(
            indicators=(*rules().indicators, extra),
            rfm_limits={"r": [4, 3, 2, 1]},
        )
        calibration = scoring.Calibration(
            {n: s for n, s in calibration.scales.items() if n != "recency_days"},
            calibration.quadrant,
            calibration.pareto,
        )
        scores, _calibration = scoring.score(
            facts([1.0, 2.0, 3.0, 4.0, 5.0]), other, calibration
        )
        self.assertTrue(np.isnan(scores["score_new"]).all())
        self.assertFalse(np.isnan(scores["current_value_score"]).any())

    def test_scale_beyond_the_knots_stays_within_a_tenth_of_a_percent(self):
        values = np.random.default_rng(5).gamma(0.5, 100, 20000)
        scale = ranking.fit_scale(values)
        self.assertLessEqual(scale.knots.size, ranking.MAX_KNOTS)
        exact = ranking.fit_scale(values, max_knots=values.size)
        error = ranking.percent(scale, values) - ranking.percent(exact, values)
        self.assertLess(np.abs(error).max(), 0.11)
