"""The models of customer lifetime value against the figures their papers publish.

All on the CDNOW sample that the papers use: 2,357 customers, calibration to the end of
September 1997, weeks, the following 39 weeks held out.
"""

from functools import cache

import numpy as np

from odoo.tests import BaseCase, tagged

from ...analytics.forecast import clv, spend
from .clv_samples import HOLD_OUT, cdnow


@cache
def fitted(model):
    """Return the maximum-likelihood parameters on the sample, no prior."""
    return clv.fit(*cdnow().rows, model=model, prior=False)


@tagged("post_install", "-at_install")
class TestClvReference(BaseCase):
    def _assert_fit(self, model, published, places=0.0006):
        found = fitted(model)
        self.assertTrue(found.converged)
        self.assertTrue(found.dropout)
        np.testing.assert_allclose(found.theta, published, rtol=0, atol=places)

    def _held_out(self, model):
        return clv.expected_purchases(fitted(model), HOLD_OUT, *cdnow().rows)

    def test_sample_is_that_of_the_papers(self):
        data = cdnow()
        self.assertEqual(data.x.size, 2_357)
        self.assertEqual((data.x.sum(), data.later.sum()), (2_457, 1_882))
        self.assertEqual(((data.x > 0) & (data.m > 0)).sum(), 946)

    # --- fits ---

    def test_bg_fit_of_fader_hardie_lee_2005_table_2(self):
        self._assert_fit("bg", (0.243, 4.414, 0.793, 2.426))
        self.assertAlmostEqual(fitted("bg").log_likelihood, -9582.43, delta=0.006)

    def test_pareto_fit_of_fader_hardie_lee_2005_table_2(self):
        self._assert_fit("pareto", (0.553, 10.578, 0.606, 11.669))
        self.assertAlmostEqual(fitted("pareto").log_likelihood, -9594.98, delta=0.006)

    def test_mbg_fit_equals_the_reference(self):
        self._assert_fit("mbg", (0.525, 6.183, 0.891, 1.614))

    def test_gamma_gamma_fit_of_fader_hardie_2013(self):
        data = cdnow()
        found = spend.fit(data.x, data.m)
        self.assertEqual(found.n, 946)
        theta = (found.p, found.q, found.v)
        np.testing.assert_allclose(theta, (6.25, 3.74, 15.44), rtol=0, atol=0.006)
        self.assertAlmostEqual(found.mean, found.p * found.v / (found.q - 1))
        self.assertLess(abs(found.correlation), 0.3)

    # --- predictions ---

    def test_bg_expectation_of_fader_hardie_lee_2005_example(self):
        found = clv.expected_purchases(fitted("bg"), 39, 2, 30.43, 38.86)
        self.assertAlmostEqual(float(found), 1.226, places=3)

    def test_bg_frequent_customer_equals_the_reference(self):
        history = (26, 30.857, 31)
        found = clv.expected_purchases(fitted("bg"), 52, *history)
        self.assertAlmostEqual(float(found), 25.757, places=3)
        alive = clv.probability_alive(fitted("bg"), *history)
        self.assertAlmostEqual(float(alive), 0.96885, places=5)

    # --- hold-out ---

    def test_bg_hold_out_means_by_frequency_equal_the_reference(self):
        expected, bucket = self._held_out("bg"), np.minimum(cdnow().x, 7)
        means = [expected[bucket == x].mean() for x in range(8)]
        published = [0.225, 0.523, 1.044, 1.520, 2.164, 2.654, 3.504, 6.157]
        np.testing.assert_allclose(means, published, rtol=0, atol=0.0006)

    def test_bg_hold_out_correlation_equals_the_reference(self):
        found = np.corrcoef(self._held_out("bg"), cdnow().later)[0, 1]
        self.assertAlmostEqual(found, 0.626, places=3)

    def test_pareto_hold_out_correlation_equals_the_reference(self):
        found = np.corrcoef(self._held_out("pareto"), cdnow().later)[0, 1]
        self.assertAlmostEqual(found, 0.630, places=3)
