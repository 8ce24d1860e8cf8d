"""Likelihoods and expectations against slow, independent ways to them."""

from itertools import pairwise
from unittest.mock import patch

import numpy as np
from scipy.integrate import quad
from scipy.special import betaln, gammaln, hyp2f1

from odoo.tests import BaseCase, tagged

from ...analytics.forecast import bgnbd, clv_likelihood, paretonbd, spend
from ...analytics.statistics import grouping

# x, t_x, T in weeks: from the one-time buyer to several purchases a week
HISTORIES = np.array(
    [(0, 0, 39), (0, 0, 1), (1, 3, 39), (2, 30.43, 38.86), (7, 20, 20), (30, 50, 60)]
).T
BUYING = ((0.243, 4.414, 0.793, 2.426), (1.5, 20.0, 0.2, 0.9), (0.6, 3.0, 4.0, 9.0))
LEAVING = (
    (0.553, 10.578, 0.606, 11.669),
    (0.553, 11.669, 0.606, 10.578),
    (2.0, 5.0, 1.5, 5.0),
    (0.3, 8.0, 2.5, 40.0),
)
EXTREME = (  # (theta, (x, t_x, T)): where the hypergeometric form has no digits left
    ((0.5, 10.0, 0.6, 12.0), (5_000, 200.0, 5_000.0)),
    ((0.5, 10.0, 0.6, 12.0), (100_000, 99_000.0, 100_000.0)),
    ((0.01, 0.001, 0.05, 5_000.0), (3, 0.5, 400.0)),
    ((50.0, 900.0, 0.02, 1e-3), (0, 0.0, 1e5)),
    ((1e-4, 1e3, 30.0, 1e-2), (0, 0.0, 1e5)),
    ((2.0, 1e4, 1e-4, 1e4), (12, 80.0, 80.001)),
)
ODD = (  # for one-time buyers a + b - 1 is negative, zero, tiny; SciPy has no value
    (0.4, 3.0, 0.3, 0.4),
    (0.4, 3.0, 0.5, 0.5),
    (0.4, 3.0, 0.5, 0.5 + 1e-12),
    (0.9, 0.05, 1.2, 500.0),
    (0.9, 0.05, 900.0, 40.0),
    (1e-4, 30.0, 1.0, 8_000.0),
)
SPENDING = ((6.25, 3.74, 15.44), (0.8, 1.2, 300.0))


def bg_slowly(theta, x, t_x, T, modified):
    """Return ln L by integrating over λ and, apart from it, over p."""
    r, alpha, a, b = theta

    def buys(until):
        log = r * np.log(alpha) - gammaln(r)
        return quad(
            lambda z: np.exp(log + (r + x - 1) * np.log(z) - z * (alpha + until)),
            0,
            np.inf,
            epsabs=0,
            limit=200,
        )[0]

    chances = x + 1 if modified else x  # occasions to leave, the last one unknown
    value = np.exp(betaln(a, b + chances) - betaln(a, b)) * buys(T)
    if chances:
        value += np.exp(betaln(a + 1, b + chances - 1) - betaln(a, b)) * buys(t_x)
    return np.log(value)


def bg_expected_slowly(theta, t, x, T, modified):
    """Return E[X(t)] of who is alive at T by integrating over ln p, ln(1−p)."""
    r, alpha, a, b = theta
    stays, reach = b + x + modified, t / (alpha + T)

    def bought(p, q):
        log = a * np.log(p) + stays * np.log(q) - betaln(a, stays)
        return -np.expm1(-(r + x) * np.log1p(p * reach)) / p * np.exp(log)

    def near_zero(y):  # dp = p q dy, p = e^y below a half
        return bought(np.exp(y), -np.expm1(y)) / -np.expm1(y)

    def near_one(y):  # q = e^y
        return bought(-np.expm1(y), np.exp(y)) / -np.expm1(y)

    edges = np.concatenate(
        (np.linspace(-700, -32, 8), np.linspace(-30, np.log(0.5), 31))
    )
    return sum(
        quad(side, *pair, epsabs=0, epsrel=1e-10)[0]
        for side in (near_zero, near_one)
        for pair in pairwise(edges)
    )


def pareto_published(theta, x, t_x, T):
    """Return ln L in the hypergeometric form of Fader and Hardie (2005)."""
    r, alpha, s, beta = theta
    high, k = (alpha, s + 1) if alpha >= beta else (beta, r + x)
    n = r + s + x

    def part(u):
        z = abs(alpha - beta) / (high + u)
        return hyp2f1(n, k, n + 1, z) / (high + u) ** n

    inside = (alpha + T) ** -(r + x) * (beta + T) ** -s
    inside += s / n * (part(t_x) - part(T))
    start = gammaln(r + x) - gammaln(r) + r * np.log(alpha) + s * np.log(beta)
    return start + np.log(inside)


def pareto_slowly(theta, x, t_x, T):
    """Return ln L by adaptive integration, decade by decade, of what is left to decay.

    Relative to its value at t_x the integrand needs no logarithm.
    """
    r, alpha, s, beta = theta

    def fall(u):
        first = -(r + x) * np.log1p((u - t_x) / (alpha + t_x))
        return np.exp(first - (s + 1) * np.log1p((u - t_x) / (beta + t_x)))

    edges = [t_x, *(t_x + (T - t_x) * np.logspace(-12, 0, 49))]
    area = sum(quad(fall, *pair, epsabs=0, epsrel=1e-12)[0] for pair in pairwise(edges))
    leaves = np.log(s * area) - (r + x) * np.log(alpha + t_x)
    leaves -= (s + 1) * np.log(beta + t_x)
    stays = -(r + x) * np.log(alpha + T) - s * np.log(beta + T)
    start = gammaln(r + x) - gammaln(r) + r * np.log(alpha) + s * np.log(beta)
    return start + np.logaddexp(stays, leaves)


def slope_by_differences(function, theta, step=1e-5):
    """Return the derivatives by ln θ, shape (parameters, n)."""
    rows = []
    for at in range(len(theta)):
        ahead, behind = (np.array(theta, float) for _side in range(2))
        ahead[at] *= np.exp(step)
        behind[at] *= np.exp(-step)
        rows.append((function(ahead) - function(behind)) / (2 * step))
    return np.stack(rows)


@tagged("post_install", "-at_install")
class TestClvLikelihood(BaseCase):
    def _assert_slope(self, function, theta):
        found = function(theta)[1] * np.array(theta)[:, None]
        expected = slope_by_differences(lambda moved: function(moved)[0], theta)
        np.testing.assert_allclose(found, expected, rtol=1e-5, atol=1e-6)

    def _assert_pareto_slowly(self, theta, history):
        arrays = np.array(history, float)[:, None]
        found = paretonbd.log_likelihood(theta, *arrays)[0][0]
        expected = pareto_slowly(theta, *history)
        np.testing.assert_allclose(found, expected, rtol=1e-10, atol=1e-9)

    # --- BG/NBD, MBG/NBD ---

    def test_bg_likelihood_equals_integration(self):
        for modified in (False, True):
            for theta in BUYING:
                found = bgnbd.log_likelihood(theta, *HISTORIES, modified)[0]
                slow = [bg_slowly(theta, *row, modified) for row in HISTORIES.T]
                np.testing.assert_allclose(found, slow, rtol=1e-6)

    def test_bg_gradient_equals_differences(self):
        for modified in (False, True):
            for theta in BUYING:
                self._assert_slope(
                    lambda moved, modified=modified: bgnbd.log_likelihood(
                        moved, *HISTORIES, modified
                    ),
                    theta,
                )

    def test_bg_expectation_equals_integration(self):
        x, _t_x, T = HISTORIES
        for theta in BUYING + ODD:
            for modified in (False, True):
                for t in (0.5, 39.0, 5_000.0):
                    r, alpha, a, b = theta
                    known = r + x, alpha + T, a, b
                    found = bgnbd._if_alive(known, t, x, modified)
                    slow = [
                        bg_expected_slowly(theta, t, *row, modified)
                        for row in zip(x, T, strict=True)
                    ]
                    np.testing.assert_allclose(found, slow, rtol=1e-6)

    # --- Pareto/NBD ---

    def test_pareto_likelihood_equals_the_hypergeometric_form(self):
        for theta in LEAVING:
            found = paretonbd.log_likelihood(theta, *HISTORIES)[0]
            published = pareto_published(theta, *HISTORIES)
            np.testing.assert_allclose(found, published, rtol=1e-9)

    def test_pareto_likelihood_equals_integration(self):
        for theta in LEAVING:
            for history in HISTORIES.T:
                if history[1] < history[2]:
                    self._assert_pareto_slowly(theta, history)

    def test_pareto_likelihood_far_out_equals_integration(self):
        for theta, history in EXTREME:
            with self.subTest(theta=theta, history=history):
                self._assert_pareto_slowly(theta, history)

    def test_pareto_gradient_equals_differences(self):
        for theta in LEAVING:
            self._assert_slope(
                lambda moved: paretonbd.log_likelihood(moved, *HISTORIES), theta
            )

    # --- all customers together ---

    def test_total_over_blocks_equals_the_sum_of_single_histories(self):
        theta = BUYING[0]
        rows = np.repeat(HISTORIES, [3, 1, 2, 1, 1, 2], axis=1)
        data = clv_likelihood.sample(*rows)
        with patch.object(grouping, "BLOCK", 2):
            for model in ("bg", "mbg", "pareto"):
                value, slope = clv_likelihood.total(model, theta, data)
                if model == "pareto":
                    single, slopes = paretonbd.log_likelihood(theta, *rows)
                else:
                    modified = model == "mbg"
                    single, slopes = bgnbd.log_likelihood(theta, *rows, modified)
                self.assertAlmostEqual(value, single.sum(), places=9)
                np.testing.assert_allclose(slope, slopes.sum(axis=1), rtol=1e-9)

    # --- Gamma-Gamma ---

    def test_spend_gradient_equals_differences(self):
        x, m = np.array([1.0, 2, 5, 40, 300]), np.array([0.5, 35.0, 80, 20, 900])
        for theta in SPENDING:
            self._assert_slope(lambda moved: spend.log_likelihood(moved, x, m), theta)

    def test_spend_density_integrates_to_one(self):
        for theta in SPENDING:
            for x in (1.0, 4.0):
                self.assertAlmostEqual(_area(theta, x), 1.0, places=6)


def _area(theta, x):
    """Integrate the density of spend, over its logarithm."""

    def density(log_m):
        m = np.exp(log_m)
        value = spend.log_likelihood(theta, np.array([x]), np.array([m]))[0]
        return np.exp(value[0] + log_m)

    return quad(density, -60, 60, limit=400, points=(0, 4, 8))[0]
