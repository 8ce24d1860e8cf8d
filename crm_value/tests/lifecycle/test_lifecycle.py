"""The life of customers, by dated purchases: there, and back again."""

from unittest.mock import patch

import numpy as np

from odoo.tests import BaseCase, tagged

from ...analytics.lifecycle import lifecycle
from ...analytics.lifecycle.lifecycle import Limits
from ...analytics.lifecycle.state import CHECK
from ..forecast.forecast_samples import days_of


def stage_at(bought, day, limits=None):
    """Return the name of the stage of a single customer on a day."""
    days = days_of([row for row in bought if row[1] <= day], day)
    lives = lifecycle.replay(days, day, limits or Limits())
    return lifecycle.STAGES[lives.stage[0]]


def path(bought, day):
    """Return the names of the stages entered until a day."""
    lives = lifecycle.replay(days_of(bought, day), day, Limits())
    return [lifecycle.STAGES[after] for after in lives.events["after"]]


def monthly(begin, end, amount=100.0, gap=30):
    """Return purchases of customer 1 in a steady rhythm."""
    return [(1, day, amount) for day in range(begin, end, gap)]


@tagged("post_install", "-at_install")
class TestLifecycle(BaseCase):
    def test_whole_life_and_back(self):
        bought = monthly(1000, 1800)
        self.assertEqual(stage_at(bought, 1010), "exploration")
        self.assertEqual(stage_at(bought, 1085), "exploration", "too young yet")
        self.assertEqual(stage_at(bought, 1100), "formation")
        self.assertEqual(stage_at(bought, 1780), "stability")
        self.assertEqual(stage_at(bought, 1845), "decline", "two rhythms of silence")
        self.assertEqual(stage_at(bought, 1955), "decline", "half a year is not over")
        self.assertEqual(stage_at(bought, 1965), "lost", "four of them, and that")
        bought += [(1, 2000, 100.0)]
        self.assertEqual(stage_at(bought, 2005), "won_back")
        bought += monthly(2030, 2120)
        self.assertEqual(stage_at(bought, 2125), "formation")

    def test_lives_of_parts_are_those_of_all(self):
        draw = np.random.default_rng(17)
        customers, days = draw.integers(1, 20, 150), draw.integers(1000, 2000, 150)
        bought = list(zip(customers.tolist(), days.tolist(), [50.0] * 150, strict=True))
        purchases = days_of(bought, 2000)
        whole = lifecycle.replay(purchases, 2000, Limits())
        parts = [(0, 4), (4, 5), (5, len(purchases.customers))]
        with patch.object(lifecycle, "edges_of_parts", return_value=parts):
            joined = lifecycle.replay(purchases, 2000, Limits())
        self.assertEqual(joined.cycles, whole.cycles)
        for name in ("stage", "since"):
            np.testing.assert_array_equal(getattr(joined, name), getattr(whole, name))
        for name in whole.events:
            np.testing.assert_array_equal(joined.events[name], whole.events[name])
        for name in whole.state.__dataclass_fields__:
            np.testing.assert_array_equal(
                getattr(joined.state, name), getattr(whole.state, name), name
            )

    def test_no_stage_is_skipped_upwards(self):
        entered = path(monthly(1000, 1800), 1790)
        self.assertEqual(entered, ["exploration", "formation", "stability"])

    def test_newcomers_are_not_lost_by_the_rhythm_of_the_quick(self):
        quick = [(customer, day, 10.0) for customer in (2, 3) for day in (1000, 1004)]
        bought = [(1, 1000, 10.0), *quick]
        self.assertEqual(stage_at(bought, 1040), "exploration")
        self.assertEqual(stage_at(bought, 1179), "exploration")
        self.assertEqual(stage_at(bought, 1181), "lost")

    def test_lost_customer_stays_so_until_it_buys(self):
        bought = [(1, 1000, 10.0), *((2, day, 10.0) for day in (1000, 1020, 1400))]
        days = days_of(bought, 1420)
        events = lifecycle.replay(days, 1420, Limits()).events
        mine = events["after"][events["customer"] == 0].tolist()
        self.assertEqual(mine, [lifecycle.EXPLORATION, lifecycle.LOST])

    def test_recovery_returns_to_formation(self):
        bought = [*monthly(1000, 1800), *monthly(1870, 2100)]
        self.assertEqual(path(bought, 2010)[-3:], ["decline", "formation", "stability"])

    def test_shrinking_window_needs_two_checks(self):
        bought = [*monthly(1000, 1800), *monthly(1800, 2200, 30.0)]
        entered = lifecycle.replay(days_of(bought, 2000), 2000, Limits()).events
        [when] = entered["day"][entered["after"] == lifecycle.DECLINE]
        low = [
            day
            for day in range(1800, 2000, CHECK)
            if day % CHECK == 0
            and sum(m for _c, d, m in bought if day - 90 < d <= day) < 180
        ]
        self.assertEqual(when, low[1], "the second check that found it low")

    def test_few_purchases_do_not_decline_but_get_lost(self):
        bought = [(1, 1000, 50.0), (1, 1020, 50.0)]
        for day in (1030, 1060, 1100):
            self.assertIn(stage_at(bought, day), ("exploration", "lost"))
        self.assertEqual(stage_at(bought, 1390), "lost")

    def test_noise_around_a_limit_does_not_flap(self):
        rng = np.random.default_rng(5)
        limit = 0.6 * 300
        bought = monthly(1000, 1770)
        bought += [
            (1, day, limit / 3 * (1 + rng.uniform(-0.05, 0.05)))
            for day in range(1770, 2100, 30)
        ]
        entered = path(bought, 2095)
        self.assertLessEqual(entered.count("decline"), 1, entered)
        nights = [stage_at(bought, day) for day in range(1990, 2050)]
        changes = sum(
            one != other for one, other in zip(nights, nights[1:], strict=False)
        )
        self.assertLessEqual(changes, 2, nights)

    def test_any_day_can_be_asked_for(self):
        bought = monthly(1000, 1800)
        late = lifecycle.replay(days_of(bought, 2000), 2000, Limits()).events
        for day in (1100, 1500, 1850):
            known = days_of([row for row in bought if row[1] <= day], day)
            then = lifecycle.replay(known, day, Limits()).events
            before = late["day"] <= day // CHECK * CHECK
            grid = then["day"] <= day // CHECK * CHECK
            for name in late:
                np.testing.assert_array_equal(late[name][before], then[name][grid])

    def test_first_purchase_on_a_day_of_the_grid_is_looked_at(self):
        older = [(2, 1, 10.0)]
        alone, among = (
            lifecycle.replay(days_of([(1, 60, 10.0), *more]), 100, lifecycle.Limits())
            for more in ([], older)
        )
        self.assertEqual(alone.since[0], among.since[0])

    def test_alone_as_among_all(self):
        rng = np.random.default_rng(2)
        bought = [
            (customer, int(day), float(rng.uniform(10, 90)))
            for customer in range(40)
            for day in rng.choice(np.arange(1000, 2000), rng.integers(1, 20))
        ]
        everybody = lifecycle.replay(days_of(bought, 2000), 2000, Limits())
        for customer in range(40):
            mine = days_of([row for row in bought if row[0] == customer], 2000)
            alone = lifecycle.replay(mine, 2000, Limits(), everybody.cycles)
            self.assertEqual(alone.stage[0], everybody.stage[customer])
            self.assertEqual(alone.since[0], everybody.since[customer])

    def test_nothing_has_a_defined_result(self):
        lives = lifecycle.replay(days_of([], 100), 100, Limits())
        self.assertEqual(lives.stage.size, 0)
        returns = lifecycle.replay(days_of([(1, 50, -5.0)], 100), 100, Limits())
        self.assertEqual(returns.stage.tolist(), [lifecycle.NONE])
