"""What a campaign brings, against known values and without any effect."""

import numpy as np
from scipy import stats

from odoo.tests import BaseCase, tagged

from ...analytics.campaign import effect, money
from ...analytics.campaign.draw import draw


@tagged("post_install", "-at_install")
class TestEffect(BaseCase):
    def test_without_covariate_it_is_the_difference_of_means_with_welch_error(self):
        """HC2 of one dummy is Welch's variance (MacKinnon and White 1985)."""
        random = np.random.default_rng(3)
        treated = np.arange(120) % 3 > 0
        outcome = random.lognormal(2, 1, 120)
        found = effect.lift(outcome, np.zeros(120), treated, np.zeros(120))
        one, other = outcome[treated], outcome[~treated]
        self.assertAlmostEqual(found.difference, one.mean() - other.mean(), 9)
        error = np.sqrt(one.var(ddof=1) / one.size + other.var(ddof=1) / other.size)
        self.assertAlmostEqual(found.error, error, 9)

    def test_margin_before_is_taken_out(self):
        random = np.random.default_rng(5)
        before = random.lognormal(4, 1, 400)
        treated = np.arange(400) % 5 > 0
        outcome = before + random.normal(0, 1, 400) + 2 * treated
        found = effect.lift(outcome, before, treated, np.zeros(400))
        plain = effect.lift(outcome, np.zeros(400), treated, np.zeros(400))
        self.assertLess(found.error, plain.error / 10)
        self.assertTrue(found.low < 2 < found.high)

    def test_permutation_agrees_with_ranks_of_all_draws(self):
        """Ten customers, one stratum: the share of draws is that of all 252."""
        outcome = np.array([9.0, 8, 7, 6, 5, 4, 3, 2, 1, 0])
        treated = np.arange(10) < 5
        found = effect.lift(outcome, np.zeros(10), treated, np.zeros(10))
        exact = stats.permutation_test(
            (outcome[:5], outcome[5:]),
            lambda one, other: one.mean() - other.mean(),
            n_resamples=np.inf,
        ).pvalue
        self.assertAlmostEqual(found.p, exact, delta=0.01)

    def test_without_effect_five_in_a_hundred_seem_to_have_one(self):
        """300 customers, a fifth held out, six of ten buy, log-normal amounts."""
        random, false = np.random.default_rng(11), 0
        for seed in range(120):
            base = random.lognormal(3, 1, 300)
            before, outcome = (
                base * random.lognormal(0, 0.7, 300) * (random.random(300) < 0.6)
                for _window in range(2)
            )
            strata = np.searchsorted(np.quantile(before, (1 / 3, 2 / 3)), before)
            held = draw(strata, 0.2, seed, range(300))
            false += effect.lift(outcome, before, ~held, strata).p < 0.05
        self.assertLess(false / 120, 0.11)

    def test_lone_customer_of_a_stratum_does_no_harm(self):
        strata = np.array(["a"] * 10 + ["b"])
        outcome = np.append(np.arange(10.0), 99)
        treated = np.arange(11) % 2 > 0
        found = effect.lift(outcome, np.zeros(11), treated, strata)
        alone = effect.lift(outcome[:10], np.zeros(10), treated[:10], strata[:10])
        self.assertAlmostEqual(found.difference, alone.difference, 9)
        self.assertAlmostEqual(found.error, alone.error, 9)

    def test_nobody_or_too_few_say_nothing(self):
        self.assertTrue(np.isnan(effect.detectable([], [], 0.2)))
        self.assertTrue(np.isnan(effect.detectable([0] * 9, [0] * 9, 0.2)))
        self.assertTrue(np.isnan(money.sample_ratio(0, 0, 0.2)))
        self.assertTrue(np.isnan(money.break_even(1, 0)))
        self.assertTrue(np.isnan(money.roi((1.0,), 10, 0)).all())

    def test_hillstrom_sizes_are_those_drawn(self):
        """Men's mail 21,307 beside nobody's 21,306 of the 2008 challenge."""
        self.assertGreater(money.sample_ratio(21307, 21306, 0.5), 0.99)

    def test_break_even_of_hughes(self):
        """Hughes: 55 cents a piece, 40 a sale: 1.375 percent."""
        self.assertAlmostEqual(money.break_even(0.55, 40), 0.01375, 9)
