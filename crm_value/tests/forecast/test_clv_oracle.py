"""The models of buying and spending against the ``lifetimes`` package.

What it finds stands in a file that ``benchmarks/clv_oracle.py`` writes, so nobody needs
the package to run this.
"""

import json
from functools import cache
from pathlib import Path

import numpy as np

from odoo.tests import BaseCase, tagged

from ...analytics.forecast import clv, spend
from .clv_samples import HOLD_OUT, TRUTH, compared, compared_spend
from .test_clv import params

FILE = Path(__file__).parents[1] / "data" / "lifetimes" / "clv.json"
SOURCES = ("cdnow", "simulated")
EACH = [(model, source) for model in clv.MODELS for source in SOURCES]


@cache
def theirs():
    """Return what lifetimes found: source → model → its numbers."""
    return json.loads(FILE.read_text(encoding="utf-8"))


@cache
def ours(model, source):
    return clv.fit(*compared(model, source).rows, model=model, prior=False)


@tagged("post_install", "-at_install")
class TestClvOracle(BaseCase):
    def test_both_saw_the_same_customers(self):
        for model, source in EACH:
            sums = [column.sum() for column in compared(model, source).rows]
            np.testing.assert_allclose(sums, theirs()[source][model]["sums"])
        for source in SOURCES:
            x, m = compared_spend(source)
            known = (x > 0) & (m > 0)
            sums = (x[known].sum(), m[known].sum())
            np.testing.assert_allclose(sums, theirs()[source]["spend"]["sums"])

    def test_parameters_equal_those_of_lifetimes(self):
        for model, source in EACH:
            theta = theirs()[source][model]["theta"]
            np.testing.assert_allclose(ours(model, source).theta, theta, rtol=2e-3)

    def test_parameters_are_the_true_ones_within_their_errors(self):
        for model in clv.MODELS:
            found = ours(model, "simulated")
            away = np.log(found.theta) - np.log(TRUTH[model])
            self.assertLess(np.abs(away / np.sqrt(np.diag(found.covariance))).max(), 4)

    def test_log_likelihood_equals_and_is_not_below_that_of_lifetimes(self):
        for model, source in EACH:
            other = theirs()[source][model]["log_likelihood"]
            found = ours(model, source).log_likelihood
            self.assertAlmostEqual(found, other, delta=1e-3)
            self.assertGreater(found, other - 1e-6)

    def test_standard_errors_equal_those_of_lifetimes(self):
        for source in SOURCES:
            for model in ("bg", "mbg"):  # lifetimes has none for Pareto/NBD
                found = ours(model, source)
                errors = np.sqrt(np.diag(found.covariance)) * found.theta
                other = theirs()[source][model]["errors"]
                np.testing.assert_allclose(errors, other, rtol=1e-2)

    def test_predictions_equal_those_of_lifetimes(self):
        for model, source in EACH:
            other = theirs()[source][model]
            same = params(model, other["theta"])
            rows = [np.array(other["histories"][name]) for name in ("x", "t_x", "T")]
            alive = clv.probability_alive(same, *rows)
            np.testing.assert_allclose(alive, other["alive"], rtol=1e-8)
            for t in (1, HOLD_OUT, 104):
                found = clv.expected_purchases(same, t, *rows)
                expected = other["purchases"][str(t)]
                np.testing.assert_allclose(found, expected, rtol=1e-7)

    def test_gamma_gamma_equals_that_of_lifetimes(self):
        for source in SOURCES:
            other = theirs()[source]["spend"]
            found = spend.fit(*compared_spend(source))
            theta = (found.p, found.q, found.v)
            np.testing.assert_allclose(theta, other["theta"], rtol=2e-3)
            rows = [np.array(other["histories"][name]) for name in "xm"]
            expected = spend.expected_spend(found, *rows)
            np.testing.assert_allclose(expected, other["expected"], rtol=1e-4)
