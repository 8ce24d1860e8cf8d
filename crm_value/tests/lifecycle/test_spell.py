"""How long customers stay in a stage: as seen, and estimated as published."""

import doctest
from datetime import date

import numpy as np

from odoo.tests import TransactionCase, tagged

from ...analytics.equity import retention
from ...analytics.statistics import survival
from ..common import TODAY
from ..equity.test_equity import APRIL, MARCH, MAY
from .test_migration import CODES, MigrationCommon

# Freireich et al. (1963), weeks of remission under 6-MP and whether it ended.
ENDED = [6, 6, 6, 7, 10, 13, 16, 22, 23]
WENT_ON = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]


def slow_curve(length, ended, entry):
    """Return {time: share} one observation after the other."""
    share, found = 1.0, {}
    rows = list(zip(length, ended, entry, strict=True))
    for time in sorted({n for n, over, begun in rows if over and n > begun}):
        at_risk = sum(begun < time <= n for n, _over, begun in rows)
        gone = sum(over and n == time and begun < n for n, over, begun in rows)
        share *= 1 - gone / at_risk
        found[time] = share
    return found


class TestSurvival(TransactionCase):
    def test_doctests(self):
        for module in (survival, retention):
            outcome = doctest.testmod(module)
            self.assertGreater(outcome.attempted, 0)
            self.assertEqual(outcome.failed, 0)

    def test_remission_under_6_mp_as_in_klein_and_moeschberger_table_4_1(self):
        over = [True] * len(ENDED) + [False] * len(WENT_ON)
        curve = survival.kaplan_meier(ENDED + WENT_ON, over)
        self.assertEqual(curve.time.tolist(), [6, 7, 10, 13, 16, 22, 23])
        self.assertEqual(curve.at_risk.tolist(), [21, 17, 15, 12, 11, 7, 6])
        self.assertEqual(
            curve.share.round(3).tolist(),
            [0.857, 0.807, 0.753, 0.690, 0.627, 0.538, 0.448],
        )
        self.assertEqual(curve.quantile(0.5), 23)
        low, high = curve.interval(0.5)  # R's survfit, conf.type "log-log"
        self.assertEqual(low, 13)
        self.assertTrue(np.isnan(high), "more than half may stay for ever")

    def test_random_times_agree_with_a_slow_reference(self):
        rng = np.random.default_rng(4)
        for _round in range(40):
            size = int(rng.integers(0, 30))
            length = rng.integers(0, 12, size)
            ended = rng.random(size) < 0.6
            entry = np.minimum(rng.integers(0, 6, size), length)
            expected = slow_curve(length.tolist(), ended.tolist(), entry.tolist())
            curve = survival.kaplan_meier(length, ended, entry)
            found = dict(zip(curve.time.tolist(), curve.share.tolist(), strict=True))
            self.assertEqual(list(found), list(expected))
            for time, share in expected.items():
                self.assertAlmostEqual(found[time], share)

    def test_weights_stand_for_repeated_rows(self):
        length, ended = np.array([3, 3, 5, 8]), np.array([1, 0, 1, 0], bool)
        weight = np.array([2, 1, 3, 4])
        one = survival.kaplan_meier(length, ended, weight=weight)
        all_rows = survival.kaplan_meier(
            np.repeat(length, weight), np.repeat(ended, weight)
        )
        np.testing.assert_allclose(one.share, all_rows.share)

    def test_nothing_and_nobody_over_have_a_defined_result(self):
        for length in ([], [4.0, 9.0]):
            curve = survival.kaplan_meier(length, [False] * len(length))
            self.assertEqual(curve.time.size, 0)
            self.assertTrue(np.isnan(curve.quantile(0.5)))

    def test_wilson_as_in_newcombe_1998_table_1(self):
        published = {
            (81, 263): (0.2553, 0.3662),
            (15, 148): (0.0624, 0.1605),
            (0, 20): (0.0, 0.1611),
            (1, 29): (0.0061, 0.1718),
        }
        for (kept, of), edges in published.items():
            low, high = retention.wilson(kept, of)
            self.assertEqual((round(float(low), 4), round(float(high), 4)), edges)

    def test_worth_of_a_point_is_the_slope_of_the_value(self):
        for rate in (0.3, 0.8, 0.95):
            [[up]] = retention.worth_of_points([7], [120.0], [rate], 0.1, [1e-6])
            slope = 7 * 120.0 * 1.1 / (1.1 - rate) ** 2
            self.assertAlmostEqual(up / 1e-6 / slope, 1, 4)


@tagged("post_install", "-at_install")
class TestSpell(MigrationCommon):
    def _spells(self, customer):
        """Return [(stage, since, until, days, days unseen)] of a customer."""
        self.env.flush_all()
        spells = self.env["crm.value.spell"].search(
            [("partner_id", "=", customer.id)], order="date_from"
        )
        return [
            (s.stage_id.code, s.date_from, s.date_to, s.days, s.days_unseen)
            for s in spells
        ]

    def _times(self):
        self.env.flush_all()
        stages = self.env["crm.value.spell"].get_times()["stages"]
        codes = {stage.id: code for code, stage in self.stage.items()}
        return {codes[stage["id"]]: stage for stage in stages}

    def test_stage_lasts_until_the_next_one_began(self):
        since, left = date(2026, 4, 10), date(2026, 5, 20)
        self._was(self.acme, APRIL, "formation", since=since)
        self._was(self.acme, MAY, "decline", since=left)
        self._was(self.acme, TODAY, "decline", since=left)
        self.assertEqual(
            self._spells(self.acme),
            [
                ("formation", since, left, 40, 20),
                ("decline", left, False, (TODAY - left).days, 0),
            ],
        )

    def test_day_between_two_checks_is_no_new_beginning(self):
        # Checks fall on 2026-05-07 and 06-06; a month end in between finds it first.
        self._was(self.acme, APRIL, "formation", since=APRIL)
        self._was(self.acme, MAY, "formation", since=date(2026, 5, 7))
        self.assertEqual(
            [row[:3] for row in self._spells(self.acme)], [("formation", APRIL, False)]
        )

    def test_stage_that_was_left_and_entered_again_counts_twice(self):
        self._was(self.acme, MARCH, "formation", since=date(2026, 3, 1))
        self._was(self.acme, MAY, "formation", since=date(2026, 5, 7))
        self.assertEqual(
            [row[0] for row in self._spells(self.acme)], ["formation", "formation"]
        )

    def test_who_is_gone_stayed_until_seen_last(self):
        other = self._customer("Other")
        self._was(self.acme, APRIL, "formation", since=date(2026, 4, 10))
        self._was(other, MAY, "formation")
        [(_stage, _since, until, days, _unseen)] = self._spells(self.acme)
        self.assertEqual((until, days), (False, 20))

    def test_prospects_and_unknown_stages_have_no_time(self):
        self._was(self.acme, MAY, None)
        self._was(self.acme, TODAY, "prospect", since=False)
        self.assertFalse(self._spells(self.acme))

    def test_median_counts_who_is_still_there(self):
        self._was(self._customer("First"), date(2025, 12, 31), "lost")
        for number in range(4):
            customer = self._customer(f"C{number}")
            begun = date(2026, 3, 1)
            self._was(customer, MARCH, "formation", since=begun)
            if number == 0:
                self._was(customer, TODAY, "decline", since=date(2026, 4, 6))
            else:
                self._was(customer, TODAY, "formation", since=begun)
        time = self._times()["formation"]
        self.assertEqual((time["count"], time["finished"], time["running"]), (4, 1, 3))
        self.assertIsNone(time["median"])
        self.assertEqual(time["mean_finished"], 36)
        self.assertEqual((time["curve"], time["until"]), ([], 0), "four are few")
        self.assertEqual(time["longest"], (TODAY - begun).days)

    def test_line_ends_where_few_were_seen_however_long_others_stay(self):
        old = self._customer("Old")
        for day in (date(2025, 12, 31), TODAY):
            self._was(old, day, "formation", since=date(2024, 1, 1))
        for number in range(12):
            customer = self._customer(f"C{number}")
            self._was(customer, MARCH, "formation", since=date(2026, 3, 1))
            left = date(2026, 4, 6) if number < 3 else date(2026, 5, 20)
            self._was(customer, APRIL if number < 3 else TODAY, "lost", since=left)
        time = self._times()["formation"]
        self.assertEqual(time["curve"], [[36.0, 0.75]])
        self.assertEqual(time["until"], 80, "nine are few, and no line falls to zero")
        self.assertGreater(time["longest"], 700)

    def test_no_line_falls_to_nothing_while_longer_stays_go_on(self):
        old = self._customer("Old")
        for day in (date(2025, 12, 31), TODAY):
            self._was(old, day, "formation", since=date(2024, 1, 1))
        for number in range(22):
            customer = self._customer(f"C{number}")
            self._was(customer, MARCH, "formation", since=date(2026, 3, 1))
            left = date(2026, 4, 6) if number < 11 else date(2026, 5, 20)
            self._was(customer, APRIL if number < 11 else TODAY, "lost", since=left)
        time = self._times()["formation"]
        self.assertEqual((time["curve"], time["until"]), ([[36.0, 0.5]], 80))

    def test_the_longest_stage_and_an_unsure_median_are_told(self):
        self.assertIsNone(self.env["crm.value.spell"].get_times()["longest"])
        self._was(self._customer("First"), date(2025, 12, 31), "lost")
        for number in range(3):
            customer = self._customer(f"C{number}")
            self._was(customer, MARCH, "formation", since=date(2026, 3, 1))
            self._was(customer, APRIL, "decline", since=date(2026, 4, 6))
            self._was(customer, TODAY, "lost", since=date(2026, 5, 20))
        found = self.env["crm.value.spell"].get_times()
        self.assertEqual(found["longest"]["id"], self.stage["decline"].id)
        self.assertFalse(found["lasting"], "26 days of lost are no longer than 44")
        self.assertEqual([s["id"] for s in found["alike"]], [])
        times = self._times()
        self.assertEqual(
            (times["decline"]["median"], times["decline"]["at_risk"]), (44, 3)
        )
        self.assertTrue(times["decline"]["unsure"], "three customers are few")
        self.assertFalse(times["lost"]["unsure"], "no median, nothing to doubt")

    def test_stage_that_most_are_still_in_is_longer_than_the_longest_median(self):
        for number in range(4):
            customer = self._customer(f"C{number}")
            self._was(customer, MARCH, "formation", since=date(2026, 2, 1))
            self._was(customer, APRIL, "lost", since=date(2026, 4, 6))
            self._was(customer, MAY, "lost", since=date(2026, 4, 6))
            self._was(customer, TODAY, "lost", since=date(2026, 4, 6))
        found = self.env["crm.value.spell"].get_times()
        self.assertEqual(found["longest"]["id"], self.stage["formation"].id)
        self.assertEqual(found["longest"]["median"], 64)
        self.assertEqual([s["id"] for s in found["lasting"]], self.stage["lost"].ids)

    def test_times_follow_the_runs(self):
        self._only_this_company()
        self._population(40, seed=9)
        self._cron()
        times = self._times()
        self.assertTrue(times)
        profiles = self.env["crm.value.profile"].search(
            [("company_id", "=", self.company.id), ("stage_since", "!=", False)]
        )
        self.assertEqual(sum(t["running"] for t in times.values()), len(profiles))
        for time in times.values():
            self.assertEqual(time["count"], time["finished"] + time["running"])

    def test_company_without_stages_has_no_times(self):
        self.assertFalse(self._times())

    def test_times_take_as_many_queries_at_any_size(self):
        counts = []
        self._times()
        for size in (6, 36):
            for number in range(size):
                customer = self._customer(f"C{number}")
                for day in (APRIL, MAY):
                    self._was(customer, day, CODES[number % 6])
            counts.append(self._queries(self._times))
        self.assertEqual(counts[0], counts[1])
