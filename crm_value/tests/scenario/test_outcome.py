"""One point of retention by hand, and prices, costs and intervals by their formulas."""

import numpy as np

from odoo.tests import BaseCase, tagged

from ...analytics.equity.retention import worth_of_points
from ...analytics.scenario import hours, outcome
from ...analytics.scenario.outcome import Base, Change


def small(**values):
    """Return two cells of customers: 100 who bring 50 a year, 40 who bring 20."""
    known = {
        "customers": np.array([100.0, 40.0]),
        "margin": np.array([5000.0, 800.0]),
        "revenue": np.tile([1000.0, 200.0], (60, 1)),
        "margin_rate": np.array([0.4, 0.3]),
        "kept": np.array([80.0, 60.0]),
        "of": np.array([100.0, 100.0]),
        "rate": 0.1,
        "horizon": 12,
        "typical": 0.1,
        "cuts": 4,
    }
    return Base(**known | values)


def moved(change, base=None):
    base = base or small()
    before, after = outcome.outcome(base, Change()), outcome.outcome(base, change)
    return {name: float((after[name] - before[name])[0]) for name in before}


@tagged("post_install", "-at_install")
class TestOutcome(BaseCase):
    def test_one_point_of_retention_by_hand(self):
        found = moved(Change(points=np.array([0.01, 0.01])))
        # 100 · .01 + 40 · .01 stay more; m·ρ/(1 + d − ρ) of both cells.
        self.assertAlmostEqual(found["customers"], 1.4)
        lifetime = 5000 * (0.81 / 0.29 - 0.8 / 0.3) + 800 * (0.61 / 0.49 - 0.6 / 0.5)
        self.assertAlmostEqual(found["lifetime"], lifetime)
        self.assertAlmostEqual(lifetime, 668.10228, places=5)
        # Month i is multiplied by (.81/.8)^(i/12) and by (.61/.6)^(i/12).
        equity = sum(
            (400 * (1.0125 ** (i / 12) - 1) + 60 * ((61 / 60) ** (i / 12) - 1))
            * 1.1 ** (-i / 12)
            for i in range(1, 13)
        )
        self.assertAlmostEqual(found["equity"], equity)

    def test_point_is_worth_what_retention_economics_says(self):
        base = small()
        each = worth_of_points(
            base.customers, base.margin / base.customers, base.retention, 0.1, [0.01]
        )
        found = moved(Change(points=np.array([0.01, 0.01])))
        self.assertAlmostEqual(found["lifetime"], each.sum())

    def test_points_of_one_cell_leave_the_other(self):
        one = moved(Change(points=np.array([0.02, 0.0])))
        other = moved(Change(points=np.array([0.0, 0.02])))
        both = moved(Change(points=np.array([0.02, 0.02])))
        for name, value in both.items():
            self.assertAlmostEqual(one[name] + other[name], value)

    def test_price_without_reaction_is_all_margin(self):
        found = moved(Change(price=0.05))
        self.assertAlmostEqual(found["revenue"], 0.05 * 14400)
        self.assertAlmostEqual(found["margin"], 0.05 * 14400)

    def test_elasticity_loses_quantity_and_its_cost(self):
        found = moved(Change(price=0.1, elasticity=-2.0))
        bought = 1.1**-2
        self.assertAlmostEqual(found["revenue"], 14400 * (1.1 * bought - 1))
        cost = 12000 * 0.6 + 2400 * 0.7
        margin = 14400 * 1.1 * bought - cost * bought - (14400 - cost)
        self.assertAlmostEqual(found["margin"], margin)

    def test_discount_is_a_price(self):
        found = moved(Change(discount=-0.01), small(discounted=0.1))
        self.assertAlmostEqual(found["revenue"], 14400 * (0.91 / 0.9 - 1))

    def test_yearly_cost_is_taken_each_month(self):
        found = moved(Change(cost=1200))
        self.assertAlmostEqual(found["margin"], -1200)
        self.assertAlmostEqual(
            found["equity"], -100 * sum(1.1 ** (-i / 12) for i in range(1, 13))
        )

    def test_discount_rate_and_horizon_move_the_equity_alone(self):
        found = moved(Change(rate=0.2, horizon=24))
        self.assertEqual(found["revenue"], 0)
        self.assertEqual(found["margin"], 0)
        self.assertGreater(found["equity"], 0)

    def test_what_is_not_known_stays_unknown(self):
        base = small(of=np.zeros(2), kept=np.zeros(2), typical=None)
        found = outcome.outcome(base, Change())
        self.assertTrue(np.isnan(found["customers"][0]))
        self.assertTrue(np.isnan(found["lifetime"][0]))
        self.assertAlmostEqual(float(found["revenue"][0]), 14400)
        drawn = outcome.spread(base, Change(), outcome.draw(base, None, 1))
        self.assertEqual(set(drawn.values()), {None})
        self.assertIsNone(outcome.retention_edges(base))

    def test_same_seed_draws_the_same(self):
        base = small()
        one, other = (
            outcome.spread(base, Change(), outcome.draw(base, (-2, -1, 0), 7))
            for _time in range(2)
        )
        for name, values in one.items():
            np.testing.assert_array_equal(values, other[name])

    def test_interval_holds_eight_of_ten(self):
        """What is drawn by the same rules falls inside as often as it is said."""
        base = small()
        draws = outcome.spread(base, Change(), outcome.draw(base, None, 1))
        again = outcome.spread(base, Change(), outcome.draw(base, None, 2))
        for name in outcome.MEASURES:
            low, high = outcome.edges(draws[name])
            inside = np.mean((again[name] >= low) & (again[name] <= high))
            self.assertAlmostEqual(inside, 0.8, delta=0.05, msg=name)

    def test_pauses_and_nights_are_no_working_time(self):
        nine, five = np.array([9.0, 33.0]) * 3600, np.array([17.0, 41.0]) * 3600
        gone = hours.worked(np.array([16.0, 34.0]) * 3600, nine, five)
        self.assertEqual(gone.tolist(), [7.0, 9.0])
