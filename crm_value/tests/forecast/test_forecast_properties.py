"""What must hold of a forecast for any purchases.

Needs ``hypothesis``, so Odoo's own loader does not import this file; pytest does.
"""

from dataclasses import replace

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ...analytics.churn import churn
from ...analytics.forecast import fitting, forecast, stacking
from ...analytics.forecast.forecast import RULES
from ...analytics.forecast.returning import Returning
from ...analytics.purchases import purchases
from ...analytics.statistics import interval
from .forecast_samples import AS_OF, days_of
from .forecast_samples import RULES as GIVEN
from .test_forecast import learnt, predicted

quick = settings(
    max_examples=60, deadline=None, suppress_health_check=list(HealthCheck)
)
bought = st.lists(
    st.tuples(
        st.integers(0, 5),  # customer
        st.integers(AS_OF - 900, AS_OF),  # day
        st.integers(-5_000, 9_999).map(lambda cents: cents / 100),
    ),
    min_size=1,
    max_size=40,
)
rules_of_prediction = st.sampled_from(
    [rule for rule in RULES if rule not in ("seasonal", "naive")]
)
MONEY = ("expected_spend", "expected_revenue", "clv", "clv_low", "clv_high")


def of_rule(rule, **values):
    """Return a Forecast by one rule."""
    found = learnt(**values)
    model = rule if rule in ("bg", "mbg") else "mbg"
    buying = replace(found.buying, model=model)
    if rule == "pareto":
        theta = {"a": None, "b": None, "s": 0.6, "beta": 12.0}
        buying = replace(found.buying, model="pareto", **theta)
    parts = stacking.PRIORS.get(rule)
    weights = parts and stacking.Weights(rule, *parts)
    return replace(found, rule=rule, buying=buying, weights=weights)


@tagged("post_install", "-at_install")
class TestForecastProperties(BaseCase):
    @quick
    @given(rows=bought, rule=rules_of_prediction)
    def test_buyers_have_figures_and_others_have_none(self, rows, rule):
        days = days_of(rows)
        values = predicted(of_rule(rule), days)
        buyer = purchases.summarise(days, AS_OF, GIVEN)["purchase_count"] > 0
        for name, column in values.items():
            known = column >= 0 if column.dtype.kind == "i" else ~np.isnan(column)
            np.testing.assert_array_equal(known, buyer, err_msg=name)
        for name in ("expected_purchases", "expected_spend", "expected_revenue"):
            self.assertTrue((values[name][buyer] >= 0).all(), name)
        low, mid, high = (values[n][buyer] for n in ("clv_low", "clv", "clv_high"))
        self.assertTrue((low <= mid + 1e-9).all() and (mid <= high + 1e-9).all())
        least, count, most = (
            values[n][buyer]
            for n in ("expected_low", "expected_purchases", "expected_high")
        )
        self.assertTrue((least <= count).all() and (count <= most).all())
        self.assertTrue((np.mod(least, 1) == 0).all() and (np.mod(most, 1) == 0).all())

    @quick
    @given(
        rows=bought,
        rule=rules_of_prediction,
        shift=st.floats(-3, 3),
        slope=st.floats(0.3, 3),
        part=st.floats(0, 1),
        risk=st.floats(0, 1),
    )
    def test_longer_time_has_no_smaller_chance(
        self, rows, rule, shift, slope, part, risk
    ):
        """Nor the mean a smaller one than the chance, nor the risk a larger one."""
        back = Returning(learnt().buying, shift, slope, part=part)
        days = days_of(rows)
        values = predicted(of_rule(rule, returning=back), days)
        facts = purchases.summarise(days, AS_OF, GIVEN)
        known = facts["purchase_count"] > 0
        facts = {name: column[known] for name, column in facts.items()}
        t_x = (facts["last_purchase_date"] - facts["first_purchase_date"]) / 7
        history = facts["purchase_count"] - 1, t_x, t_x + facts["recency_days"] / 7
        year = values["return_chance"][known]
        chances = [back.chance(days / 7, *history) for days in (30, 90, 182)]
        self.assertTrue((np.diff([*chances, year], axis=0) >= -1e-9).all())
        self.assertTrue((values["expected_purchases"][known] >= year - 1e-9).all())
        told = churn.within_reach(np.full(year.shape, risk), year)
        self.assertTrue((1 - told <= year + 1e-12).all())

    @quick
    @given(rows=bought, rule=rules_of_prediction, seed=st.randoms())
    def test_order_of_lines_is_irrelevant(self, rows, rule, seed):
        shuffled = list(rows)
        seed.shuffle(shuffled)
        one, other = (predicted(of_rule(rule), days_of(r)) for r in (rows, shuffled))
        for name, column in one.items():
            np.testing.assert_allclose(other[name], column, rtol=1e-9, err_msg=name)

    @quick
    @given(rows=bought, rule=rules_of_prediction, times=st.sampled_from([2, 10, 1000]))
    def test_scaling_money_scales_the_value(self, rows, rule, times):
        found = of_rule(rule)
        scaled = replace(
            found.spending, v=found.spending.v * times, mean=found.spending.mean * times
        )
        one = predicted(found, days_of(rows))
        more = [(customer, day, money * times) for customer, day, money in rows]
        other = predicted(replace(found, spending=scaled), days_of(more))
        for name, column in one.items():
            factor = times if name in MONEY else 1
            np.testing.assert_allclose(
                other[name], column * factor, rtol=1e-6, atol=1e-9, err_msg=name
            )

    @quick
    @given(
        customers=st.integers(1, 120),
        gaps=st.lists(st.integers(1, 400), min_size=1, max_size=6),
        money=st.integers(0, 10**7),
    )
    def test_any_company_can_be_fitted(self, customers, gaps, money):
        rows = []
        for customer in range(customers):
            day = AS_OF - 900 + customer
            for gap in gaps[: 1 + customer % len(gaps)]:
                rows.append((customer, day, money / 100))
                day += gap
        rows = [row for row in rows if row[1] <= AS_OF]
        found, card = fitting.fit(days_of(rows), AS_OF, GIVEN)
        self.assertEqual(
            found.confidence == forecast.INSUFFICIENT, "few" in card["warnings"]
        )
        values = predicted(found, days_of(rows))
        for name in ("expected_purchases", "clv", "clv_low", "clv_high"):
            finite = values[name][values["clv_confidence"] >= 0]
            self.assertTrue(np.isfinite(finite).all(), name)

    @quick
    @given(
        none=st.floats(0, 1),
        mean=st.floats(0, 1e9),
        shape=st.floats(1e-3, 1e6),
        level=st.floats(0.05, 0.99),
    )
    def test_interval_holds_its_level_and_the_mean(self, none, mean, shape, level):
        ahead = interval.Outlook(*(np.array([part]) for part in (none, mean, shape)))
        low, high = ahead.shortest(level)
        self.assertTrue(0 <= low[0] <= mean <= high[0] < np.inf)
        below = ahead.share_below(low)[0] if low[0] > 0 else 0.0
        held = ahead.share_below(high)[0] - below
        self.assertGreaterEqual(held, level - 1e-6 if mean > 1e-9 else 0)
