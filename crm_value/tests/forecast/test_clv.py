"""Models of buying and spending on simulated customers, whose truth is known."""

import numpy as np

from odoo.tests import BaseCase, tagged

from ...analytics.forecast import bgnbd, clv, spend
from ...analytics.statistics import grouping, likelihood
from .clv_samples import HOLD_OUT, SPENDING, TRUTH, simulated, simulated_spend

STAYS = (0.6, 6.0, 1e-9, 5.0)  # r, α, a, b: leaves once in five billion purchases


def params(model, theta=None):
    """Return known parameters as if they had been fitted."""
    theta = theta or TRUTH[model]
    return clv.Params(model, **dict(zip(clv.NAMES[model], theta, strict=True)))


def scaled(found, T):
    """Return ln θ in the units in which it was fitted."""
    factor = clv.SPAN / T.max()
    units = [factor if name in clv.TIMES else 1 for name in clv.NAMES[found.model]]
    return np.log(found.theta * units)


def fails(found, T):
    """Whether a fit has no result: the search ended at its bound, or not at all."""
    outside = np.abs(scaled(found, T)) > likelihood.BOUND - 1e-6
    return not found.converged or outside.any()


@tagged("post_install", "-at_install")
class TestClv(BaseCase):
    # --- fit ---

    def test_fit_finds_the_truth_within_its_own_errors(self):
        for model, theta in TRUTH.items():
            with self.subTest(model=model):
                found = clv.fit(*simulated(model, theta, 5_000).rows, model=model)
                errors = np.sqrt(np.diag(found.covariance))
                away = np.log(found.theta) - np.log(theta)
                self.assertTrue((np.abs(away) < 4 * errors).all(), away / errors)
                self.assertTrue((errors < 0.6).all(), errors)

    def test_log_likelihood_of_a_fit_is_that_of_the_single_histories(self):
        rows = simulated("bg", TRUTH["bg"], 500).rows
        found = clv.fit(*rows)
        value, _slope = bgnbd.log_likelihood(found.theta, *rows)
        self.assertAlmostEqual(found.log_likelihood, value.sum(), places=6)
        self.assertEqual(found.n, 500)

    def test_search_begun_among_some_ends_at_the_maximum_of_all(self):
        found = simulated("bg", TRUTH["bg"], 60_000)
        theta = clv.fit(*found.rows, prior=False).theta
        _value, slope = bgnbd.log_likelihood(theta, *found.rows)
        self.assertLess(np.abs(slope.mean(axis=1) * theta).max(), 1e-5)
        again = found.x > 0
        self.assertGreater(again.sum(), 2 * spend.MOST)
        x, m = found.x[again], simulated_spend(SPENDING, found.x)[again]
        spending = spend.fit(x, m)
        theta = np.array([spending.p, spending.q, spending.v])
        _value, slope = spend.log_likelihood(theta, x, m)
        self.assertLess(np.abs(slope.mean(axis=1) * theta).max(), 1e-5)

    def test_prior_saves_the_fits_on_fifty_customers(self):
        for model, theta in TRUTH.items():
            failed = {False: 0, True: 0}
            for seed in range(40):
                rows = simulated(model, theta, 50, seed=seed, ages=(30, 39)).rows
                for prior in failed:
                    found = clv.fit(*rows, model=model, prior=prior)
                    failed[prior] += fails(found, rows[2])
            with self.subTest(model=model):
                self.assertGreater(failed[False], 4)  # about a quarter
                self.assertEqual(failed[True], 0)

    def test_prior_hardly_moves_a_fit_on_many_customers(self):
        rows = simulated("bg", TRUTH["bg"], 5_000).rows
        with_prior, without = (clv.fit(*rows, prior=prior) for prior in (True, False))
        np.testing.assert_allclose(with_prior.theta, without.theta, rtol=0.02)

    def test_customers_who_never_leave_show_no_dropout(self):
        rows = simulated("bg", STAYS, 2_000).rows
        for model in clv.MODELS:
            with self.subTest(model=model):
                self.assertFalse(clv.fit(*rows, model=model).dropout)

    def test_customers_who_leave_show_dropout(self):
        for model, theta in TRUTH.items():
            rows = simulated(model, theta, 2_000).rows
            for fitted in clv.MODELS:
                with self.subTest(simulated=model, fitted=fitted):
                    self.assertTrue(clv.fit(*rows, model=fitted).dropout)

    def test_figures_that_are_no_history_are_refused(self):
        for x, t_x, T in (
            ([], [], []),
            ([1, 2], [1, 2], [3]),
            ([1], [4], [3]),
            ([-1], [0], [3]),
            ([1], [-1], [3]),
            ([0], [1], [3]),
            ([1], [1], [float("nan")]),
        ):
            with self.subTest(x=x, t_x=t_x, T=T), self.assertRaises(ValueError):
                clv.fit(x, t_x, T)
        with self.assertRaises(ValueError):
            clv.fit([1], [1], [3], model="nbd")

    # --- predictions ---

    def test_predictions_are_right_on_average(self):
        for model, theta in TRUTH.items():
            data = simulated(model, theta, 100_000)
            alive = clv.probability_alive(params(model), *data.rows)
            expected = clv.expected_purchases(params(model), HOLD_OUT, *data.rows)
            for low in np.arange(0, 1, 0.1):
                inside = (alive >= low) & (alive <= low + 0.1)
                with self.subTest(model=model, alive=low):
                    self._assert_mean(~data.left[inside], alive[inside])
                    self._assert_mean(data.later[inside], expected[inside])

    def _assert_mean(self, seen, expected):
        if seen.size > 100:
            error = np.std(seen - expected) / np.sqrt(seen.size)
            away = abs(seen.mean() - expected.mean())
            self.assertLess(away, 4.5 * error + 1e-9)

    def test_bg_expectation_is_continuous_where_a_is_one(self):
        history = np.array([(0, 0, 30), (2, 20, 38), (30, 50, 50)], float).T
        for modified in (False, True):
            at_one, below, above, aside, across = (
                bgnbd.expected_purchases((0.5, 5, a, 2.0), 52, *history, modified)
                for a in (1, 1 - 1e-9, 1 + 1e-9, 1 - 2e-5, 1 + 2e-5)
            )
            np.testing.assert_allclose(below, at_one, rtol=1e-9)
            np.testing.assert_allclose(above, at_one, rtol=1e-9)
            np.testing.assert_allclose(at_one, (aside + across) / 2, rtol=1e-7)
            self.assertTrue(((aside > at_one) & (at_one > across)).all())

    def test_pareto_expectation_is_continuous_where_s_is_one(self):
        found = [
            clv.expected_purchases(params("pareto", (0.5, 5, s, 9.0)), 52, 2, 20, 38)
            for s in (1, 1 - 1e-9, 1 + 1e-9, 1 - 1e-6, 1 + 1e-6)
        ]
        np.testing.assert_allclose(found, found[0], rtol=1e-5)

    # --- money ---

    def test_spend_fit_finds_the_truth(self):
        x = simulated("bg", TRUTH["bg"], 10_000).x
        m = simulated_spend(SPENDING, x)
        for prior in (False, True):
            found = spend.fit(x, m, prior=prior)
            theta = (found.p, found.q, found.v)
            np.testing.assert_allclose(theta, SPENDING, rtol=0.15)
            self.assertAlmostEqual(found.mean, 35.22, delta=1)

    def test_log_likelihood_of_a_spend_fit_is_that_of_the_single_customers(self):
        x = simulated("bg", TRUTH["bg"], 2_000).x
        m = simulated_spend(SPENDING, x)
        again = x > 0
        for prior in (False, True):
            found = spend.fit(x, m, prior=prior)
            theta = (found.p, found.q, found.v)
            value, _slope = spend.log_likelihood(theta, x[again], m[again])
            self.assertAlmostEqual(found.log_likelihood, value.sum(), places=6)

    def test_spend_of_many_is_that_of_each(self):
        x = simulated("bg", TRUTH["bg"], 2 * grouping.BLOCK + 1).x
        known = spend.Params(p=6.25, q=3.74, v=15.44, level=0.9, young=1.2)
        m, opening, T = simulated_spend(SPENDING, x), x % 3, np.arange(x.size) / 1_000
        for params in (known, known.by_credibility(30.0, 1.0, 1.0)):
            found = spend.expected_spend(params, x, m, opening, T)
            for rows in (slice(0, 9), slice(-9, None)):
                part = (column[rows] for column in (x, m, opening, T))
                np.testing.assert_array_equal(
                    found[rows], spend.expected_spend(params, *part)
                )

    def test_spend_without_a_mean_is_shrunken(self):
        x = np.ones(3_000)
        heavy = spend.fit(x, simulated_spend((2.0, 0.6, 10.0), x))
        self.assertIsNone(heavy.p)
        self.assertEqual(spend.expected_spend(heavy, 0, 0), heavy.mean)
        few = spend.fit(np.array([1, 3]), np.array([10.0, 30.0]))
        self.assertEqual(spend.expected_spend(few, 3, 15.0), (3 * 25 + 3 * 15) / 6)

    def test_discounted_equals_a_loop(self):
        cumulated = np.cumsum(np.random.default_rng(3).random((24, 5)), axis=0)
        slow = []
        for column in cumulated.T:
            before, total = 0.0, 0.0
            for period, until in enumerate(column, start=1):
                total += (until - before) / 1.01**period
                before = until
            slow.append(total)
        np.testing.assert_allclose(clv.discounted(cumulated, 0.01), slow, rtol=1e-12)

    def test_contract_value_equals_a_loop(self):
        for retention, rate in ((0.8, 0.1), (0.0, 0.1), (1.0, 0.05), (0.99, 0.01)):
            slow = sum(
                100 * (retention / (1 + rate)) ** year for year in range(1, 5000)
            )
            found = clv.contract_value(100.0, retention, rate)
            self.assertAlmostEqual(float(found), slow, places=6)

    # --- grouping ---

    def test_grouped_fit_equals_the_fit_of_repeated_rows(self):
        rows = np.array(simulated("mbg", TRUTH["mbg"], 300).rows)
        once, thrice = (
            clv.fit(*np.repeat(rows, times, axis=1), model="mbg", prior=False)
            for times in (1, 3)
        )
        np.testing.assert_allclose(thrice.theta, once.theta, rtol=1e-4)
        self.assertEqual((thrice.n, thrice.groups), (900, once.groups))

    def test_groups_of_times_between_days_are_found(self):
        rows = np.array([(1, 2.03, 9.5), (0, 0, 9.5), (1, 2.03, 9.5)]).T
        *found, counts, group = grouping.unique_rows(*rows)
        self.assertEqual(counts.tolist()[group[0]], 2)
        np.testing.assert_array_equal(np.stack(found)[:, group], rows)
