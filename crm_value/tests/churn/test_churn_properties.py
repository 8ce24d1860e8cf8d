"""What must hold of the churn risk for any purchases.

Needs ``hypothesis``, so Odoo's own loader does not import this file; pytest does.
"""

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ...analytics.churn import churn, samples
from ...analytics.statistics import accuracy, logistic
from ..forecast.forecast_samples import AS_OF, RULES, days_of

quick = settings(
    max_examples=60, deadline=None, suppress_health_check=list(HealthCheck)
)
bought = st.lists(
    st.tuples(
        st.integers(0, 5),  # customer
        st.integers(AS_OF - 900, AS_OF),  # day
        st.integers(-5_000, 9_999).map(lambda cents: cents / 100),
    ),
    max_size=60,
)
LEARNT = churn.Risk(
    churn.MODEL,
    -0.4,
    tuple(churn.FEATURES),
    (0.5,) * len(churn.FEATURES),
    (0.3,) * len(churn.FEATURES),
    tuple(np.linspace(0.1, 2, len(churn.FEATURES)).tolist()),
)


@tagged("post_install", "-at_install")
class TestChurnProperties(BaseCase):
    @quick
    @given(bought)
    def test_chances_lie_between_zero_and_one(self, rows):
        for sample in samples.samples(days_of(rows), AS_OF, RULES):
            risk = churn.probability(LEARNT, sample.columns, RULES)
            self.assertTrue(((risk >= 0) & (risk <= 1)).all())
            self.assertEqual(risk.shape, sample.left.shape)
            self.assertTrue(np.isin(sample.left, (0, 1)).all())

    @quick
    @given(bought)
    def test_reasons_add_up_to_the_log_odds(self, rows):
        for sample in samples.samples(days_of(rows), AS_OF, RULES):
            parts = churn.contributions(LEARNT, sample.columns, RULES)
            total = LEARNT.intercept + parts.sum(axis=1)
            risk = churn.probability(LEARNT, sample.columns, RULES)
            np.testing.assert_allclose(logistic.probability(total), risk, atol=1e-12)

    @quick
    @given(bought, st.randoms())
    def test_order_of_the_documents_is_irrelevant(self, rows, random):
        mixed = list(rows)
        random.shuffle(mixed)
        one, other = (samples.samples(days_of(r), AS_OF, RULES) for r in (rows, mixed))
        for first, second in zip(one, other, strict=True):
            for name in first.columns:
                np.testing.assert_allclose(
                    first.columns[name], second.columns[name], atol=1e-9
                )

    @quick
    @given(bought, st.integers(0, 4))
    def test_number_of_the_customer_is_irrelevant(self, rows, turn):
        turned = [((owner + turn) % 6, day, amount) for owner, day, amount in rows]
        one, other = (samples.samples(days_of(r), AS_OF, RULES) for r in (rows, turned))
        for first, second in zip(one, other, strict=True):
            risks = [
                churn.probability(LEARNT, c.columns, RULES) for c in (first, second)
            ]
            np.testing.assert_allclose(*map(np.sort, risks), atol=1e-9)

    @quick
    @given(
        st.lists(st.tuples(st.floats(0, 1), st.integers(0, 1)), min_size=1, max_size=40)
    )
    def test_area_turns_round_with_the_order(self, pairs):
        said, came = map(np.array, zip(*pairs, strict=True))
        area = accuracy.auc(said, came)
        if area is not None:
            self.assertAlmostEqual(area + accuracy.auc(-said, came), 1.0)
            self.assertAlmostEqual(accuracy.auc(2 * said, came), area)

    @quick
    @given(
        st.lists(
            st.tuples(st.floats(-3, 3), st.floats(-3, 3), st.integers(0, 1)),
            max_size=40,
        )
    )
    def test_fit_is_finite_whatever_the_labels(self, rows):
        table = np.array(rows, float).reshape(-1, 3)
        intercept, slopes = logistic.fit(table[:, :2], table[:, 2])
        self.assertTrue(np.isfinite([intercept, *slopes]).all())
