import doctest

import numpy as np

from odoo.tests import BaseCase, tagged

from ...analytics.lead import foresight, likeness, newcomers
from ...analytics.lead.likeness import ANY


@tagged("post_install", "-at_install")
class TestLikeness(BaseCase):
    """The mean of customers alike, by hand and by simulation."""

    def test_examples_in_the_docstrings_hold(self):
        for module in (foresight, likeness, newcomers):
            found = doctest.testmod(module)
            self.assertGreater(found.attempted, 0)
            self.assertFalse(found.failed)

    def test_two_groups_are_shrunken_as_by_hand(self):
        """Five of 0 to 4 and five of 10 to 14: σ² = 2.5, τ² = 49.5, w = .99."""
        traits = np.repeat([[1], [2]], 5, axis=0)
        values = np.array([0.0, 1, 2, 3, 4, 10, 11, 12, 13, 14])
        groups = likeness.fit(traits, values)
        between = (5 * 2 * 25.0 - 2.5) / (10 - 50 / 10)
        weight = 5 * between / (5 * between + 2.5)
        self.assertAlmostEqual(groups[1,].weight, weight)
        self.assertAlmostEqual(groups[1,].estimate, weight * 2 + (1 - weight) * 7)
        self.assertAlmostEqual(groups[2,].estimate, weight * 12 + (1 - weight) * 7)

    def test_groups_that_do_not_differ_say_what_all_say(self):
        traits = np.repeat([[1], [2]], 6, axis=0)
        values = np.tile([1.0, 2, 3, 4, 5, 6], 2)
        groups = likeness.fit(traits, values)
        self.assertEqual(groups[1,].weight, 0)
        self.assertEqual(groups[1,].estimate, groups[ANY,].estimate)

    def test_unknown_trait_is_left_out_and_fewer_than_five_are_no_group(self):
        traits = np.array([[1, ANY]] * 6 + [[2, 7]] * 4 + [[3, 7]] * 2)
        groups = likeness.fit(traits, np.arange(12.0))
        self.assertEqual(sorted(groups), [(ANY, ANY), (ANY, 7), (1, ANY)])
        self.assertEqual(likeness.chain(groups, (1, 7))[-1], (1, ANY))
        self.assertEqual(likeness.chain(groups, (ANY, 7))[-1], (ANY, 7))
        self.assertEqual(likeness.chain(groups, (2, 7))[-1], (ANY, 7))
        self.assertEqual(likeness.chain(groups, (9, 9)), [(ANY, ANY)])

    def test_trait_that_a_whole_group_shares_counts_once(self):
        traits = np.array([[1, 4]] * 6 + [[2, 4]] * 5 + [[2, 5]] * 5)
        groups = likeness.fit(traits, np.arange(16.0))
        self.assertNotIn((1, 4), groups)
        self.assertIn((2, 4), groups)
        self.assertEqual(likeness.chain(groups, (1, 4)), [(ANY, ANY), (1, ANY)])

    def test_shrunken_means_are_closer_than_own_means_and_than_one_mean(self):
        """Simulated twenty times: forty groups of eight customers, of known means."""
        losses = np.zeros(3)
        for seed in range(20):
            random = np.random.default_rng(seed)
            truth = random.normal(1000, 300, 40)
            traits = np.repeat(np.arange(40), 8)[:, None]
            values = random.normal(truth[traits[:, 0]], 800)
            groups = [likeness.fit(traits, values)[at,] for at in range(40)]
            told = [group.estimate for group in groups]
            own = [group.mean for group in groups]
            for at, said in enumerate((told, own, values.mean())):
                losses[at] += ((said - truth) ** 2).mean()
        self.assertLess(losses[0], 0.75 * losses[1])
        self.assertLess(losses[0], 0.75 * losses[2])

    def test_eight_in_ten_intervals_hold_the_true_mean(self):
        held = []
        for seed in range(40):
            random = np.random.default_rng(seed)
            truth = random.normal(1000, 300, 30)
            traits = np.repeat(np.arange(30), 20)[:, None]
            groups = likeness.fit(traits, random.normal(truth[traits[:, 0]], 800))
            for at in range(30):
                low, high = groups[at,].interval
                held.append(low <= truth[at] <= high)
        self.assertAlmostEqual(np.mean(held), 0.8, delta=0.04)

    def test_past_leads_are_judged_by_what_was_known_then(self):
        """Ten customers whose first year was over before, ten whose was not."""
        day = np.repeat([0.0, 700.0], 10)
        value = np.repeat([100.0, 900.0], 10)
        known = newcomers.Newcomers(np.arange(20), day, value, value)
        kinds = likeness.Kinds.of(np.zeros((20, 1), int))
        leads = np.zeros((3, 1), int), np.array([100, 400, 1100])
        expected, naive = foresight.look_back(known, kinds, value, leads)
        self.assertTrue(np.isnan(expected[0]))
        self.assertEqual(expected[1:].tolist(), [100, 500])
        self.assertEqual(naive[1:].tolist(), [100, 500])

    def test_expectation_that_tells_more_than_the_mean_is_called_better(self):
        random = np.random.default_rng(1)
        actual = np.tile([100.0, 900.0], 50) + random.normal(0, 50, 100)
        right, mean = np.tile([100.0, 900.0], 50), np.full(100, 500.0)
        self.assertGreater(foresight.judge(actual, right, mean).low, 0.9)
        self.assertLess(foresight.judge(actual, right[::-1], mean).high, 0)
        few = foresight.judge(actual[:19], right[:19], mean[:19])
        self.assertTrue(np.isnan(few.low))
