"""Intervals of shapes of business that no model of buying is made for."""

from dataclasses import replace

import numpy as np
from scipy.stats import beta, gamma

from odoo.tests import BaseCase, tagged

from ...analytics.forecast import backtest, clv, fitting, pairs, stacking, track
from .clv_samples import simulated
from .forecast_samples import AS_OF, RULES, days_of

BUYING = ((0.243, 4.414, 0.793, 2.426), (1.5, 20.0, 0.2, 0.9), (6.0, 7.0, 0.3, 40.0))
LEAVING = ((0.553, 10.578, 0.606, 11.669), (2.0, 5.0, 1.5, 5.0), (0.3, 8.0, 2.5, 40.0))
EVENLY = (np.arange(20_000) + 0.5) / 20_000
ROWS = ((0.0, 30.0), (1.0, 40.0), (9.0, 60.0), (100.0, 52.0))  # x, T


def regular_buyers(customers, days, seed=8):
    """Return purchases every 3 to 14 days, quite regular, of customers who leave."""
    rng = np.random.default_rng(seed)
    begin = rng.uniform(0, days / 2, customers)
    gap = np.exp(rng.uniform(np.log(3), np.log(14), customers))
    gaps = rng.gamma(4, 0.25, (customers, days)) * gap[:, None]
    when = begin[:, None] + np.cumsum(gaps, axis=1) - gaps
    end = np.minimum(begin + rng.exponential(700, customers), days)
    who, _nth = at = np.nonzero(when < end[:, None])
    return [(int(c), int(d), 20.0) for c, d in zip(who, when[at], strict=True)]


def after_one_slowly(theta, t, x, T):
    """Return the pairs of MBG/NBD over the squared mean, over all chances to leave."""
    r, alpha, a, b = theta
    n, p = r + x, np.maximum(beta.ppf(EVENLY, a, b + x + 1), 1e-6)
    stays = 1 + p * t / (alpha + T)
    bought = (1 - stays**-n) / p
    twice = 2 * (1 - p) * (bought / p - n * (stays - 1) * stays ** (-n - 1) / p**2)
    return twice.mean() / bought.mean() ** 2


def any_time_slowly(theta, t, x, T):
    """Return the same of Pareto/NBD, over all rates of leaving."""
    r, _alpha, s, still = theta
    rate = np.maximum(gamma.ppf(EVENLY, s, scale=1 / (still + T)), 1e-6)
    bought = -np.expm1(-rate * t) / rate
    twice = 2 * (bought - t * np.exp(-rate * t)) / rate
    return (1 + 1 / (r + x)) * twice.mean() / bought.mean() ** 2


def subscribers(customers, days, seed):
    """Return purchases of each month, some days early or late; one in 20 ends each."""
    rng = np.random.default_rng(seed)
    begin = rng.uniform(0, days - 1, customers)
    months = rng.geometric(0.05, customers) - 1
    count = np.minimum(months, (days - 1 - begin) // 30.4).astype(int)
    who = np.repeat(np.arange(customers), count)
    nth = np.arange(who.size) - np.repeat(np.cumsum(count) - count, count) + 1
    when = begin[who] + 30.4 * nth + rng.normal(0, 2, who.size)
    rows = zip(
        np.append(np.arange(customers), who), np.append(begin, when), strict=True
    )
    return [(int(c), int(min(d, days - 1)), 20.0) for c, d in rows]


@tagged("post_install", "-at_install")
class TestIntervals(BaseCase):
    def test_pairs_of_purchases_are_near_their_integral(self):
        ways = (("mbg", BUYING, after_one_slowly), ("pareto", LEAVING, any_time_slowly))
        for model, thetas, slowly in ways:
            for theta in thetas:
                params = self._params(model, theta)
                for x, T in ROWS:
                    found = pairs.pairs(params, 52.0, np.array([x]), T)[0]
                    expected = slowly(theta, 52.0, x, T)
                    self.assertAlmostEqual(found / expected, 1, delta=0.01)

    def test_pairs_of_purchases_are_those_of_simulated_customers(self):
        theta = (0.9, 12.0, 0.8, 2.5)
        data = simulated("mbg", theta, 20_000, ages=(30.0, 100.0), ahead=52)
        params = self._params("mbg", theta)
        alive = clv.probability_alive(params, *data.rows)
        mean = clv.expected_purchases(params, 52.0, *data.rows)
        found = mean**2 / alive * pairs.pairs(params, 52.0, data.x, data.T)
        came = data.later * (data.later - 1.0)
        self.assertAlmostEqual(found.sum() / came.sum(), 1, delta=0.1)

    def test_intervals_hold_of_regular_buyers_who_leave_within_the_year(self):
        bought = regular_buyers(300, AS_OF)
        days, cut = days_of(bought), AS_OF - 365
        known = days_of([line for line in bought if line[1] <= cut], cut)
        found, _card = fitting.fit(known, cut, RULES)
        look = track.look(found, days.occasions(), cut, 365)
        self.assertGreater(look.bought.mean(), 20)
        # As if nobody left on the way, 56 % would lie inside.
        self.assertAlmostEqual(look.inside.mean(), 0.8, delta=0.08)

    def test_sure_quarters_do_not_make_a_year_sure(self):
        inside = []
        for seed in range(2):
            bought = subscribers(400, 700, seed)
            days, cut = days_of(bought), 370
            known = days_of([line for line in bought if line[1] <= cut], cut)
            found, _card = fitting.fit(known, cut, RULES)
            look = track.look(found, days.occasions(), cut, 330)
            inside.append(look.inside.mean())
        # Of the first 59 % would lie inside, were all kept of what narrows.
        self.assertGreater(min(inside), 0.65)
        self.assertAlmostEqual(np.mean(inside), 0.8, delta=0.1)

    def test_rare_buyers_hardly_move_the_weights(self):
        parts = np.full((3, 100), 0.02)
        bought = np.repeat([0.0, 1.0], [94, 6])  # three times what was expected
        prior = np.array([0.0, 0.2, 0.8])
        few = stacking.solve(parts, bought, prior, stacking._like(bought))
        self.assertLess(sum(few), 1.5)
        many = stacking.solve(
            parts * 50, bought * 50, prior, stacking._like(bought * 50)
        )
        self.assertGreater(sum(many), sum(few), "who buys often says more")

    def test_rule_that_expects_next_to_nothing_does_not_win_by_huge_orders(self):
        rng = np.random.default_rng(3)
        lines = [
            (who, int(day), float(np.exp(rng.normal(4, 0.3))))
            for who in range(120)
            for day in np.cumsum(rng.exponential(60, 30))
            if day < AS_OF
        ]
        occasions = days_of(lines).occasions()
        found = backtest.folds(occasions, AS_OF, 365)
        self.assertIn("period", backtest.candidates(found))
        misled = [self._huge_and_rare(fold) for fold in found]
        losses = [backtest._losses(misled, rule) for rule in ("period", "stacked")]
        self.assertTrue(backtest._surely_less(*losses), "by the errors alone it would")
        self.assertEqual(backtest.winner(misled, "stacked"), "stacked")

    def _params(self, model, theta):
        return clv.Params(model, **dict(zip(clv.NAMES[model], theta, strict=True)))

    def _huge_and_rare(self, fold):
        """Return the fold with a rule that says a tenth, and hardly any money."""
        predicted = dict(fold.predicted)
        predicted["period"] = 0.1 * predicted["stacked"]
        for rule in set(predicted) - {"period", "stacked"}:
            predicted[rule] = 9.0 + predicted["stacked"]
        return replace(fold, predicted=predicted, money=fold.money / 50)
