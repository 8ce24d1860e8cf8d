"""What must hold for any input of the analytics, against slow references.

Needs ``hypothesis``, so Odoo's own loader does not import this file; pytest does.
"""

from collections import defaultdict
from statistics import median

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ...analytics.policy import ahp
from ...analytics.purchases import purchases
from ...analytics.scoring import pareto, rfm, scoring, value
from ...analytics.statistics import ranking
from .test_analytics import facts, rules

quick = settings(
    max_examples=60, deadline=None, suppress_health_check=list(HealthCheck)
)
numbers = st.floats(-1e6, 1e6, allow_nan=False, width=32)
maybe = st.one_of(st.just(float("nan")), numbers)
some = st.lists(numbers, min_size=1, max_size=50)
cents = st.integers(-5000, 9999)
lines = st.lists(
    st.tuples(
        st.integers(1, 4),  # customer
        st.integers(0, 60),  # day
        st.integers(-3, 3),  # product
        cents,  # amount
        st.booleans(),  # is its cost known
        st.integers(0, 5000),  # cost
        st.integers(0, 500),  # discount
    ),
    max_size=40,
)


def hazen(values, asked):
    """Return the mid-rank percent of ``asked`` among ``values``, by counting."""
    below = sum(v < asked for v in values)
    equal = sum(v == asked for v in values)
    return 100 * (below + equal / 2) / len(values)


def within_bounds(part, whole):
    """Return a share; nobody returns more than all of it."""
    return min(max(part / whole, 0), 1) if whole > 0 else float("nan")


def summarise_slowly(rows, as_of, given_rules):
    """Return the purchase facts of each customer, by loops over its lines."""
    customers = defaultdict(list)
    for row in rows:
        if row[1] <= as_of:
            customers[row[0]].append(row)
    return {
        customer: _summarise_one(mine, as_of, given_rules)
        for customer, mine in customers.items()
    }


def _summarise_one(mine, as_of, given_rules):
    def within(day, length, shift=0):
        return as_of - shift - length < day <= as_of - shift

    by_day, margins = defaultdict(int), defaultdict(float)
    for _customer, day, _product, amount, known, cost, _discount in mine:
        by_day[day] += amount
        rate = given_rules.default_margin_rate
        margins[day] += amount - cost if known else amount * rate
    days = sorted(day for day, amount in by_day.items() if amount > 0)
    window = given_rules.window_days
    gaps = [after - before for before, after in zip(days, days[1:], strict=False)]
    in_window = [day for day in days if within(day, window)]
    began_inside = bool(days) and within(days[0], window)
    returned = sum(-amount for *_x, amount, _k, _c, _d in mine if amount < 0)
    bought = sum(amount for *_x, amount, _k, _c, _d in mine if amount > 0)
    discount = sum(row[6] for row in mine)
    revenue = sum(a for day, a in by_day.items() if within(day, window))
    before = sum(a for day, a in by_day.items() if within(day, window, window))
    nan = float("nan")
    return {
        "purchase_count": len(days),
        "repeat_count": len(in_window) - (1 if began_inside else 0),
        "rfm_frequency": sum(within(d, given_rules.rfm_window_days) for d in days),
        "first_purchase_date": days[0] if days else nan,
        "last_purchase_date": days[-1] if days else nan,
        "recency_days": as_of - days[-1] if days else nan,
        "median_gap_days": median(gaps) if gaps else nan,
        "revenue": revenue / 100,
        "revenue_previous": before / 100,
        "revenue_total": sum(by_day.values()) / 100,
        "margin": sum(m for day, m in margins.items() if within(day, window)) / 100,
        "margin_total": sum(margins.values()) / 100,
        "refund_total": returned / 100,
        "return_rate": within_bounds(returned, bought),
        "discount_rate": within_bounds(discount, bought + discount),
        "growth": revenue / before - 1 if before > 0 else nan,
        "rfm_money": sum(
            a for d, a in by_day.items() if within(d, given_rules.rfm_window_days)
        )
        / 100,
        "product_count": len({row[2] for row in mine if row[2]}),
    }


def columns(rows):
    """Return test lines as the arrays that Days takes."""
    customer, day, product, amount, known, cost, discount = (
        zip(*rows, strict=True) if rows else ((),) * 7
    )
    amount = np.array(amount, float) / 100
    known = np.array(known, bool)
    return {
        "partner": np.array(customer, np.int32),
        "day": np.array(day, np.int32),
        "product": np.array(product, np.int32),
        "amount": amount,
        "returned": np.maximum(-amount, 0),
        "costed": np.where(known, amount, 0),
        "cost": np.where(known, np.array(cost, float) / 100, 0),
        "discount": np.array(discount, float) / 100,
    }


def summarise(rows, as_of, given_rules):
    """Return the purchase facts of test lines."""
    days = purchases.Days(columns(rows), as_of, given_rules.default_margin_rate)
    return purchases.summarise(days, as_of, given_rules)


@tagged("post_install", "-at_install")
class TestAnalyticsProperties(BaseCase):
    # --- purchases ---

    @quick
    @given(rows=lines, as_of=st.integers(0, 70))
    def test_purchases_equal_a_slow_reference(self, rows, as_of):
        given_rules = rules()
        given_rules = type(given_rules)(20, 30, 0.25, "revenue", ())
        found = summarise(rows, as_of, given_rules)
        expected = summarise_slowly(rows, as_of, given_rules)
        if not expected:
            self.assertEqual(found, {})
            return
        self.assertEqual(found["partner"].tolist(), sorted(expected))
        for at, customer in enumerate(found["partner"].tolist()):
            for name, figure in expected[customer].items():
                np.testing.assert_allclose(
                    found[name][at], figure, rtol=1e-9, atol=1e-9, err_msg=name
                )

    @quick
    @given(rows=lines, seed=st.randoms(use_true_random=False))
    def test_purchases_do_not_depend_on_the_order_of_lines(self, rows, seed):
        shuffled = list(rows)
        seed.shuffle(shuffled)
        given_rules = rules()
        one = summarise(rows, 60, given_rules)
        other = summarise(shuffled, 60, given_rules)
        self.assertEqual(set(one), set(other))
        for name, column in one.items():
            np.testing.assert_allclose(other[name], column, atol=1e-9, err_msg=name)

    # --- ranking ---

    @quick
    @given(values=some, asked=st.lists(numbers, min_size=1, max_size=20))
    def test_percent_equals_counting_and_is_exact_on_known_values(self, values, asked):
        scale = ranking.fit_scale(np.array(values))
        scores = ranking.percent(scale, np.array(values))
        expected = [hazen(values, v) for v in values]
        np.testing.assert_allclose(scores, expected, atol=1e-9)
        between = ranking.percent(scale, np.array(sorted(asked)))
        self.assertTrue((np.diff(between) >= 0).all())
        self.assertTrue(((between > 0) & (between < 100)).all())

    @quick
    @given(values=st.lists(maybe, min_size=1, max_size=50))
    def test_equal_values_share_a_score_and_unknown_stays_unknown(self, values):
        array = np.array(values)
        scale = ranking.fit_scale(array)
        scores = ranking.percent(scale, array)
        np.testing.assert_array_equal(np.isnan(scores), np.isnan(array))
        by_value = defaultdict(set)
        for v, score in zip(array, scores, strict=True):
            if not np.isnan(v):
                by_value[v].add(score)
        self.assertTrue(all(len(found) == 1 for found in by_value.values()))
        again = ranking.Scale.from_json(scale.to_json())
        np.testing.assert_array_equal(ranking.percent(again, array), scores)

    @quick
    @given(values=st.lists(st.integers(0, 4000), min_size=1100, max_size=1500))
    def test_thinned_scale_stays_monotone_and_close(self, values):
        array = np.array(values, float)
        scale = ranking.fit_scale(array, max_knots=101)
        self.assertLessEqual(scale.knots.size, 101)
        ordered = ranking.percent(scale, np.sort(array))
        self.assertTrue((np.diff(ordered) >= 0).all())
        exact = ranking.percent(ranking.fit_scale(array), np.sort(array))
        self.assertLess(np.abs(ordered - exact).max(), 2)

    @quick
    @given(
        bounds=st.lists(numbers, min_size=1, max_size=6, unique=True).map(sorted),
        values=st.lists(maybe, max_size=20),
    )
    def test_intervals_equal_a_search_by_hand(self, bounds, values):
        points = [float(at) for at in range(len(bounds))]
        found = ranking.by_intervals(bounds, points, np.array(values))
        for v, score in zip(values, found, strict=True):
            if np.isnan(v):
                self.assertTrue(np.isnan(score))
                continue
            below = [at for at, bound in enumerate(bounds) if bound <= v]
            self.assertEqual(score, below[-1] if below else 0)

    # --- RFM ---

    @quick
    @given(percents=st.lists(st.one_of(st.just(float("nan")), st.floats(0, 100))))
    def test_rfm_scores_are_one_to_five_or_unknown(self, percents):
        scores = rfm.from_percent(np.array(percents, float))
        for percent, score in zip(percents, scores, strict=True):
            if np.isnan(percent):
                self.assertEqual(score, 0)
            else:
                self.assertIn(score, range(1, 6))
                self.assertLessEqual((score - 1) * 20, percent)
                self.assertLessEqual(percent, score * 20)

    @quick
    @given(
        limits=st.lists(numbers, min_size=4, max_size=4).map(sorted),
        values=st.lists(maybe, max_size=20),
        descending=st.booleans(),
    )
    def test_rfm_limits_equal_counting(self, limits, values, descending):
        given_limits = limits[::-1] if descending else limits
        scores = rfm.from_limits(given_limits, np.array(values, float), descending)
        for v, score in zip(values, scores, strict=True):
            reached = sum(v <= x if descending else v >= x for x in limits)
            self.assertEqual(score, 0 if np.isnan(v) else 1 + reached)

    # --- value ---

    @quick
    @given(
        rows=st.lists(
            st.lists(
                st.one_of(st.just(float("nan")), st.floats(0, 100)),
                min_size=3,
                max_size=3,
            ),
            min_size=1,
        ),
        weights=st.lists(st.floats(0.01, 9), min_size=3, max_size=3),
    )
    def test_contributions_sum_to_the_score(self, rows, weights):
        scores, weights = np.array(rows), np.array(weights)
        parts = value.contributions(scores, weights)
        total = value.weighted(scores, weights)
        known = ~np.isnan(scores).all(axis=1)
        np.testing.assert_array_equal(~np.isnan(total), known)
        sums = np.nansum(parts, axis=1)[known]
        np.testing.assert_allclose(sums, total[known], atol=1e-9)
        self.assertTrue(
            (total[known] >= -1e-9).all() and (total[known] <= 100.000001).all()
        )
        np.testing.assert_array_equal(np.isnan(parts), np.isnan(scores))

    @quick
    @given(
        revenue=st.lists(st.integers(-100, 10000), min_size=1, max_size=40),
        seed=st.randoms(use_true_random=False),
    )
    def test_scoring_does_not_depend_on_the_order_of_rows(self, revenue, seed):
        growth = [r / 7 if r % 3 else float("nan") for r in revenue]
        late = [r % 11 if r % 5 else float("nan") for r in revenue]
        one = facts(revenue, growth, late)
        order = list(range(len(revenue)))
        seed.shuffle(order)
        other = {name: column[order] for name, column in one.items()}
        scores, calibration = scoring.score(one, rules())
        shuffled, same = scoring.score(other, rules())
        self.assertEqual(same.to_json(), calibration.to_json())
        for name, column in scores.items():
            np.testing.assert_array_equal(shuffled[name], column[order], name)

    @quick
    @given(
        revenue=st.lists(st.integers(-100, 10000), min_size=1, max_size=40),
        chosen=st.integers(0, 39),
    )
    def test_scoring_with_kept_calibration_equals_the_scoring_that_fitted_it(
        self, revenue, chosen
    ):
        everybody = facts(revenue, [r / 7 for r in revenue])
        scores, calibration = scoring.score(everybody, rules())
        kept = scoring.Calibration.from_json(calibration.to_json())
        at = [chosen % len(revenue)]
        alone = {name: column[at] for name, column in everybody.items()}
        single, _same = scoring.score(alone, rules(), kept)
        for name, column in scores.items():
            np.testing.assert_array_equal(single[name], column[at], name)

    # --- Pareto ---

    @quick
    @given(values=st.lists(numbers, max_size=300))
    def test_pareto_curve_rises_to_one_and_bends_down(self, values):
        shares, cumulated = pareto.curve(np.array(values, float))
        self.assertEqual(shares[0], 0)
        self.assertEqual(cumulated[0], 0)
        self.assertTrue((np.diff(shares) > 0).all())
        self.assertTrue((np.diff(cumulated) >= -1e-12).all())
        self.assertLessEqual(shares.size, 101)
        if any(v > 0 for v in values):
            self.assertAlmostEqual(shares[-1], 1)
            self.assertAlmostEqual(cumulated[-1], 1)
            self.assertTrue((cumulated >= shares - 1e-9).all())

    @quick
    @given(values=st.lists(st.integers(-50, 1000), min_size=1, max_size=60))
    def test_pareto_ranks_and_classes_equal_counting(self, values):
        array = np.array(values, float)
        ranks = pareto.ranks(array).tolist()
        self.assertEqual(ranks, [1 + sum(o > v for o in values) for v in values])
        limits = pareto.limits(array, (0.8, 0.95))
        classes = pareto.classes(array, limits)
        total = sum(v for v in values if v > 0)
        if not total:
            self.assertEqual(set(classes.tolist()), {2})
            return
        for share, best in ((0.8, 0), (0.95, 1)):
            inside = sum(v for v, c in zip(values, classes, strict=True) if c <= best)
            self.assertGreaterEqual(inside, share * total - 1e-6)
            above = sum(v for v in values if v > limits[best])
            self.assertLess(above, share * total)

    # --- AHP ---

    @quick
    @given(
        size=st.integers(1, 8),
        ratios=st.lists(
            st.sampled_from([9, 5, 3, 1, 1 / 3, 1 / 7]), min_size=28, max_size=28
        ),
    )
    def test_ahp_weights_sum_to_one(self, size, ratios):
        pairs = [(i, j) for i in range(size) for j in range(i + 1, size)]
        comparisons = [(i, j, r) for (i, j), r in zip(pairs, ratios, strict=False)]
        matrix = ahp.matrix(size, comparisons)
        np.testing.assert_allclose(matrix * matrix.T, np.ones((size, size)))
        weights = ahp.weights(matrix)
        self.assertAlmostEqual(weights.sum(), 1)
        self.assertTrue((weights > 0).all())
        self.assertGreaterEqual(ahp.consistency_ratio(matrix), -1e-9)
