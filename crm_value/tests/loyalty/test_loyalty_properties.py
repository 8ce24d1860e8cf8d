"""What must hold for the loyalty of any customers.

Needs ``hypothesis``, so Odoo's own loader does not import this file; pytest does.
"""

import json

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ...analytics.loyalty import kind, loyalty
from ...analytics.loyalty.loyalty import Limits, Scales
from ...analytics.statistics import ranking
from ..statistics.test_analytics_properties import quick

nan = float("nan")
count = st.integers(0, 12)
customer = st.fixed_dictionaries(
    {
        "purchase_count": count,
        "window_count": count,
        "product_count": count,
        "discounted_count": count,
        "window_order_count": count,
        "reward_count": count,
        "overdue": st.one_of(st.just(nan), st.integers(0, 200).map(lambda n: n / 10)),
        "gap_variation": st.one_of(st.just(nan), st.floats(0, 3)),
        "lead_count": st.integers(0, 1),
        "quotation_count": st.integers(0, 1),
        "ticket_count": st.integers(0, 1),
        "lost": st.booleans(),
        "attitude": st.one_of(st.just(nan), st.floats(0, 100)),
    }
)
customers = st.lists(customer, min_size=1, max_size=30)


def columns(rows):
    return {
        name: np.array([row[name] for row in rows], bool if name == "lost" else float)
        for name in rows[0]
    }


def placed(figures, scales=None):
    """Return (behaviour, class, kind, scales) of some customers."""
    scales = scales or loyalty.learn(figures)
    behaviour = loyalty.behaviour(figures, scales)
    classes = loyalty.classify(behaviour, figures["attitude"], Limits())
    kinds = kind.suggest(figures, classes, Limits())
    return behaviour, classes, kinds, scales


@tagged("post_install", "-at_install")
class TestLoyaltyProperties(BaseCase):
    @quick
    @given(customers)
    def test_ranks_lie_between_their_bounds_and_only_buyers_have_one(self, rows):
        figures = columns(rows)
        behaviour, *_rest = placed(figures)
        known = ~np.isnan(behaviour)
        bought = figures["purchase_count"] > 0
        ranked = bought & (bought.sum() >= ranking.FEWEST)
        np.testing.assert_array_equal(known, ranked)
        ranked &= ~figures["lost"]
        self.assertTrue(((behaviour[ranked] > 0) & (behaviour[ranked] < 100)).all())

    @quick
    @given(customers)
    def test_who_is_lost_is_neither_loyal_nor_spurious(self, rows):
        figures = columns(rows)
        behaviour, classes, kinds, _yardsticks = placed(figures)
        lost = figures["lost"]
        self.assertFalse(behaviour[lost & ~np.isnan(behaviour)].any())
        buying = (loyalty.LOYAL, loyalty.SPURIOUS)
        self.assertFalse(np.isin(classes[lost], buying).any())
        self.assertTrue(
            np.isin(kinds[lost], (kind.NO_KIND, kind.ONLY_LATENT)).all(),
        )

    @quick
    @given(customers)
    def test_without_an_answer_nobody_is_spurious(self, rows):
        figures = columns(rows)
        behaviour, classes, _kinds, _yardsticks = placed(figures)
        silent = np.isnan(figures["attitude"]) | np.isnan(behaviour)
        np.testing.assert_array_equal(classes == loyalty.UNKNOWN, silent)

    @quick
    @given(customers, st.randoms())
    def test_order_does_not_matter(self, rows, random):
        figures = columns(rows)
        order = list(range(len(rows)))
        random.shuffle(order)
        shuffled = {name: column[order] for name, column in figures.items()}
        for before, after in zip(
            placed(figures)[:3], placed(shuffled)[:3], strict=True
        ):
            np.testing.assert_array_equal(before[order], after)

    @quick
    @given(customers, st.integers(0, 29))
    def test_some_by_kept_yardsticks_get_what_all_got(self, rows, first):
        figures = columns(rows)
        *everybody, scales = placed(figures)
        kept = Scales.from_json(json.loads(json.dumps(scales.to_json())))
        some = slice(min(first, len(rows) - 1), None)
        few = {name: column[some] for name, column in figures.items()}
        for before, after in zip(everybody, placed(few, kept)[:3], strict=True):
            np.testing.assert_array_equal(before[some], after)

    @quick
    @given(customers)
    def test_buying_more_never_lowers_the_behaviour(self, rows):
        figures = columns(rows)
        before, *_rest, scales = placed(figures)
        more = {**figures, "window_count": figures["window_count"] + 1}
        after = loyalty.behaviour(more, scales)
        known = ~np.isnan(before)
        self.assertTrue((after[known] >= before[known]).all())

    @quick
    @given(customers)
    def test_kinds_rest_on_what_is_known(self, rows):
        figures = columns(rows)
        _behaviour, classes, kinds, _yardsticks = placed(figures)
        unseen = (kind.CONVENIENCE, kind.MONOPOLY)
        self.assertFalse(np.isin(kinds, unseen).any())
        of_price = kinds == kind.PRICE
        self.assertTrue((figures["window_count"][of_price] >= kind.FEW).all())
        np.testing.assert_array_equal(kinds == kind.PREMIUM, classes == loyalty.LOYAL)
