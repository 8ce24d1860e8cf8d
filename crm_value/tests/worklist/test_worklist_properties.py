"""What must hold for the worklists of any customers.

Needs ``hypothesis``, so Odoo's own loader does not import this file; pytest does.
"""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ...analytics.lifecycle.lifecycle import DECLINE, PROSPECT
from ...analytics.worklist import next_contact, worklist
from ...analytics.worklist.worklist import (
    DEVELOP,
    IDENTIFY,
    NONE,
    RETAIN,
    Calibration,
    Limits,
)
from ..statistics.test_analytics_properties import quick

nan = float("nan")
money = st.integers(-10_000, 100_000).map(lambda cents: cents / 100)
share = st.one_of(st.just(nan), st.floats(0, 1))
day = st.one_of(st.just(nan), st.integers(8000, 10000).map(float))
customer = st.fixed_dictionaries(
    {
        "stage": st.integers(-1, 6),
        "margin": money,
        "margin_total": money,
        "revenue_total": money,
        "open_amount": st.one_of(st.just(nan), money),
        "open_count": st.integers(0, 2).map(float),
        "overdue": st.one_of(st.just(nan), st.integers(0, 200).map(lambda n: n / 10)),
        "decline_risk": share,
        "p_alive": share,
        "recency_days": st.integers(0, 1000).map(float),
        "first_purchase_date": day,
        "last_purchase_date": day,
        "next_purchase_date": day,
        "open_until": day,
        "planned_date": day,
    }
)
customers = st.lists(customer, max_size=30)
NAMES = (
    "stage margin margin_total revenue_total open_amount open_count overdue "
    "decline_risk p_alive recency_days first_purchase_date last_purchase_date "
    "next_purchase_date open_until planned_date"
).split()


def columns(rows):
    return {
        name: np.array([row[name] for row in rows], int if name == "stage" else float)
        for name in NAMES
    }


def taken(figures, rows):
    return {name: column[rows] for name, column in figures.items()}


@tagged("post_install", "-at_install")
class TestWorklistProperties(BaseCase):
    @quick
    @given(customers)
    def test_stake_is_money_or_unknown_and_only_on_a_list(self, rows):
        figures = columns(rows)
        placed, _yardsticks = worklist.place(figures, Limits())
        stake, lists = placed["stake"], placed["worklist"]
        known = ~np.isnan(stake)
        self.assertTrue((stake[known] >= 0).all())
        self.assertFalse(known[lists == NONE].any())
        self.assertTrue(np.isin(lists, (NONE, IDENTIFY, RETAIN, DEVELOP)).all())
        score = placed["stake_score"]
        ranked = ~np.isnan(score)
        self.assertTrue(ranked[known].all())
        certain = ~np.isnan(figures["decline_risk"]) | (figures["stage"] == PROSPECT)
        self.assertFalse(known[~certain].any(), "money of a chance nobody has checked")
        self.assertTrue(known[ranked & certain].all())
        self.assertTrue(((score[ranked] > 0) & (score[ranked] < 100)).all())
        developing = lists == DEVELOP
        self.assertTrue((stake <= figures["margin"] + 0.005)[developing & known].all())

    @quick
    @given(customers)
    def test_risk_alone_retains_nobody_before_the_next_purchase_is_due(self, rows):
        figures = columns(rows)
        lists = worklist.place(figures, Limits())[0]["worklist"]
        early = (figures["overdue"] < 1) & (figures["stage"] != DECLINE)
        self.assertFalse((lists[early] == RETAIN).any())

    @quick
    @given(customers)
    def test_level_ranks_as_the_probability_would(self, rows):
        figures = columns(rows)
        placed = worklist.place(figures, Limits())[0]
        unsure = {**figures, "threat": figures["decline_risk"]}
        unsure["decline_risk"] = np.full(len(rows), nan)
        again = worklist.place(unsure, Limits())[0]
        for name in ("worklist", "stake_score"):
            np.testing.assert_array_equal(again[name], placed[name])
        prospects = figures["stage"] == PROSPECT
        self.assertTrue(np.isnan(again["stake"][~prospects]).all())

    @quick
    @given(customers, st.randoms())
    def test_order_does_not_matter(self, rows, random):
        figures = columns(rows)
        order = list(range(len(rows)))
        random.shuffle(order)
        order = np.array(order, int)
        placed, _yardsticks = worklist.place(figures, Limits())
        again, _yardsticks = worklist.place(taken(figures, order), Limits())
        for name, column in placed.items():
            np.testing.assert_allclose(again[name], column[order], atol=0.01)

    @quick
    @given(customers, st.data())
    def test_some_customers_find_the_place_of_the_whole_run(self, rows, data):
        figures = columns(rows)
        placed, learnt = worklist.place(figures, Limits())
        some = np.array([data.draw(st.booleans()) for _row in rows], bool)
        kept = Calibration.from_json(learnt.to_json())
        again, _learnt = worklist.place(taken(figures, some), Limits(), kept)
        for name, column in placed.items():
            np.testing.assert_array_equal(again[name], column[some])

    @quick
    @given(customers)
    def test_risk_is_known_wherever_anything_is(self, rows):
        figures = columns(rows)
        risk = worklist.risk(figures, Limits())
        known = ~np.isnan(risk)
        self.assertTrue(((risk[known] >= 0) & (risk[known] <= 1)).all())
        told = ~np.isnan(figures["decline_risk"]) | ~np.isnan(figures["p_alive"])
        told |= ~np.isnan(figures["overdue"])
        self.assertTrue(known[told].all())
        silent = np.isnan(figures["decline_risk"]) & np.isnan(figures["p_alive"])
        overdue = silent & (figures["overdue"] > 0)
        self.assertTrue((risk[overdue] > 0).all(), "never silently zero")

    @quick
    @given(customers, st.integers(8500, 9500), st.floats(1, 400))
    def test_next_best_date_is_a_working_day_from_today_on(self, rows, as_of, rhythm):
        figures = columns(rows)
        lists = worklist.place(figures, Limits())[0]["worklist"]
        seen = {**figures, "worklist": lists}
        days = next_contact.next_day(seen, as_of, rhythm, next_contact.Workdays())
        listed = lists != NONE
        self.assertTrue(np.isnan(days[~listed]).all())
        self.assertTrue((days[listed] >= as_of).all())
        # Day 0 is a Saturday.
        self.assertTrue((days[listed] % 7 > 1).all())
