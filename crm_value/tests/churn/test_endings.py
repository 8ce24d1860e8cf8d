"""Churned relationships, by dated purchases and against a slow reference."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ...analytics.churn import endings
from ...analytics.lifecycle import lifecycle
from ...analytics.lifecycle.lifecycle import LOST, STABILITY, Limits
from ...analytics.purchases.purchases import Days
from ..forecast.forecast_samples import days_of

PURCHASES = st.lists(
    st.tuples(
        st.integers(1, 4), st.integers(1000, 2400), st.sampled_from([20.0, 75.5, -10.0])
    ),
    max_size=40,
)


def monthly(begin, end, customer=1, amount=100.0):
    """Return purchases in a steady rhythm of thirty days."""
    return [(customer, day, amount) for day in range(begin, end, 30)]


def found_of(bought, as_of):
    """Return the Endings of purchases, found on a day."""
    days = days_of([row for row in bought if row[1] <= as_of], as_of)
    events = lifecycle.replay(days, as_of, Limits()).events
    return endings.find(days, events, 365)


def reference(bought, as_of):
    """Return (customer, ended, revenue, pattern) of each life, one by one."""
    days = days_of([row for row in bought if row[1] <= as_of], as_of)
    events = lifecycle.replay(days, as_of, Limits()).events
    rows = []
    for customer in range(len(days.customers)):
        mine = days.customer == customer
        net = list(zip(days.day[mine], days.amount[mine], strict=True))
        stages = []
        whose = events["customer"] == customer
        for day, after in zip(
            events["day"][whose], events["after"][whose], strict=True
        ):
            if after != LOST:
                stages.append((day, after))
                continue
            ended = max(d for d, money in net if money > 0.005 and d <= day)
            money = sum(money for d, money in net if ended - 365 < d <= ended)
            reached = {s for _day, s in stages}
            settled = [d for d, s in stages if s == STABILITY]
            if settled:
                young = ended - min(settled) < 365
                pattern = "early_exit" if young else "long_lasting"
            else:
                formed = lifecycle.FORMATION in reached
                pattern = "midway" if formed else "early_failure"
            rows.append((customer, ended, round(money, 6), pattern))
            stages = []
    return rows


@tagged("post_install", "-at_install")
class TestEndings(BaseCase):
    def _pattern(self, bought, as_of):
        return [endings.PATTERNS[at] for at in found_of(bought, as_of).pattern]

    def test_patterns_by_how_far_the_relation_came(self):
        self.assertEqual(self._pattern([(1, 1000, 50.0)], 1700), ["early_failure"])
        self.assertEqual(self._pattern(monthly(1000, 1240), 1700), ["midway"])
        self.assertEqual(self._pattern(monthly(1000, 1600), 2300), ["early_exit"])
        self.assertEqual(self._pattern(monthly(1000, 2200), 2700), ["long_lasting"])

    def test_who_is_alive_has_not_ended(self):
        self.assertFalse(found_of(monthly(1000, 1600), 1600).ended.size)
        self.assertFalse(found_of([], 1600).ended.size)

    def test_second_life_is_another_one(self):
        found = found_of([*monthly(1000, 1240), *monthly(2000, 2300)], 2800)
        self.assertEqual(found.began.tolist(), [1000, 2000])
        self.assertEqual(found.ended.tolist(), [1210, 2270])
        self.assertEqual(found.count.tolist(), [8, 10])
        self.assertEqual(found.returned[0], 2000)
        self.assertTrue(np.isnan(found.returned[1]))
        self.assertEqual(found.revenue.tolist(), [800.0, 1000.0])
        np.testing.assert_allclose(found.margin, [320.0, 400.0])

    def test_last_year_only_and_main_category(self):
        lines = {
            "partner": np.ones(4, np.int32),
            "day": np.array([1000, 1500, 1500, 1600]),
            "product": np.zeros(4, int),
            "category": np.array([9, 3, 4, 4]),
            "amount": np.array([900.0, 100.0, 60.0, 60.0]),
            "returned": np.zeros(4),
            "costed": np.zeros(4),
            "cost": np.zeros(4),
            "discount": np.zeros(4),
        }
        days = Days(lines, 2900, 0.3)
        events = lifecycle.replay(days, 2900, Limits()).events
        found = endings.find(days, events, 365)
        self.assertEqual(found.revenue.tolist()[-1], 220.0)
        self.assertEqual(found.category.tolist()[-1], 4)

    @settings(deadline=None, max_examples=60)
    @given(bought=PURCHASES, as_of=st.integers(1100, 3200))
    def test_endings_match_the_slow_reference(self, bought, as_of):
        found = found_of(bought, as_of)
        names = [endings.PATTERNS[at] for at in found.pattern]
        rows = zip(
            found.customer.tolist(),
            found.ended.tolist(),
            found.revenue.tolist(),
            names,
            strict=True,
        )
        self.assertEqual(list(rows), reference(bought, as_of))

    @settings(deadline=None, max_examples=40)
    @given(bought=PURCHASES, as_of=st.integers(1100, 3200))
    def test_each_life_is_within_its_limits(self, bought, as_of):
        found = found_of(bought, as_of)
        self.assertTrue((found.began <= found.ended).all())
        self.assertTrue((found.ended < found.noted).all())
        self.assertTrue((found.noted <= as_of).all())
        self.assertTrue((found.count >= 1).all())
        back = found.returned[~np.isnan(found.returned)]
        self.assertTrue((back <= as_of).all())
