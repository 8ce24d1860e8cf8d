"""The models of buying and spending against the ``lifetimes`` package.

Needs ``lifetimes``, so Odoo's own loader does not import this file; pytest does.
"""

import warnings
from functools import cache

import numpy as np

from odoo.tests import BaseCase, tagged

from ...analytics.forecast import clv, spend
from .clv_samples import HOLD_OUT, cdnow, require_cdnow, simulated, simulated_spend
from .test_clv import SPENDING, TRUTH, params

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import lifetimes

FITTERS = {
    "bg": lifetimes.BetaGeoFitter,
    "mbg": lifetimes.ModifiedBetaGeoFitter,
    "pareto": lifetimes.ParetoNBDFitter,
}
CUSTOMERS = 1_500
EACH = [(model, source) for model in FITTERS for source in ("cdnow", "simulated")]


def sample(model, source):
    """Return the CDNOW customers, or customers who buy as the model says."""
    if source == "cdnow":
        return cdnow()
    return simulated(model, TRUTH[model], CUSTOMERS, ages=(20, 60))


@cache
def fitted(model, source):
    """Return (our parameters, the fitter of lifetimes)."""
    rows = sample(model, source).rows
    return clv.fit(*rows, model=model, prior=False), closest_fit(model, rows)


def closest_fit(model, rows):
    """Return the fitter of lifetimes at the finest tolerance it reaches here.

    The last digits of its gradient depend on the processor: on some, the finest
    tolerance is never met.
    """
    for tolerance in (1e-9, 1e-8):
        try:
            return FITTERS[model]().fit(*rows, tol=tolerance)
        except lifetimes.utils.ConvergenceError:
            continue
    return FITTERS[model]().fit(*rows)


def log_likelihood_of(model, fitter, rows):
    """Return the fitter's own log-likelihood, in weeks, at its own parameters."""
    theta = np.array([fitter.params_[name] for name in clv.NAMES[model]])
    if model == "pareto":
        return fitter._conditional_log_likelihood(theta, *rows).sum()
    given = (np.log(theta), *rows, np.ones(rows[0].size), 0.0)
    return -fitter._negative_log_likelihood(*given) * rows[0].size


@tagged("post_install", "-at_install")
class TestClvOracle(BaseCase):
    def setUp(self):
        super().setUp()
        require_cdnow(self)

    def test_parameters_equal_those_of_lifetimes(self):
        for model, source in EACH:
            ours, other = fitted(model, source)
            theta = [other.params_[name] for name in clv.NAMES[model]]
            np.testing.assert_allclose(ours.theta, theta, rtol=2e-3)

    def test_parameters_are_the_true_ones_within_their_errors(self):
        for model in clv.MODELS:
            ours, _other = fitted(model, "simulated")
            away = np.log(ours.theta) - np.log(TRUTH[model])
            self.assertLess(np.abs(away / np.sqrt(np.diag(ours.covariance))).max(), 4)

    def test_log_likelihood_equals_and_is_not_below_that_of_lifetimes(self):
        for model, source in EACH:
            ours, other = fitted(model, source)
            found = log_likelihood_of(model, other, sample(model, source).rows)
            self.assertAlmostEqual(ours.log_likelihood, found, delta=1e-3)
            self.assertGreater(ours.log_likelihood, found - 1e-6)

    def test_standard_errors_equal_those_of_lifetimes(self):
        for source in ("cdnow", "simulated"):
            for model in ("bg", "mbg"):  # lifetimes has none for Pareto/NBD
                ours, other = fitted(model, source)
                theta = [other.standard_errors_[name] for name in clv.NAMES[model]]
                errors = np.sqrt(np.diag(ours.covariance)) * ours.theta
                np.testing.assert_allclose(errors, theta, rtol=1e-2)

    def test_predictions_equal_those_of_lifetimes(self):
        for model, source in EACH:
            rows = sample(model, source).rows
            _ours, other = fitted(model, source)
            same = params(model, [other.params_[n] for n in clv.NAMES[model]])
            np.testing.assert_allclose(
                clv.probability_alive(same, *rows),
                np.ravel(other.conditional_probability_alive(*rows)),
                rtol=1e-8,
            )
            for t in (1, HOLD_OUT, 104):
                expected = other.predict(t, *rows)
                found = clv.expected_purchases(same, t, *rows)
                np.testing.assert_allclose(found, expected, rtol=1e-7)

    # --- Gamma-Gamma ---

    def _spending(self, source):
        if source == "cdnow":
            return cdnow().x, cdnow().m
        x = simulated("bg", TRUTH["bg"], CUSTOMERS).x
        return x, simulated_spend(SPENDING, x)

    def test_gamma_gamma_equals_that_of_lifetimes(self):
        for source in ("cdnow", "simulated"):
            x, m = self._spending(source)
            known = (x > 0) & (m > 0)
            other = lifetimes.GammaGammaFitter().fit(x[known], m[known], tol=1e-7)
            ours = spend.fit(x, m)
            theta = [other.params_[name] for name in "pqv"]
            np.testing.assert_allclose((ours.p, ours.q, ours.v), theta, rtol=2e-3)
            expected = other.conditional_expected_average_profit(x[known], m[known])
            found = spend.expected_spend(ours, x[known], m[known])
            np.testing.assert_allclose(found, expected, rtol=1e-4)
