"""What must hold for means of any customers alike.

Needs ``hypothesis``, so Odoo's own loader does not import this file; pytest does.
"""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ...analytics.lead import likeness
from ...analytics.lead.likeness import ANY
from ..statistics.test_analytics_properties import quick

trait = st.integers(ANY, 2)
money = st.integers(-100_000, 1_000_000).map(lambda cents: cents / 100)
customers = st.lists(st.tuples(trait, trait, trait, money), min_size=5, max_size=60)


def split(rows):
    table = np.array(rows)
    return table[:, :3].astype(int), table[:, 3]


def wider(key):
    """Return the key without its last trait, that of everybody for everybody."""
    asked = [at for at, one in enumerate(key) if one != ANY]
    return (*key[: asked[-1]], ANY, *key[asked[-1] + 1 :]) if asked else key


@tagged("post_install", "-at_install")
class TestLikenessProperties(BaseCase):
    @quick
    @given(customers)
    def test_estimate_lies_between_own_mean_and_the_wider_group(self, rows):
        groups = likeness.fit(*split(rows))
        for key, group in groups.items():
            ends = sorted((group.mean, groups[wider(key)].estimate))
            self.assertLessEqual(ends[0] - 1e-6, group.estimate)
            self.assertLessEqual(group.estimate, ends[1] + 1e-6)
            self.assertTrue(0 <= group.weight <= 1)
            self.assertGreaterEqual(group.error, 0)
            self.assertGreaterEqual(group.count, likeness.FEWEST)

    @quick
    @given(customers, st.randoms(use_true_random=False))
    def test_order_of_the_customers_does_not_matter(self, rows, random):
        mixed = list(rows)
        random.shuffle(mixed)
        one, other = likeness.fit(*split(rows)), likeness.fit(*split(mixed))
        self.assertEqual(one.keys(), other.keys())
        for key, group in one.items():
            self.assertAlmostEqual(group.estimate, other[key].estimate, 4)

    @quick
    @given(customers)
    def test_many_customers_come_to_their_own_mean(self, rows):
        traits, values = split(rows)
        some, many = (
            likeness.fit(np.tile(traits, (times, 1)), np.tile(values, times))
            for times in (10, 2000)
        )
        for key, group in many.items():
            self.assertGreaterEqual(group.weight + 1e-9, some[key].weight)
            if some[key].weight > 0.5:
                self.assertGreater(group.weight, 0.99)

    @quick
    @given(customers, st.tuples(trait, trait, trait))
    def test_somebody_is_like_the_narrowest_group_there_is(self, rows, traits):
        groups = likeness.fit(*split(rows))
        keys = likeness.chain(groups, traits)
        self.assertEqual(keys[0], (ANY,) * 3)
        for inner, outer in zip(keys[1:], keys[:-1], strict=True):
            self.assertEqual(wider(inner), outer)
            self.assertLess(groups[inner].count, groups[outer].count)
        for at, own in enumerate(traits):
            self.assertIn(keys[-1][at], (own, ANY))

    @quick
    @given(customers)
    def test_kinds_say_what_each_customer_read_alone_says(self, rows):
        traits, values = split(rows)
        alone = likeness.fit_kinds(likeness.Kinds(traits, np.arange(len(rows))), values)
        groups = likeness.fit(traits, values)
        self.assertEqual(list(groups), list(alone))
        for key, group in groups.items():
            self.assertEqual(group.count, alone[key].count)
            self.assertAlmostEqual(group.estimate, alone[key].estimate, 4)
            self.assertAlmostEqual(group.error, alone[key].error, 4)
