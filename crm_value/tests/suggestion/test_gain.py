"""What suggesting adds is told from chance, and seldom where there is nothing."""

import numpy as np

from odoo.tests import BaseCase, tagged

from ...analytics.suggestion import gain


def drawn(random, n=1000, bought=0.06, more=0.0):
    """Return (margins of suggestions, which were held out): most are not bought."""
    held = random.random(n) < 0.1
    buys = random.random(n) < np.where(held, bought, bought + more)
    return np.where(buys, random.lognormal(3, 1.2, n), 0.0), held


@tagged("post_install", "-at_install")
class TestGain(BaseCase):
    def test_nothing_is_called_an_effect_about_one_time_in_twenty(self):
        random = np.random.default_rng(7)
        wrong = 0
        for _time in range(300):
            found = gain.gain(*drawn(random))
            wrong += not found.low <= 0 <= found.high
        self.assertLessEqual(wrong / 300, 0.08)

    def test_what_is_added_is_found(self):
        found = gain.gain(*drawn(np.random.default_rng(3), n=6000, more=0.08))
        self.assertGreater(found.low, 0)
        self.assertLess(found.low, found.difference)
        self.assertLess(found.difference, found.high)

    def test_below_thirty_held_out_nothing_is_said(self):
        found = gain.gain(np.ones(100), np.arange(100) < 29)
        self.assertTrue(np.isnan(found.low) and np.isnan(found.high))
        self.assertEqual((found.shown, found.held), (71, 29))

    def test_nothing_suggested_has_no_means(self):
        found = gain.gain(np.zeros(0), np.zeros(0, bool))
        self.assertEqual((found.shown, found.held), (0, 0))
        self.assertTrue(np.isnan(found.difference))

    def test_nothing_bought_is_no_difference(self):
        found = gain.gain(np.zeros(400), np.arange(400) < 40)
        self.assertEqual((found.difference, found.low, found.high), (0, 0, 0))

    def test_the_draw_is_that_of_all_held_out_groups(self):
        """With one purchase the chance that it is held out is the share held out."""
        outcome = np.zeros(300)
        outcome[0] = 30.0
        chance = gain._by_chance(outcome, 30, np.random.default_rng(1))
        self.assertAlmostEqual((chance < 0).mean(), 0.1, delta=0.025)
        self.assertAlmostEqual(chance.max(), 30 / 270)
