"""What must hold for any answers.

Needs ``hypothesis``, so Odoo's own loader does not import this file; pytest does.
"""

import warnings
from functools import partial

import numpy as np
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ...analytics.satisfaction import index, pls, satisfaction

quick = settings(
    max_examples=80, deadline=None, suppress_health_check=list(HealthCheck)
)
NAN = float("nan")
weights = st.floats(1e-3, 1e3)


def given_on(low, high):
    """Return a strategy of one answer, or none, on a scale."""
    return st.one_of(st.just(NAN), st.integers(low, high).map(float))


@st.composite
def items(draw):
    """Return (mean scores 0–100, weights) of one construct's items."""
    size = draw(st.integers(1, 6))
    score = st.one_of(st.just(NAN), st.floats(0, 100))
    means = draw(st.lists(score, min_size=size, max_size=size))
    weighted = draw(st.lists(weights, min_size=size, max_size=size))
    return np.array(means), np.array(weighted)


def index_of(means, weighted):
    """Return the index of one construct whose items have these means."""
    one = np.ones((len(means), 1), dtype=bool)
    return index.values_only(means[None], one, weighted).values[0]


def net(given):
    """Return the figures of answers to how likely somebody recommends us."""
    known = np.array([answer for answer in given if not np.isnan(answer)])
    up = (known >= satisfaction.PROMOTER).sum()
    down = (known < satisfaction.PASSIVE).sum()
    return known.size, *map(float, satisfaction.net_share(up, down, known.size))


def satisfied(given, best):
    """Return the figures of answers of which the two best count as satisfied."""
    known = np.array([answer for answer in given if not np.isnan(answer)])
    content = (known > best - 2).sum()
    return known.size, *map(float, satisfaction.satisfied_share(content, known.size))


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
        usable = index.complete_cases(data, structure)
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
    def test_index_is_between_its_items(self, case):
        means, weighted = case
        found = index_of(means, weighted)
        known = means[~np.isnan(means)]
        if not known.size:
            self.assertTrue(np.isnan(found))
            return
        self.assertGreaterEqual(found, known.min() - 1e-6)
        self.assertLessEqual(found, known.max() + 1e-6)

    @quick
    @given(case=items(), factor=st.sampled_from([0.1, 2.0, 100.0]))
    def test_only_the_proportion_of_weights_matters(self, case, factor):
        means, weighted = case
        one, other = index_of(means, weighted), index_of(means, factor * weighted)
        np.testing.assert_allclose(other, one, rtol=1e-9, atol=1e-9)

    @quick
    @given(case=items(), at=st.integers(0, 5), rise=st.floats(0, 1))
    def test_better_answers_never_lower_the_index(self, case, at, rise):
        means, weighted = case
        at %= len(means)
        better = means.copy()
        better[at] = means[at] + rise * (100 - means[at])
        one, other = index_of(means, weighted), index_of(better, weighted)
        if not np.isnan(one):
            self.assertGreaterEqual(other, one - 1e-9)

    # --- shares ---

    def _assert_measure(self, found, least, most):
        n, value, low, high = found
        if not n:
            self.assertTrue(np.isnan([value, low, high]).all())
            return
        self.assertTrue(least <= value <= most, found)
        if not np.isnan(low):
            self.assertTrue(least <= low <= value + 1e-9, found)
            self.assertTrue(value - 1e-9 <= high <= most, found)

    @quick
    @given(given=st.lists(given_on(0, 10), max_size=40))
    @example(given=[0.0])
    @example(given=[10.0] * 40)
    @example(given=[NAN])
    def test_nps_is_within_its_interval_and_bounds(self, given):
        self._assert_measure(net(given), -100, 100)

    @quick
    @given(given=st.lists(given_on(1, 5), max_size=40))
    @example(given=[1.0])
    @example(given=[5.0] * 40)
    def test_csat_is_within_its_interval_and_bounds(self, given):
        self._assert_measure(satisfied(given, best=5), 0, 100)

    @quick
    @given(
        given=st.lists(given_on(0, 10), min_size=1, max_size=40),
        draw=st.randoms(use_true_random=False),
    )
    def test_order_of_people_does_not_matter_for_shares(self, given, draw):
        shuffled = list(given)
        draw.shuffle(shuffled)
        for measure in (net, partial(satisfied, best=10)):
            np.testing.assert_allclose(measure(shuffled), measure(given), atol=1e-9)

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
