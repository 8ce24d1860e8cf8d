"""Regular buyers: MBG/CNBD-k against a slow simulation, and how regularity is told."""

import numpy as np

from odoo.tests import BaseCase, tagged

from ...analytics.forecast import bgnbd, clv
from ...analytics.purchases import histories
from ...analytics.purchases.purchases import Occasions
from . import clv_samples

THETA, K, AHEAD = (6.0, 10.0, 0.3, 1.5), 4, 13.0


def drawn(seed, size):
    """Draw customers of the model, event by event.

    :return: x, t_x, T, and of the AHEAD weeks after T: alive at T, purchases
    """
    rng = np.random.default_rng(seed)
    r, alpha, a, b = THETA
    rate, leaving = rng.gamma(r, 1 / alpha, size), rng.beta(a, b, size)
    T = rng.uniform(20, 80, size)
    x, t_x, came, clock = (np.zeros(size) for _column in range(4))
    alive, here = np.zeros(size, bool), rng.random(size) > leaving
    while here.any():
        at = np.flatnonzero(here)
        clock[at] += rng.gamma(K, 1 / rate[at])
        past, over = clock[at] <= T[at], clock[at] > T[at] + AHEAD
        x[at[past]] += 1
        t_x[at[past]] = clock[at[past]]
        came[at[~past & ~over]] += 1
        alive[at[~past]] = True
        here[at[(rng.random(at.size) < leaving[at]) | over]] = False
    return x, t_x, T, alive, came


@tagged("post_install", "-at_install")
class TestRegularity(BaseCase):
    def test_probabilities_and_expectations_are_those_of_a_simulation(self):
        x, t_x, T, alive, came = drawn(3, 40_000)
        params = clv.Params("mbg", *THETA, k=K)
        for said, real in (
            (clv.probability_alive(params, x, t_x, T), alive),
            (clv.probability_none(params, AHEAD, x, t_x, T), came == 0),
            (clv.expected_purchases(params, AHEAD, x, t_x, T), came),
        ):
            for part in np.array_split(np.argsort(said), 8):
                error = real[part].std() / np.sqrt(part.size)
                near = abs(said[part].mean() - real[part].mean())
                self.assertLess(near, 3.5 * error + 0.015)

    def test_fit_finds_the_parameters_again(self):
        x, t_x, T, _alive, _came = drawn(5, 20_000)
        found = clv.fit(x, t_x, T, "mbg", k=K)
        np.testing.assert_allclose(found.theta, THETA, rtol=0.1)
        self.assertEqual(found.k, K)

    def test_gradient_is_that_of_the_likelihood(self):
        x, t_x, T, _alive, _came = drawn(7, 40)
        for k in (1, 2, 5):
            _value, slope = bgnbd.log_likelihood(THETA, x, t_x, T, True, k)
            for at in range(4):
                step = np.zeros(4)
                step[at] = 1e-5 * THETA[at]
                ahead, behind = (
                    bgnbd.log_likelihood(np.add(THETA, side), x, t_x, T, True, k)[0]
                    for side in (step, -step)
                )
                numeric = (ahead - behind) / (2 * step[at])
                np.testing.assert_allclose(slope[at], numeric, rtol=1e-4, atol=1e-6)

    def test_random_purchases_are_those_of_the_plain_model(self):
        x, t_x, T, _alive, _came = drawn(9, 50)
        rows = (THETA, AHEAD, x, t_x, T, True)
        np.testing.assert_array_equal(
            bgnbd.expected_purchases(*rows), bgnbd.expected_purchases(*rows, k=1)
        )

    def test_longer_silence_never_makes_a_purchase_likelier(self):
        silence = np.linspace(0, 60, 121)
        for k in (1, 2, 4, 6):
            for x in (0.0, 1.0, 9.0):
                t_x = 4.0 * x
                params = clv.Params("mbg", 2.0 * k, 9.0, 0.4, 1.5, k=k)
                alive = clv.probability_alive(params, x, t_x, t_x + silence)
                self.assertTrue((np.diff(alive) <= 1e-12).all(), (k, x))

    def test_regularity_is_told_from_gaps_whatever_the_rate(self):
        rng = np.random.default_rng(11)
        for k, least, most in ((1, 1, 1), (3, 2, 3), (5, 4, 5)):
            mean = rng.gamma(2, 20, 400)[:, None]
            gaps = rng.gamma(k, mean / k, (400, 8))
            day = np.cumsum(np.maximum(gaps, 1).round().astype(int), axis=1)
            customer = np.repeat(np.arange(400), 8)
            bought = Occasions(customer, day.ravel(), np.ones(day.size), 400)
            found = histories.regularity(bought, int(day.max()))
            self.assertTrue(least <= found <= most, (k, found))

    def test_cdnow_buys_at_random(self):
        customer, day, _spent = clv_samples._purchases()
        days = day.astype("datetime64[D]").astype(int)
        customer, days = np.unique(np.stack([customer, days]), axis=1)
        number = np.unique(customer, return_inverse=True)[1]
        bought = Occasions(number, days, np.ones(days.size), int(number.max()) + 1)
        self.assertEqual(histories.regularity(bought, int(days.max())), 1)
