"""What must hold for any goal, red flag and weights.

Needs ``hypothesis``, so Odoo's own loader does not import this file; pytest does.
"""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ...analytics.scorecard import scorecard

quick = settings(max_examples=100, deadline=None)
numbers = st.integers(-(10**6), 10**6).map(float)
marks = st.tuples(numbers, numbers).filter(lambda pair: pair[0] != pair[1])
scores = st.one_of(st.just(np.nan), st.floats(0, 10))
parts = st.lists(st.tuples(scores, st.integers(0, 9)), max_size=8)


@tagged("post_install", "-at_install")
class TestScoresProperties(BaseCase):
    @quick
    @given(st.lists(numbers, min_size=2, max_size=9), marks)
    def test_better_values_never_score_less_and_stay_in_bounds(self, values, pair):
        goal, red = pair
        better = np.sort(values) if goal > red else np.sort(values)[::-1]
        found = scorecard.score(better, goal, red)
        self.assertTrue((np.diff(found) >= 0).all())
        self.assertTrue(((found >= 0) & (found <= 10)).all())

    @quick
    @given(numbers, marks)
    def test_lower_is_better_is_the_mirror_of_higher_is_better(self, value, pair):
        goal, red = pair
        self.assertAlmostEqual(
            float(scorecard.score(value, goal, red)),
            float(scorecard.score(-value, -goal, -red)),
        )

    @quick
    @given(marks)
    def test_goal_and_red_flag_have_the_same_scores_everywhere(self, pair):
        found = scorecard.score(list(pair), *pair)
        np.testing.assert_allclose(found, [20 / 3, 10 / 3])

    @quick
    @given(parts)
    def test_mean_is_that_of_a_slow_sum_and_never_below_the_worst(self, given_parts):
        known = [part for part in given_parts if not np.isnan(part[0])]
        weight = sum(part[1] for part in known)
        found = scorecard.rollup(*np.array(given_parts).reshape(-1, 2).T)
        self.assertEqual(int(found.missing), len(given_parts) - len(known))
        if weight:
            slow = sum(score * times for score, times in known) / weight
            self.assertAlmostEqual(float(found.score), slow)
            worst = given_parts[int(found.worst)][0]
            self.assertEqual(worst, min(score for score, _times in known))
            self.assertGreaterEqual(float(found.score), worst - 1e-9)
        else:
            self.assertTrue(np.isnan(found.score))
