"""Who is held out: the same people each time, of each stratum its share."""

import numpy as np
from scipy import stats

from odoo.tests import BaseCase, tagged

from ...analytics.campaign import drawing

KEYS = np.arange(1, 1001)


@tagged("post_install", "-at_install")
class TestDrawing(BaseCase):
    def test_order_of_the_customers_changes_nobody(self):
        strata = KEYS % 7
        held = drawing.draw(strata, 0.1, 5, KEYS)
        for seed in range(5):
            mixed = np.random.default_rng(seed).permutation(KEYS.size)
            again = drawing.draw(strata[mixed], 0.1, 5, KEYS[mixed])
            np.testing.assert_array_equal(again, held[mixed])

    def test_another_seed_draws_others(self):
        strata = np.zeros(KEYS.size, int)
        both = [drawing.draw(strata, 0.1, seed, KEYS) for seed in (1, 2)]
        self.assertEqual([held.sum() for held in both], [100, 100])
        self.assertLess((both[0] & both[1]).sum(), 25)

    def test_each_stratum_and_all_together_have_their_share_to_one(self):
        random = np.random.default_rng(2)
        for seed in range(50):
            n = int(random.integers(0, 400))
            strata, share = random.integers(0, 15, n), float(random.random())
            held = drawing.draw(strata, share, seed, random.permutation(n) + 1)
            self.assertLess(abs(held.sum() - n * share), 1 + 1e-6)
            for one in set(strata.tolist()):
                of = strata == one
                self.assertLess(abs(held[of].sum() - share * of.sum()), 1 + 1e-6)

    def test_over_many_seeds_everybody_is_held_out_as_often(self):
        """Strata of three with a share of a tenth: mostly nobody, never left out."""
        keys, seeds = np.arange(1, 61), 4000
        often = sum(drawing.draw(keys // 3, 0.1, seed, keys) for seed in range(seeds))
        spread = np.sqrt(seeds * 0.1 * 0.9)
        self.assertLess(np.abs(often - seeds * 0.1).max(), 4 * spread)

    def test_two_customers_are_drawn_as_if_apart(self):
        """Neighbours by number are held out together as often as strangers."""
        strata = np.zeros(KEYS.size, int)
        together = sum(
            (held[:-1] & held[1:]).sum()
            for held in (drawing.draw(strata, 0.1, seed, KEYS) for seed in range(200))
        )
        self.assertAlmostEqual(together / 200, 999 * 0.1 * 99 / 999, delta=0.8)

    def test_numbers_are_spread_evenly(self):
        for seed in (0, 1, -3, 2**40):
            found = drawing.uniform(seed, np.arange(20000))
            self.assertGreater(stats.kstest(found, "uniform").pvalue, 0.001)

    def test_nobody_and_everybody(self):
        none = np.zeros(0, int)
        self.assertEqual(drawing.draw(none, 0.1, 1, none).size, 0)
        strata = KEYS % 3
        self.assertFalse(drawing.draw(strata, 0.0, 1, KEYS).any())
        self.assertTrue(drawing.draw(strata, 1.0, 1, KEYS).all())

    def test_lost_customers_are_noticed(self):
        # (800 - 752)² / 752 + (140 - 188)² / 188 = 15.32
        self.assertAlmostEqual(
            drawing.sample_ratio(800, 140, 0.2), stats.chi2.sf(15.3191, 1), places=6
        )
        self.assertGreater(drawing.sample_ratio(21307, 21306, 0.5), 0.99)
        for odd in ((0, 0, 0.2), (5, 5, 0.0), (5, 5, 1.0)):
            self.assertTrue(np.isnan(drawing.sample_ratio(*odd)))
