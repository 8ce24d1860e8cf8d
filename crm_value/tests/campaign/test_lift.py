"""What a campaign brought: known numbers, and seldom something where nothing was."""

import csv
import gzip
from datetime import date, timedelta
from functools import cache
from unittest.mock import patch

import numpy as np

from odoo.tests import BaseCase, tagged

from ...analytics.campaign import drawing, lift
from ..purchases.retail_file import RETAIL, require_retail

# Hillstrom 2008, The MineThatData E-Mail Analytics Challenge: n, mean and standard
# deviation of what was spent.
NONE = (21306, 0.652789, 11.588200)
MENS = (21307, 1.422617, 17.754205)
WOMENS = (21387, 1.077202, 15.116106)
CUT = date(2011, 6, 1)
WINDOW = timedelta(91)


def sample(n, mean, deviation):
    """Return n numbers with this mean and standard deviation."""
    line = np.linspace(-1, 1, n)
    return mean + (line - line.mean()) * deviation / line.std(ddof=1)


@cache
def windows(cut):
    """Return (before, after): what each customer bought in the windows around a day."""
    before, after = {}, {}
    with gzip.open(RETAIL, "rt", encoding="utf-8") as lines:
        for line in csv.DictReader(lines):
            apart = date.fromisoformat(line["datetime"][:10]) - cut
            if -WINDOW <= apart < WINDOW:
                money = after if apart >= timedelta() else before
                known = money.get(line["customer"], 0.0)
                money[line["customer"]] = known + float(line["amount"])
    names = sorted(before)
    return np.array([(before[name], after.get(name, 0.0)) for name in names]).T


def thirds(before):
    """Return the strata of a draw: thirds of the money before."""
    return np.searchsorted(np.quantile(before, (1 / 3, 2 / 3)), before)


@tagged("post_install", "-at_install")
class TestLift(BaseCase):
    def _against_none(self, arm):
        outcome = np.hstack([sample(*arm), sample(*NONE)])
        treated = np.arange(outcome.size) < arm[0]
        nothing = np.zeros(outcome.size)
        with patch.object(lift, "DRAWS", 99):
            return lift.lift(outcome, nothing, treated, nothing.astype(int))

    def test_hillstrom_mens_mail_brought_77_cents(self):
        found = self._against_none(MENS)
        self.assertEqual((found.treated, found.held), (21307, 21306))
        self.assertAlmostEqual(found.raw.value, 0.769827, delta=2e-6)
        self.assertAlmostEqual(found.raw.error, 0.145247, places=6)
        self.assertAlmostEqual(found.raw.low, 0.485140, delta=3e-6)
        self.assertAlmostEqual(found.raw.high, 1.054515, delta=3e-6)
        self.assertEqual(found.raw.p, 0.01)

    def test_hillstrom_womens_mail_brought_42_cents(self):
        found = self._against_none(WOMENS)
        self.assertAlmostEqual(found.raw.value, 0.424412, delta=2e-6)
        self.assertAlmostEqual(found.raw.error, 0.130333, places=6)
        self.assertAlmostEqual(found.raw.low, 0.168957, delta=3e-6)
        self.assertAlmostEqual(found.raw.high, 0.679868, delta=3e-6)

    def test_money_before_makes_the_difference_surer(self):
        random = np.random.default_rng(1)
        before = random.gamma(2, 50, 600)
        after = before + random.normal(0, 10, 600)
        strata, treated = np.zeros(600, int), np.arange(600) % 5 > 0
        alone = lift.lift(after, np.zeros(600), treated, strata)
        beside = lift.lift(after, before, treated, strata)
        self.assertLess(beside.raw.error, alone.raw.error / 5)

    def test_strata_that_are_held_out_more_often_are_no_effect(self):
        """Good customers are held out half, others a tenth; nothing acts."""
        random = np.random.default_rng(2)
        good = np.repeat([0, 1], (1000, 200))
        treated = random.random(1200) > np.where(good, 0.5, 0.1)
        outcome = 100.0 * good + random.normal(0, 5, 1200)
        found = lift.lift(outcome, np.zeros(1200), treated, good)
        self.assertLess(found.mean_treated, found.mean_held - 10)
        self.assertLess(found.raw.low, 0)
        self.assertGreater(found.raw.high, 0)
        self.assertGreater(found.raw.p, 0.05)

    def test_one_large_order_counts_less_where_capped(self):
        outcome, treated = np.ones(300), np.arange(300) >= 60
        outcome[299] = 1e6
        found = lift.lift(outcome, np.zeros(300), treated, np.zeros(300, int))
        self.assertGreater(found.raw.value, 1000)
        self.assertEqual(found.capped.value, 0)

    def test_fewer_than_thirty_held_out_have_a_range_and_no_verdict(self):
        random = np.random.default_rng(2)
        outcome, nothing = random.normal(size=200), np.zeros(200)
        for held, told in ((29, False), (30, True)):
            treated = np.arange(200) >= held
            found = lift.lift(outcome, nothing, treated, nothing.astype(int)).raw
            self.assertLess(found.low, found.high)
            self.assertEqual(not np.isnan(found.p), told)

    def test_nobody_to_compare_with_is_unknown(self):
        for n, treated in ((0, True), (50, True), (50, False)):
            nothing = np.zeros(n)
            found = lift.lift(
                nothing, nothing, np.full(n, treated), nothing.astype(int)
            )
            self.assertTrue(np.isnan(found.raw.value) and np.isnan(found.raw.p))
            self.assertTrue(np.isnan(found.capped.low))
        none = lift.lift(np.zeros(90), np.zeros(90), np.arange(90) > 40, np.zeros(90))
        self.assertEqual(none.raw.value, 0)
        self.assertTrue(np.isnan(none.raw.p))

    def test_draws_within_strata_are_all_there_are(self):
        """Two strata of four, one held out of each: sixteen draws, told by hand."""
        outcome = np.array([9.0, 1, 2, 3, 8, 1, 1, 4])
        groups = np.repeat([0, 1], 4)
        treated = np.tile([False, True, True, True], 2)
        mean = np.array([(a + b) for a in outcome[:4] for b in outcome[4:]])
        apart = np.abs(mean - outcome.sum() / 4)  # of both held out, from their means
        exact = (apart >= apart[0] - 1e-9).mean()
        with patch.object(lift, "DRAWS", 19999):
            found = lift._by_chance(
                outcome, np.zeros(8), treated, groups, np.random.default_rng(1)
            )
        self.assertAlmostEqual(found, exact, delta=0.01)

    def test_customers_of_a_shop_show_no_campaign_where_there_was_none(self):
        """A/A on the retail file: 300 customers, a tenth held out, 400 draws."""
        require_retail(self)
        before, after = windows(CUT)
        random, wrong = np.random.default_rng(8), np.zeros((2, 400), bool)
        with patch.object(lift, "DRAWS", 199):
            for time in range(400):
                some = random.choice(before.size, 300, replace=False)
                strata = thirds(before[some])
                held = drawing.draw(strata, 0.1, time, some)
                found = lift.lift(after[some], before[some], ~held, strata, time)
                wrong[:, time] = found.raw.p <= 0.05, found.capped.p <= 0.05
        for alarms in wrong.mean(axis=1):
            self.assertLess(abs(alarms - 0.05), 0.025)

    def test_change_that_can_be_seen_is_told_before(self):
        """Three months of 300 of its customers, a fifth held out: half of the mean."""
        require_retail(self)
        before, after = windows(CUT)
        random, told = np.random.default_rng(8), []
        for _time in range(200):
            some = random.choice(before.size, 300, replace=False)
            told.append(lift.detectable(before[some], after[some], 0.2))
        self.assertAlmostEqual(np.median(told), 0.49, delta=0.03)

    def test_change_that_can_be_seen_is_seen_in_four_cases_of_five(self):
        random, seen = np.random.default_rng(4), 0
        for time in range(200):
            before = random.gamma(2, 50, 200)
            after = before + random.normal(0, 20, 200) + 100
            held = drawing.draw(np.zeros(200, int), 0.2, time, np.arange(200))
            more = lift.detectable(before, after, 0.2) * after.mean()
            with patch.object(lift, "DRAWS", 199):
                found = lift.lift(
                    after + more * ~held, before, ~held, np.zeros(200, int), time
                )
            seen += found.raw.p <= 0.05 and found.raw.value > 0
        self.assertAlmostEqual(seen / 200, 0.8, delta=0.08)

    def test_detectable_of_nobody_or_without_money_is_unknown(self):
        none = np.zeros(0)
        self.assertTrue(np.isnan(lift.detectable(none, none, 0.2)))
        self.assertTrue(np.isnan(lift.detectable(np.ones(50), np.zeros(50), 0.2)))
        self.assertTrue(np.isnan(lift.detectable(np.ones(50), np.ones(50), 0.0)))

    def test_campaigns_of_one_kind_teach_together(self):
        """(10/4 + 4/1) ÷ (1/4 + 1) = 5.2; what is unknown counts for nothing."""
        found = lift.pool([10.0, 4.0, np.nan, 7.0], [2.0, 1.0, 1.0, np.nan])
        self.assertAlmostEqual(found.value, 5.2)
        self.assertAlmostEqual(found.error, 0.8**0.5)
        self.assertAlmostEqual(
            found.high - found.low, 2 * 1.959964 * 0.8**0.5, places=5
        )
        self.assertTrue(np.isnan(lift.pool([], []).value))
