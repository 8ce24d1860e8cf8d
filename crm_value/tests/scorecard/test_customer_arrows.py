"""Arrows by customer: the own earlier outcome is held equal, money may be skewed."""

import numpy as np

from odoo.tests import BaseCase, tagged

from ...analytics.scorecard import arrows, verdict
from ...analytics.scorecard.customers import customer_verdict

TIMES = 400


def skewed(random, n):
    """Return (cause, outcome, before): few wait long, few buy much; nothing acts."""
    money = random.lognormal(4, 1, n)
    before, after = money * random.lognormal(0, 0.5, (2, n))
    return random.lognormal(0, 1.5, n), after, before


def plain(random, n):
    """Return (cause, outcome, before) of equal noise; nothing acts."""
    cause, before, noise = random.normal(size=(3, n))
    return cause, before + noise, before


@tagged("post_install", "-at_install")
class TestCustomerArrows(BaseCase):
    def test_unrelated_arrows_are_seldom_called(self):
        for make in (plain, skewed):
            for n in (50, 300):
                random = np.random.default_rng(3)
                found = [customer_verdict(*make(random, n)) for _time in range(TIMES)]
                wrong = sum(row.verdict != "none" for row in found) / TIMES
                self.assertLessEqual(wrong, 0.08, (make.__name__, n))

    def test_power_is_what_is_found_of_small_effects(self):
        random = np.random.default_rng(12)
        found, told = 0, 0.0
        for _time in range(200):
            cause, outcome, before = plain(random, 1000)
            row = customer_verdict(cause, outcome + 0.1 * cause, before)
            found, told = found + (row.verdict == "supported"), row.power
        self.assertAlmostEqual(told, 0.89, delta=0.01)
        self.assertAlmostEqual(found / 200, told, delta=0.06)

    def test_what_was_so_before_is_no_effect(self):
        """Good customers are answered sooner: they were good before."""
        random = np.random.default_rng(0)
        before = random.normal(size=500)
        cause = before + random.normal(size=500)
        outcome = before + 0.5 * random.normal(size=500)
        self.assertGreater(np.corrcoef(cause, outcome)[0, 1], 0.6)
        self.assertEqual(customer_verdict(cause, outcome, before).verdict, "none")

    def test_effect_is_in_units_of_outcome_and_cause_with_its_interval(self):
        random = np.random.default_rng(4)
        cause, outcome, before = plain(random, 400)
        found = customer_verdict(cause, outcome - 3 * cause, before, sign=-1)
        self.assertEqual(found.verdict, "supported")
        self.assertAlmostEqual(found.effect, -3, delta=0.15)
        self.assertLess(found.low, -3)
        self.assertGreater(found.high, -3)
        hours = customer_verdict(60 * cause, outcome - 3 * cause, before, sign=-1)
        self.assertAlmostEqual(hours.effect * 60, found.effect)
        self.assertAlmostEqual(hours.p, found.p)

    def test_unknown_customers_do_not_count(self):
        rows = np.array(plain(np.random.default_rng(4), 90))
        rows[0, :30] = np.nan
        self.assertEqual(customer_verdict(*rows).n, 60)
        rows[1, 30:60] = np.nan
        found = customer_verdict(*rows)
        self.assertEqual(
            (found.verdict, found.n, found.why), ("untestable", 30, "gaps")
        )
        self.assertEqual(customer_verdict(*rows[:, :49]).why, "short")
        self.assertEqual(customer_verdict(*rows[:, :0]).n, 0)

    def test_same_cause_or_outcome_of_all_is_constant(self):
        cause, outcome, before = plain(np.random.default_rng(4), 90)
        for rows in ((np.ones(90), outcome, before), (cause, np.ones(90), before)):
            self.assertEqual(customer_verdict(*rows).why, "constant")

    def test_months_and_customers_are_judged_together(self):
        random = np.random.default_rng(4)
        cause, outcome, before = plain(random, 200)
        one = customer_verdict(cause, outcome + 0.2 * cause, before)
        noise = [arrows.Arrow(*random.normal(size=(2, 30)), 0) for _arrow in range(12)]
        found = verdict.together([one, *arrows.verdicts(noise)])
        self.assertEqual(one.verdict, "supported")
        self.assertEqual(found[0].p, one.p)
        self.assertGreater(found[0].adjusted, one.adjusted)
        self.assertLess(found[0].power, one.power)
        again = verdict.together(found)
        self.assertEqual(again, found)
