"""What must hold for any answers.

Needs ``hypothesis``, so Odoo's own loader does not import this file; pytest does.
"""

import warnings

import numpy as np
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ...analytics.satisfaction import answers, pls, satisfaction

quick = settings(
    max_examples=80, deadline=None, suppress_health_check=list(HealthCheck)
)
NAN = float("nan")
scales = st.sampled_from([(0, 10), (1, 5), (1, 7), (1, 10), (0, 1)])
weights = st.one_of(st.just(0.0), st.floats(1e-3, 1e3))


def given_on(low, high):
    """Return a strategy of one answer, or none, on a scale."""
    return st.one_of(st.just(NAN), st.integers(low, high).map(float))


@st.composite
def items(draw):
    """Return (means, low, high, weights) of one construct's items."""
    limits = draw(st.lists(scales, min_size=1, max_size=6))
    means = [draw(st.one_of(st.just(NAN), st.floats(*map(float, s)))) for s in limits]
    low, high = np.array(limits, float).T
    weighted = draw(st.lists(weights, min_size=len(limits), max_size=len(limits)))
    return np.array(means), low, high, np.array(weighted)


@st.composite
def questionnaires(draw):
    """Return answers (n, k), gaps included, k of 2 to 7 items in 2 or 3 blocks."""
    sizes = draw(st.lists(st.integers(1, 3), min_size=2, max_size=3))
    people, k = draw(st.integers(3, 25)), sum(sizes)
    row = st.lists(given_on(1, 10), min_size=k, max_size=k)
    data = np.array(draw(st.lists(row, min_size=people, max_size=people)), float)
    ends = np.cumsum(sizes)
    blocks = {
        f"c{at}": range(end - size, end)
        for at, (size, end) in enumerate(zip(sizes, ends, strict=True))
    }
    names = list(blocks)
    paths = [(a, b) for at, a in enumerate(names) for b in names[at + 1 :]]
    return data, satisfaction.structure(data, blocks, paths)


@st.composite
def plausible(draw):
    """Return complete answers (n, 6) of people with opinions, and their structure."""
    rng = np.random.default_rng(draw(st.integers(0, 10_000)))
    people = draw(st.integers(40, 120))
    first = rng.normal(size=people)
    second = 0.7 * first + 0.6 * rng.normal(size=people)
    third = 0.6 * second + 0.3 * first + 0.6 * rng.normal(size=people)
    opinions = np.column_stack([first, first, second, second, third, third])
    data = np.clip(np.round(6 + 2 * opinions + rng.normal(size=opinions.shape)), 1, 10)
    blocks = {"a": (0, 1), "b": (2, 3), "c": (4, 5)}
    paths = [("a", "b"), ("a", "c"), ("b", "c")]
    return data, satisfaction.structure(data, blocks, paths)


def estimated(data, structure):
    """Return the model of what is usable, or None where nothing can be said."""
    try:
        usable = answers.usable(data, structure)
        return pls.fit(usable.data, usable.structure)
    except pls.NotEstimable:
        return None


@tagged("post_install", "-at_install")
class TestSatisfactionProperties(BaseCase):
    def setUp(self):
        super().setUp()
        # A division by zero or an overflow inside is a defect, even if it is masked.
        stack = warnings.catch_warnings()
        stack.__enter__()
        self.addCleanup(stack.__exit__, None, None, None)
        warnings.simplefilter("error")

    # --- index ---

    @quick
    @given(case=items())
    def test_index_is_between_its_items_and_within_0_and_100(self, case):
        means, low, high, weighted = case
        found = satisfaction.index(means, low, high, weighted)
        counts = ~np.isnan(means) & (weighted > 0)
        if not counts.any():
            self.assertTrue(np.isnan(found))
            return
        scores = 100 * ((means - low) / (high - low))[counts]
        self.assertGreaterEqual(found, max(scores.min() - 1e-6, -1e-9))
        self.assertLessEqual(found, min(scores.max() + 1e-6, 100 + 1e-9))

    @quick
    @given(case=items(), shift=st.integers(-5, 5))
    def test_scales_that_begin_elsewhere_give_the_same_index(self, case, shift):
        means, low, high, weighted = case
        one = satisfaction.index(means, low, high, weighted)
        other = satisfaction.index(means + shift, low + shift, high + shift, weighted)
        np.testing.assert_allclose(other, one, atol=1e-6)

    @quick
    @given(case=items(), factor=st.sampled_from([0.1, 2.0, 100.0]))
    def test_only_the_proportion_of_weights_matters(self, case, factor):
        means, low, high, weighted = case
        one = satisfaction.index(means, low, high, weighted)
        other = satisfaction.index(means, low, high, factor * weighted)
        np.testing.assert_allclose(other, one, rtol=1e-9, atol=1e-9)

    @quick
    @given(case=items(), at=st.integers(0, 5), rise=st.floats(0, 1))
    def test_better_answers_never_lower_the_index(self, case, at, rise):
        means, low, high, weighted = case
        at %= len(means)
        better = means.copy()
        better[at] = means[at] + rise * (high[at] - means[at])
        one = satisfaction.index(means, low, high, weighted)
        other = satisfaction.index(better, low, high, weighted)
        if not np.isnan(one):
            self.assertGreaterEqual(other, one - 1e-9)

    # --- shares ---

    def _assert_measure(self, found, low, high):
        if not found.n:
            self.assertTrue(np.isnan([found.value, found.low, found.high]).all())
            return
        self.assertTrue(low <= found.value <= high, found)
        if not np.isnan(found.low):
            self.assertTrue(low <= found.low <= found.value + 1e-9, found)
            self.assertTrue(found.value - 1e-9 <= found.high <= high, found)

    @quick
    @given(given=st.lists(given_on(0, 10), max_size=40))
    @example(given=[0.0])
    @example(given=[10.0] * 40)
    @example(given=[NAN])
    def test_nps_is_within_its_interval_and_bounds(self, given):
        found = satisfaction.nps(given)
        self._assert_measure(found, -100, 100)
        self.assertEqual(found.n, sum(not np.isnan(answer) for answer in given))

    @quick
    @given(given=st.lists(given_on(1, 5), max_size=40))
    @example(given=[1.0])
    @example(given=[5.0] * 40)
    def test_csat_is_within_its_interval_and_bounds(self, given):
        self._assert_measure(satisfaction.csat(given, best=5), 0, 100)

    @quick
    @given(
        given=st.lists(given_on(0, 10), min_size=1, max_size=40),
        draw=st.randoms(use_true_random=False),
    )
    def test_order_of_people_does_not_matter_for_shares(self, given, draw):
        shuffled = list(given)
        draw.shuffle(shuffled)
        for measure in (satisfaction.nps, lambda a: satisfaction.csat(a, best=10)):
            one, other = measure(given), measure(shuffled)
            np.testing.assert_allclose(
                [other.value, other.low, other.high, other.n],
                [one.value, one.low, one.high, one.n],
                atol=1e-9,
            )

    # --- path model ---

    @quick
    @given(case=questionnaires())
    def test_any_answers_give_a_finite_model_or_none(self, case):
        found = estimated(*case)
        if found is None:
            return
        self.assertTrue(np.isfinite(found.paths).all())
        self.assertTrue((np.abs(found.loadings) <= 1 + 1e-9).all())
        self.assertTrue(
            ((found.r2 >= -1e-9) & (found.r2 <= 1 + 1e-9))[~np.isnan(found.r2)].all()
        )

    @quick
    @given(case=plausible(), draw=st.randoms(use_true_random=False))
    def test_order_of_people_does_not_matter_for_paths(self, case, draw):
        data, structure = case
        order = list(range(len(data)))
        draw.shuffle(order)
        one, other = estimated(data, structure), estimated(data[order], structure)
        np.testing.assert_allclose(other.paths, one.paths, atol=1e-9)
        np.testing.assert_allclose(other.scores, one.scores[order], atol=1e-9)

    @quick
    @given(
        case=plausible(),
        shift=st.integers(-5, 5),
        factor=st.sampled_from([0.1, 1.0, 9.0]),
    )
    def test_another_scale_leaves_the_paths(self, case, shift, factor):
        data, structure = case
        one = estimated(data, structure)
        other = estimated(factor * data + shift, structure)
        np.testing.assert_allclose(other.paths, one.paths, atol=1e-9)
        np.testing.assert_allclose(other.r2, one.r2, atol=1e-9)
