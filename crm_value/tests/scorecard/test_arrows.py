"""Arrows by month: seldom supported by chance, found where something acts."""

from dataclasses import replace
from unittest.mock import patch

import numpy as np
from scipy.stats import false_discovery_control

from odoo.tests import BaseCase, tagged

from ...analytics.scorecard import arrows, verdict
from ...analytics.scorecard.arrows import Arrow
from .series import KINDS, driven, twice

DRAWS = 199
TIMES = 400
LEVEL = 0.05
TRIED = ("white", "AR .7", "random walk", "season", "trend")


def share(make, n, lag=1, times=TIMES):
    """Return the shares of supported and of contradicted arrows among so many."""
    random = np.random.default_rng(42)
    with patch.object(arrows, "DRAWS", DRAWS):
        found = [
            arrows.verdicts([Arrow(*make(random, n + lag), lag)], seed)[0].verdict
            for seed in range(times)
        ]
    return [found.count(name) / times for name in ("supported", "contradicted")]


@tagged("post_install", "-at_install")
class TestArrows(BaseCase):
    def test_unrelated_arrows_are_seldom_supported(self):
        """24 months, where it is hardest; 400 pairs of each kind of series."""
        for name in TRIED:
            with self.subTest(kind=name):
                pair = share(twice(KINDS[name]), 24)
                self.assertLessEqual(pair[0], 0.06)
                self.assertLessEqual(sum(pair), 0.10)

    def test_power_is_what_is_found_of_true_effects(self):
        """One case of three at 24 months, two of three at 36, nearly all at 60."""
        for n, told in ((24, 0.29), (36, 0.67), (60, 0.95)):
            found, _against = share(driven(1), n, times=TIMES)
            freedom = arrows.residuals(Arrow(*np.random.rand(2, n + 1), 1)).freedom
            self.assertAlmostEqual(verdict.power(freedom), told, delta=0.01)
            self.assertAlmostEqual(found, told, delta=0.1)

    def test_adjusted_is_that_of_scipy(self):
        p = np.random.default_rng(8).random(30) ** 3
        np.testing.assert_allclose(
            verdict.adjust(p), false_discovery_control(p, method="by")
        )
        self.assertEqual(verdict.adjust([]).size, 0)

    def test_maps_without_any_effect_are_seldom_called_anything(self):
        """Forty maps of ten arrows; alone, one arrow in twenty would be called."""
        random = np.random.default_rng(6)
        called = alone = 0
        for _map in range(40):
            pairs = random.normal(size=(10, 2, 36))
            with patch.object(arrows, "DRAWS", DRAWS):
                found = arrows.verdicts([Arrow(*pair, 1) for pair in pairs])
            called += {row.verdict for row in found} != {"none"}
            alone += sum(row.p <= LEVEL for row in found)
        self.assertLessEqual(called, 3)
        self.assertGreater(alone, 10)

    def test_power_falls_with_the_number_of_arrows(self):
        pair = np.random.default_rng(4).normal(size=(2, 36))
        one = arrows.verdicts([Arrow(*pair, 1)])[0]
        ten = arrows.verdicts([Arrow(*pair, 1)] * 10)[0]
        self.assertLess(ten.power, one.power)

    def test_many_arrows_have_draws_enough_to_support_one(self):
        random = np.random.default_rng(2)
        cause = random.normal(size=60)
        true = Arrow(cause, np.roll(cause, 1), 1)
        noise = [Arrow(*random.normal(size=(2, 30)), 1) for _arrow in range(119)]
        self.assertEqual(arrows.verdicts([true, *noise])[0].verdict, "supported")

    def test_only_the_declared_lag_counts(self):
        cause, noise = np.random.default_rng(5).normal(size=(2, 60))
        effect = np.roll(cause, 3) + 0.3 * noise
        found = arrows.verdicts([Arrow(cause, effect, lag) for lag in (0, 2, 3, 4)])
        self.assertEqual(
            [row.verdict for row in found], ["none", "none", "supported", "none"]
        )
        self.assertEqual([row.n for row in found], [60, 58, 57, 56])

    def test_the_other_direction_contradicts(self):
        cause, noise = np.random.default_rng(5).normal(size=(2, 48))
        arrow = Arrow(cause, -cause + 0.3 * noise, 0, 1)
        self.assertEqual(arrows.verdicts([arrow])[0].verdict, "contradicted")
        turned = arrows.verdicts([replace(arrow, sign=-1)])[0]
        self.assertEqual((turned.verdict, turned.effect < 0), ("supported", True))

    def test_a_december_of_both_is_no_evidence(self):
        random = np.random.default_rng(9)
        peak = 50.0 * (np.arange(36) % 12 == 11)
        pair = peak + random.normal(size=(2, 36))
        self.assertGreater(np.corrcoef(pair)[0, 1], 0.95)
        self.assertEqual(arrows.verdicts([Arrow(*pair, 0)])[0].verdict, "none")

    def test_where_the_calendar_begins_matters_to_nothing_but_the_season(self):
        pair = np.random.default_rng(3).normal(size=(2, 30))
        january, may = (
            arrows.verdicts([Arrow(*pair, 1, 1, start)])[0] for start in (1, 5)
        )
        self.assertAlmostEqual(january.effect, may.effect)

    def test_same_data_same_verdict_in_any_order(self):
        random = np.random.default_rng(7)
        three = [Arrow(*random.normal(size=(2, 30)), lag) for lag in (0, 1, 2)]
        forth, back = arrows.verdicts(three), arrows.verdicts(three[::-1])
        self.assertEqual(forth, back[::-1])

    def test_fewer_than_24_pairs_are_too_short(self):
        random = np.random.default_rng(1)
        short = "short"
        for n, lag, why in ((24, 0, ""), (24, 1, short), (25, 1, ""), (3, 6, short)):
            found = arrows.verdicts([Arrow(*random.normal(size=(2, n)), lag)])[0]
            self.assertEqual(found.why, why, (n, lag))
        self.assertEqual(arrows.verdicts([Arrow(np.zeros(0), np.zeros(0), 0)])[0].n, 0)

    def test_gaps_are_said_and_never_filled(self):
        pair = np.random.default_rng(1).normal(size=(2, 40))
        holes = pair.copy()
        holes[0, ::2] = np.nan
        found = arrows.verdicts([Arrow(*holes, 0)])[0]
        self.assertEqual(
            (found.verdict, found.why, found.n), ("untestable", "gaps", 20)
        )
        one = pair.copy()
        one[1, 20] = np.nan
        found = arrows.verdicts([Arrow(*one, 0)])[0]
        self.assertEqual((found.n, found.freedom), (39, 37 - 15 - 1))

    def test_constant_ends_are_said(self):
        noise = np.random.default_rng(1).normal(size=30)
        for pair in ((noise, np.full(30, 7.0)), (np.arange(30.0), noise)):
            found = arrows.verdicts([Arrow(*pair, 1)])[0]
            self.assertEqual((found.verdict, found.why), ("untestable", "constant"))
            self.assertTrue(np.isnan(found.p) and np.isnan(found.power))
