"""Properties of the draw, over random sizes, shares and orders."""

from random import Random

import numpy as np

from odoo.tests import BaseCase, tagged

from ...analytics.campaign.draw import draw


@tagged("post_install", "-at_install")
class TestDraw(BaseCase):
    def _cases(self):
        random = Random(7)
        for case in range(200):
            size = random.randint(1, 300)
            strata = [random.choice("abcdefg") for _one in range(size)]
            keys = random.sample(range(1, 10_000), size)
            yield case, np.array(strata), random.uniform(0.05, 0.5), keys

    def test_each_stratum_holds_out_its_share_up_to_one(self):
        for seed, strata, share, keys in self._cases():
            held = draw(strata, share, seed, keys)
            for one in set(strata.tolist()):
                wanted = share * (strata == one).sum()
                self.assertLess(abs(held[strata == one].sum() - wanted), 1 + 1e-9)

    def test_all_strata_together_hold_out_the_rounded_share(self):
        for seed, strata, share, keys in self._cases():
            held = draw(strata, share, seed, keys)
            self.assertLessEqual(abs(held.sum() - share * strata.size), 0.5 + 1e-9)

    def test_order_of_customers_does_not_matter(self):
        for seed, strata, share, keys in self._cases():
            first = draw(strata, share, seed, keys)
            order = np.array(Random(seed).sample(range(len(keys)), len(keys)))
            again = draw(strata[order], share, seed, np.array(keys)[order].tolist())
            self.assertEqual(first[order].tolist(), again.tolist())

    def test_another_seed_draws_others(self):
        strata, keys = np.array(["a"] * 200), range(200)
        one, other = (draw(strata, 0.5, seed, keys) for seed in ("one", "other"))
        self.assertTrue(40 < (one & other).sum() < 60)

    def test_everybody_is_held_out_as_often(self):
        strata, keys = np.array(["a"] * 30 + ["b"] * 10), range(40)
        times = sum(draw(strata, 0.2, seed, keys).astype(int) for seed in range(2000))
        self.assertTrue(np.all(np.abs(times / 2000 - 0.2) < 0.05))
