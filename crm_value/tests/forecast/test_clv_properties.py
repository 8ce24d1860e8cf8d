"""What must hold for any customers of the models of buying and spending.

Needs ``hypothesis``, so Odoo's own loader does not import this file; pytest does.
"""

import warnings

import numpy as np
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ...analytics.forecast import clv, spend
from ...analytics.statistics.grouping import count_rows, unique_rows
from .test_clv import params

quick = settings(
    max_examples=60, deadline=None, suppress_health_check=list(HealthCheck)
)
models = st.sampled_from(clv.MODELS)
# What a fit can return, e^±12 in units of a tenth of the oldest customer's age.
thetas = st.tuples(*[st.floats(-12, 12).map(lambda log: float(np.exp(log)))] * 4)
ages = st.one_of(st.just(0.0), st.floats(1e-3, 1e5), st.integers(0, 800).map(float))
counts = st.one_of(st.integers(0, 3), st.integers(0, 100_000)).map(float)
shares = st.one_of(st.sampled_from([0.0, 1.0]), st.floats(0, 1))
spends = st.one_of(st.just(0.0), st.floats(0.01, 1e6))


@st.composite
def histories(draw, whole_days=False):
    """Return one (x, t_x, T): x purchases after the first until T, in weeks."""
    x, T, share = draw(counts), draw(ages), draw(shares)
    t_x = min(share * T, T) if x else 0.0
    if whole_days:
        T, t_x = round(T * 7) / 7, min(round(t_x * 7), round(T * 7)) / 7
    return x, t_x, T


def arrays(rows):
    """Return test histories as the arrays that the analytics take."""
    return tuple(np.array(column, float) for column in zip(*rows, strict=True))


many = st.lists(histories(), min_size=1, max_size=30)
in_days = st.lists(histories(whole_days=True), min_size=1, max_size=30)
alike = st.tuples(histories(), st.integers(1, 50)).map(lambda pair: [pair[0]] * pair[1])
one_timers = st.lists(ages.map(lambda T: (0.0, 0.0, T)), min_size=1, max_size=30)
anybody = st.one_of(many, in_days, alike, one_timers)


@tagged("post_install", "-at_install")
class TestClvProperties(BaseCase):
    def setUp(self):
        super().setUp()
        # A division by zero or an overflow inside is a defect, even if it is masked.
        stack = warnings.catch_warnings()
        stack.__enter__()
        self.addCleanup(stack.__exit__, None, None, None)
        warnings.simplefilter("error")

    def _assert_predictions(self, given_params, rows):
        alive = clv.probability_alive(given_params, *rows)
        self.assertTrue(((alive >= 0) & (alive <= 1)).all(), alive)
        before, none = np.zeros_like(alive), np.ones_like(alive)
        for t in (0.0, 1e-6, 1.0, 52.0, 260.0, 1e5):
            found = clv.expected_purchases(given_params, t, *rows)
            self.assertTrue(np.isfinite(found).all(), found)
            self.assertTrue((found >= before * (1 - 1e-7)).all(), (t, before, found))
            silent = clv.probability_none(given_params, t, *rows)
            self.assertTrue(((silent >= 0) & (silent <= none + 1e-5)).all(), silent)
            # Markov's inequality; and who is gone does not buy.
            self.assertTrue((1 - silent <= found * (1 + 1e-6) + 1e-5).all())
            self.assertTrue((1 - silent <= alive + 1e-5).all())
            before, none = found, silent

    # --- predictions ---

    @quick
    @given(model=models, theta=thetas, rows=anybody)
    def test_predictions_are_probable_finite_and_grow(self, model, theta, rows):
        self._assert_predictions(params(model, theta), arrays(rows))

    @quick
    @given(
        model=models,
        theta=thetas,
        x=st.integers(1, 100_000),
        T=ages,
        parts=st.tuples(shares, shares).map(sorted),
    )
    def test_later_last_purchase_is_no_less_alive(self, model, theta, x, T, parts):
        t_x = np.minimum(np.array(parts) * T, T)
        rows = np.full(2, float(x)), t_x, np.full(2, T)
        earlier, later = clv.probability_alive(params(model, theta), *rows)
        self.assertGreaterEqual(later, earlier * (1 - 1e-6))

    @quick
    @given(model=models, theta=thetas, rows=anybody)
    def test_expectation_is_at_most_that_of_who_never_leaves(self, model, theta, rows):
        x, t_x, T = arrays(rows)
        found = clv.expected_purchases(params(model, theta), 52, x, t_x, T)
        most = (theta[0] + x) / (theta[1] + T) * 52
        self.assertTrue((found <= most * (1 + 1e-9)).all(), (found, most))

    # --- fit ---

    @quick
    @given(model=models, rows=anybody)
    @example(model="bg", rows=[(0.0, 0.0, 0.0)])
    @example(model="mbg", rows=[(100_000.0, 1e5, 1e5)])
    @example(model="pareto", rows=[(3.0, 0.0, 0.0)] * 20)
    def test_any_customers_can_be_fitted(self, model, rows):
        rows = arrays(rows)
        found = clv.fit(*rows, model=model)
        self.assertTrue(np.isfinite(found.theta).all())
        self.assertTrue((found.theta > 0).all())
        self.assertTrue(np.isfinite(found.log_likelihood))
        covariance = np.array(found.covariance)
        self.assertTrue(np.isfinite(covariance).all())
        self.assertTrue((np.diag(covariance) > 0).all())
        self._assert_predictions(found, rows)

    @quick
    @given(model=models, rows=anybody, draw=st.randoms(use_true_random=False), t=ages)
    def test_order_of_rows_does_not_matter(self, model, rows, draw, t):
        order = list(range(len(rows)))
        draw.shuffle(order)
        one = arrays(rows)
        other = tuple(column[order] for column in one)
        ours, shuffled = clv.fit(*one, model=model), clv.fit(*other, model=model)
        np.testing.assert_array_equal(shuffled.theta, ours.theta)
        for predict in (
            clv.probability_alive,
            lambda given_params, *rows: clv.expected_purchases(given_params, t, *rows),
        ):
            found, expected = predict(shuffled, *other), predict(ours, *one)[order]
            np.testing.assert_array_equal(found, expected)

    # --- spend ---

    @quick
    @given(
        rows=st.lists(st.tuples(counts, spends), min_size=1, max_size=60),
        factor=st.floats(1e-4, 1e4),
    )
    def test_money_in_another_unit_scales_the_spend(self, rows, factor):
        x, m = arrays(rows)
        one, other = spend.fit(x, m, prior=True), spend.fit(x, factor * m, prior=True)
        self.assertEqual(one.p is None, other.p is None)
        found = spend.expected_spend(other, x, factor * m)
        expected = factor * spend.expected_spend(one, x, m)
        np.testing.assert_allclose(found, expected, rtol=1e-3)

    @quick
    @given(rows=st.lists(st.tuples(counts, spends), min_size=1, max_size=60))
    def test_expected_spend_lies_between_own_and_common_mean(self, rows):
        x, m = arrays(rows)
        found = spend.fit(x, m, prior=True)
        expected = spend.expected_spend(found, x, m)
        if not found.n:
            self.assertTrue(np.isnan(expected).all())
            return
        own = np.where((x > 0) & (m > 0), m, found.mean)
        low, high = np.minimum(own, found.mean), np.maximum(own, found.mean)
        self.assertTrue((expected >= low * (1 - 1e-9)).all())
        self.assertTrue((expected <= high * (1 + 1e-9)).all())

    @quick
    @given(
        rows=st.lists(st.tuples(counts, spends), min_size=1, max_size=60),
        draw=st.randoms(use_true_random=False),
    )
    def test_order_of_rows_does_not_matter_for_spend(self, rows, draw):
        shuffled = list(rows)
        draw.shuffle(shuffled)
        one, other = (spend.fit(*arrays(r), prior=True) for r in (rows, shuffled))
        probe = np.array([0, 1, 10.0]), np.array([0, 5, 50.0])
        np.testing.assert_allclose(
            spend.expected_spend(other, *probe),
            spend.expected_spend(one, *probe),
            rtol=1e-3,
        )

    # --- groups ---

    @quick
    @given(rows=anybody)
    def test_groups_equal_those_of_numpy(self, rows):
        # Times nearer to each other than a millionth of a day are the same.
        stacked = np.round(np.array(rows) * 7, 3) / 7
        *found, sizes, group = unique_rows(*stacked.T)
        found = np.stack(found, axis=1)
        expected, expected_sizes = np.unique(stacked, axis=0, return_counts=True)
        order = np.lexsort(found.T[::-1])
        np.testing.assert_allclose(found[order], expected, atol=1e-6)
        np.testing.assert_array_equal(sizes[order], expected_sizes)
        np.testing.assert_allclose(found[group], stacked, atol=1e-6)
        *counted, counts_alone = count_rows(*stacked.T)
        np.testing.assert_allclose(np.stack(counted, axis=1), found, atol=1e-6)
        np.testing.assert_array_equal(counts_alone, sizes)
