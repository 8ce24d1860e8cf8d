"""Scores between goal and red flag, and what is made of them."""

import numpy as np

from odoo.tests import BaseCase, tagged

from ...analytics.scorecard import scorecard


@tagged("post_install", "-at_install")
class TestScores(BaseCase):
    def test_goal_700_and_red_flag_500_are_those_of_scorecard_software(self):
        values = [300, 500, 600, 700, 900]
        scores = scorecard.score(values, 700, 500)
        np.testing.assert_allclose(scores, [0, 10 / 3, 5, 20 / 3, 10], atol=1e-12)

    def test_beyond_both_ends_scores_stay(self):
        self.assertEqual(scorecard.score([-1e9, 1e9], 700, 500).tolist(), [0, 10])

    def test_less_is_better_where_the_goal_is_below_the_red_flag(self):
        scores = scorecard.score([0, 2, 5, 8, 20], 2, 5)
        np.testing.assert_allclose(scores, [80 / 9, 20 / 3, 10 / 3, 0, 0], atol=1e-12)

    def test_unknown_stays_unknown(self):
        scores = scorecard.score([1, np.nan, 1, 1], [2, 2, np.nan, 3], [1, 1, 1, 3])
        self.assertEqual(np.isnan(scores).tolist(), [False, True, True, True])

    def test_goals_of_each_month_apply_to_that_month(self):
        scores = scorecard.score([700, 700], [700, 900], [500, 700])
        np.testing.assert_allclose(scores, [20 / 3, 10 / 3])

    def test_light_changes_at_goal_and_red_flag_exactly(self):
        for goal, red in ((0.7, 0.4), (0.3, 0.9), (1 / 3, 1 / 7), (1e9, 1e9 - 7)):
            ends = scorecard.light(scorecard.score([goal, red], goal, red))
            self.assertEqual(ends.tolist(), ["good", "warn"])

    def test_weights_of_two_to_one_are_two_thirds_and_one_third(self):
        found = scorecard.rollup([[10, 0], [0, 10]], [2, 1])
        np.testing.assert_allclose(found.score, [20 / 3, 10 / 3])
        self.assertEqual(found.worst.tolist(), [1, 0])

    def test_unknown_gives_its_weight_to_the_others_and_is_counted(self):
        found = scorecard.rollup([[np.nan, 6, 3], [9, 6, 3]], [4, 1, 1])
        np.testing.assert_allclose(found.score, [4.5, 7.5])
        self.assertEqual(found.missing.tolist(), [1, 0])

    def test_red_one_is_named_whatever_its_weight(self):
        found = scorecard.rollup([10, 10, 1], [5, 5, 0])
        self.assertEqual((float(found.score), int(found.worst)), (10, 2))

    def test_nothing_known_and_nothing_there_have_no_score(self):
        for scores, missing in (([np.nan, np.nan], 2), ([], 0)):
            found = scorecard.rollup(scores, np.ones(len(scores)))
            self.assertTrue(np.isnan(found.score))
            self.assertEqual((int(found.worst), int(found.missing)), (-1, missing))
        self.assertTrue(np.isnan(scorecard.rollup([5.0], [0]).score))
