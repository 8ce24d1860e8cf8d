"""Which candidate for the churn risk is in force, and whether its figures are told."""

import numpy as np

from odoo.tests import BaseCase, tagged

from ...analytics.churn import choice, churn, fitting, silence
from ...analytics.churn.choice import Trial
from ...analytics.statistics import accuracy
from ..forecast.forecast_samples import RULES, days_of


def worlds(size, seed, leaves=0.2, end=720):
    """Return purchases at random; after each some leave, to their own inclination."""
    rng = np.random.default_rng(seed)
    found = []
    for customer in range(size):
        day, rate = float(rng.integers(0, end - 60)), rng.gamma(1.5, 1 / 60)
        inclined = rng.beta(leaves * 4, (1 - leaves) * 4) if leaves else 0.0
        while day <= end:
            found.append((customer, int(day), 50.0))
            if rng.random() < inclined:
                break
            day += max(1.0, rng.exponential(1 / max(rate, 1e-4)))
    return found


@tagged("post_install", "-at_install")
class TestChoice(BaseCase):
    def _tests(self, said, cutoffs=3, size=200, seed=1):
        """Return cutoffs at which each rule says what ``said`` makes of the truth."""
        rng = np.random.default_rng(seed)
        found = []
        for cutoff in range(cutoffs):
            truth = rng.uniform(0.05, 0.95, size)
            left = (rng.random(size) < truth) * 1.0
            told = {rule: make(truth, rng) for rule, make in said.items()}
            found.append(Trial(cutoff, np.arange(size), left, told, {}))
        return found

    def test_tie_leaves_the_rule_in_force(self):
        def noisy(truth, rng):
            return np.clip(truth + rng.normal(0, 0.02, truth.size), 0.01, 0.99)

        nearly = dict.fromkeys((churn.BUYING, churn.MODEL, churn.ADJUSTED), noisy)
        moved = 0
        for seed in range(20):
            tests = self._tests(nearly, seed=seed)
            moved += sum(choice.choose(tests, rule)[0] != rule for rule in nearly)
        self.assertLessEqual(moved, 2, "of 60")

    def test_surely_better_rule_replaces_it(self):
        tests = self._tests(
            {
                churn.BUYING: lambda truth, _rng: truth * 0 + 0.5,
                churn.MODEL: lambda t, _: t,
            }
        )
        self.assertEqual(choice.choose(tests, churn.BUYING), (churn.MODEL, "better"))
        self.assertEqual(choice.choose(tests, churn.MODEL), (churn.MODEL, "kept"))

    def test_one_cutoff_decides_nothing_against_the_others(self):
        """A season moves all customers together."""
        tests = self._tests(
            {churn.BUYING: lambda t, _rng: t, churn.MODEL: lambda t, _rng: t * 0.98}
        )
        odd = self._tests(
            {churn.BUYING: lambda t, _rng: 1 - t, churn.MODEL: lambda t, _rng: t}
        )
        self.assertEqual(choice.choose(tests + odd[:1], churn.BUYING)[0], churn.BUYING)

    def test_worse_order_is_not_taken_for_a_better_score(self):
        size = 400
        left = np.tile([1.0, 0.0], size // 2)
        figure = left + np.random.default_rng(2).normal(0, 0.7, size)
        said = {
            churn.BUYING: np.clip(figure, 0.02, 0.9),
            churn.MODEL: np.full(size, 0.5),
        }
        tests = [Trial(1, np.arange(size), left, said, {"silence": figure})] * 2
        self.assertEqual(choice.choose(tests, churn.BUYING)[0], churn.BUYING)

    def test_rule_in_a_worse_order_loses_its_protection(self):
        size = 400
        left = np.tile([1.0, 0.0], size // 2)
        figure = left + np.random.default_rng(2).normal(0, 0.7, size)
        hardly = 0.5 + 0.001 * (figure - 0.5)
        said = {churn.BUYING: hardly, churn.MODEL: np.full(size, 0.5)}
        tests = [Trial(1, np.arange(size), left, said, {"silence": figure})] * 2
        self.assertLess(choice._gain(tests, churn.BUYING, churn.MODEL)[0], 0.003)
        found = choice.choose(tests, churn.MODEL)
        self.assertEqual(found, (churn.BUYING, "better"))

    def test_cutoff_at_which_rules_say_the_same_speaks_for_neither(self):
        """The season ahead is not known before there is a year."""
        even = {
            churn.BUYING: lambda truth, _rng: truth * 0 + 0.5,
            churn.SEASONAL: lambda truth, _rng: truth * 0 + 0.5,
        }
        knows = even | {churn.SEASONAL: lambda truth, _rng: truth}
        tests = self._tests(knows, 1) + self._tests(even, 2)
        found = choice.choose(tests, churn.BUYING)
        self.assertEqual(found, (churn.SEASONAL, "better"))

    def test_probabilities_hold_or_do_not(self):
        right = self._tests({churn.BUYING: lambda truth, _rng: truth}, 4)
        self.assertTrue(choice.holds(right, churn.BUYING))
        self.assertFalse(choice.holds(right[:3], churn.BUYING), "no year yet")
        few = self._tests({churn.BUYING: lambda truth, _rng: truth}, 4, size=20)
        self.assertFalse(choice.holds(few, churn.BUYING), "nor do few customers tell")
        high = self._tests({churn.BUYING: lambda truth, _rng: truth**0.6}, 4)
        self.assertFalse(choice.holds(high, churn.BUYING))

    def test_account_measures_each_rule(self):
        tests = self._tests({churn.BUYING: lambda truth, _rng: truth})
        found = choice.account(tests)
        self.assertEqual((found["customers"], found["days"]), (600, [0, 1, 2]))
        said = np.concatenate([test.said[churn.BUYING] for test in tests])
        left = np.concatenate([test.left for test in tests])
        measures = found["rules"][churn.BUYING]
        self.assertAlmostEqual(measures["brier"], accuracy.brier(said, left))
        scores = np.where(left > 0, np.log(said), np.log(1 - said))
        self.assertAlmostEqual(measures["log"], scores.mean())
        self.assertIsNone(choice.account([]))


@tagged("post_install", "-at_install")
class TestSimulated(BaseCase):
    def test_where_the_purchase_model_is_true_it_stays_and_holds(self):
        for leaves in (0.0, 0.25):
            days = days_of(worlds(1500, 4, leaves), 720)
            risk, card = fitting.fit(days, 720, RULES)
            self.assertEqual((risk.rule, card["why"]), (churn.BUYING, "kept"), leaves)
            self.assertTrue(risk.calibrated, leaves)

    def test_order_gain_is_the_difference_of_areas(self):
        rng = np.random.default_rng(6)
        left = (rng.random(300) < 0.4) * 1.0
        one, other = left + rng.normal(0, 1, 300), left + rng.normal(0, 2, 300)
        gain, error = accuracy.auc_gain(one, other, left)
        self.assertAlmostEqual(
            gain, accuracy.auc(one, left) - accuracy.auc(other, left)
        )
        drawn = []
        for _time in range(400):
            rows = rng.integers(0, 300, 300)
            areas = [accuracy.auc(said[rows], left[rows]) for said in (one, other)]
            drawn.append(areas[0] - areas[1])
        self.assertAlmostEqual(error, np.std(drawn), delta=0.1 * error)

    def test_long_silences_are_counted_at_past_cutoffs(self):
        """A slow count over all of them says the same."""
        bought = worlds(400, 3, leaves=0.05)
        rules, limits = RULES, RULES.of(churn.Limits)
        past = fitting._foretold(fitting.samples(days_of(bought, 720), 720, rules))
        tests = [fitting._test(past, at, rules) for at in range(len(past))]
        slow = [
            left
            for sample, test in zip(past, tests, strict=True)
            for chance, overdue, left in zip(
                test.said["buying"],
                sample.columns["overdue"],
                sample.left,
                strict=True,
            )
            if chance < limits.chance / 2 and overdue >= silence.LONG
        ]
        self.assertTrue(slow)
        found = silence.count(past, tests, "buying", limits)
        self.assertEqual(found, (len(slow), sum(slow)))
        self.assertEqual(silence.count(past, tests, "unheard of", limits), (0, 0))
