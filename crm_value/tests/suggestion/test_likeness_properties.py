"""Neighbours of products against a slow count, on drawn purchases.

Needs ``hypothesis``, so Odoo's own loader does not import this file; pytest does.
"""

from collections import defaultdict
from math import sqrt

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ...analytics.suggestion import likeness
from .test_likeness import fast

PURCHASES = st.lists(
    st.tuples(st.integers(0, 5), st.integers(0, 6)), min_size=1, max_size=40
)


def slow(purchases):
    """Return {(a, b): (both, buyers of a, cosine)}, counted one by one."""
    buyers = defaultdict(set)
    for customer, product in purchases:
        buyers[product].add(customer)
    return {
        (a, b): (
            len(buyers[a] & buyers[b]),
            len(buyers[a]),
            len(buyers[a] & buyers[b]) / sqrt(len(buyers[a]) * len(buyers[b])),
        )
        for a in buyers
        for b in buyers
        if a != b and len(buyers[a] & buyers[b]) >= likeness.FEWEST
    }


@tagged("post_install", "-at_install")
class TestLikenessProperties(BaseCase):
    @settings(max_examples=60, deadline=None)
    @given(PURCHASES)
    def test_neighbours_are_those_of_a_slow_count(self, purchases):
        found = {(a, b): (both, n, c) for a, b, both, n, c in fast(purchases)}
        expected = slow(purchases)
        self.assertEqual(found.keys(), expected.keys())
        for pair, (both, buyers, cosine) in expected.items():
            self.assertEqual(found[pair][:2], (both, buyers))
            self.assertAlmostEqual(found[pair][2], cosine)

    @settings(max_examples=40, deadline=None)
    @given(PURCHASES, st.integers(1, 3))
    def test_the_most_alike_are_kept_and_come_first(self, purchases, top):
        by_product = defaultdict(list)
        for (a, _b), (*_counts, cosine) in slow(purchases).items():
            by_product[a].append(cosine)
        found = defaultdict(list)
        for a, _b, _both, _n, cosine in fast(purchases, top=top):
            found[a].append(cosine)
        for a, cosines in by_product.items():
            best = sorted(cosines, reverse=True)[:top]
            np.testing.assert_allclose(found[a], best)
