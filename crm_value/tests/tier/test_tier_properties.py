"""What must hold for the tiers of any customers.

Needs ``hypothesis``, so Odoo's own loader does not import this file; pytest does.
"""

from datetime import date, timedelta

import numpy as np
from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ...analytics.statistics import months
from ...analytics.tier import conditions, tier
from ...analytics.tier.tier import CONDITIONS, NONE, QualificationRules, Standing
from ...const import EPOCH
from ..statistics.test_analytics_properties import quick

nan = float("nan")
START = 9000
limit = st.one_of(st.none(), st.integers(1, 12).map(float))
row = st.tuples(*[limit] * len(CONDITIONS))
rules = st.integers(1, 4).flatmap(
    lambda size: st.builds(
        QualificationRules,
        ids=st.just(tuple(range(5, 5 + size))),
        entry=st.tuples(*[row] * size),
        every=st.tuples(*[st.booleans()] * size),
        keep=st.tuples(*[st.integers(0, 10).map(lambda n: n / 10)] * size),
        period_months=st.integers(1, 14),
        grace_days=st.integers(0, 60),
        soft=st.booleans(),
        at_month_end=st.booleans(),
    )
)
figure = st.one_of(st.just(nan), st.integers(0, 12).map(float))
figures = st.lists(st.tuples(*[figure] * len(CONDITIONS)), min_size=1, max_size=12).map(
    np.array
)


def same(one, other):
    return all(
        np.array_equal(getattr(one, name), getattr(other, name), equal_nan=True)
        for name in ("tier", "since", "until")
    )


def start(found, rules, better):
    """Return who is in which tier after a first check, then other figures."""
    before, _event = tier.check(better, rules, Standing.nobody(len(found)), START)
    return tier.check(found, rules, before, START + 1, START)[0]


@tagged("post_install", "-at_install")
class TestTierProperties(BaseCase):
    @quick
    @given(figures, rules, st.data(), st.integers(1, 1500))
    def test_checked_daily_or_once_gives_the_same(self, found, rules, data, gap):
        better = data.draw(st.permutations(found.tolist()).map(np.array))
        before = start(found, rules, better)
        once, _event = tier.check(found, rules, before, START + 1 + gap, START + 1)
        daily = before
        for day in range(START + 2, START + 2 + gap):
            daily, _event = tier.check(found, rules, daily, day, day - 1)
        self.assertTrue(same(once, daily))

    @quick
    @given(figures, rules, st.data(), st.integers(0, 800))
    def test_order_does_not_matter(self, found, rules, data, gap):
        order = data.draw(st.permutations(range(len(found))))
        before = start(found, rules, found[::-1])
        mixed = Standing(before.tier[order], before.since[order], before.until[order])
        day = START + 1 + gap
        all_, event = tier.check(found, rules, before, day, START)
        some, moved = tier.check(found[order], rules, mixed, day, START)
        ordered = Standing(all_.tier[order], all_.since[order], all_.until[order])
        self.assertTrue(same(some, ordered))
        self.assertEqual(event[order].tolist(), moved.tolist())

    @quick
    @given(figures, rules, st.data(), st.integers(0, 60))
    def test_nobody_loses_a_tier_before_its_end_and_grace(self, found, rules, data, n):
        better = data.draw(st.permutations(found.tolist()).map(np.array))
        before = start(found, rules, better)
        day = START + 2 + n
        now, event = tier.check(found, rules, before, day, day - 1)
        safe = (before.tier != NONE) & (before.until + rules.grace_days >= day)
        self.assertTrue((now.tier >= before.tier)[safe].all())
        member = now.tier != NONE
        self.assertTrue((now.until[member] + rules.grace_days >= day).all())
        self.assertTrue((now.since[member] <= day).all())
        self.assertTrue(np.isnan(now.since[~member]).all())
        best = tier.earned(found, rules)
        if not rules.at_month_end:
            self.assertTrue((now.tier >= best).all())
        lost = np.isin(event, (tier.DOWNGRADED, tier.LEFT))
        self.assertTrue((now.tier[lost] >= best[lost]).all())

    @quick
    @given(figures, rules)
    def test_missing_is_nothing_exactly_where_limits_are_met(self, found, rules):
        reached = tier.met(found, rules.limits, rules.every)
        for at, limits in enumerate(rules.limits):
            lack = conditions.missing(found, limits)
            asked = ~np.isnan(limits)
            none = (lack == 0)[:, asked]
            if not asked.any():
                self.assertFalse(reached[:, at].any())
                continue
            whole = none.all(axis=1) if rules.every[at] else none.any(axis=1)
            self.assertEqual(reached[:, at].tolist(), whole.tolist())

    @quick
    @given(st.integers(0, 20000), st.integers(-40, 40), st.integers(0, 3000))
    def test_months_are_those_of_the_calendar(self, day, count, later):
        then = EPOCH + timedelta(days=day)
        [moved] = months.add(np.array([float(day)]), count)
        self.assertEqual((then + relativedelta(months=count) - EPOCH).days, moved)
        [passed] = months.between(np.array([float(day)]), day + later)
        until = then + timedelta(days=later)
        self.assertLessEqual(then + relativedelta(months=int(passed)), until)
        self.assertGreater(then + relativedelta(months=int(passed) + 1), until)
        month = date(then.year, then.month, 1) + relativedelta(months=1, days=-1)
        self.assertEqual((month - EPOCH).days, months.end(day))
