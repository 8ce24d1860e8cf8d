"""Figures of one customer contradict neither each other nor common sense."""

import numpy as np

from odoo.tests import BaseCase, tagged

from ...analytics.churn import churn
from ...analytics.forecast import alike, fitting, forecast
from ...analytics.forecast.returning import Returning
from ...analytics.purchases import purchases
from .forecast_samples import AS_OF, RULES, days_of, regular
from .test_forecast import learnt, predicted


@tagged("post_install", "-at_install")
class TestConsistency(BaseCase):
    @staticmethod
    def _leaving(size=300, seed=2, sd=1.5):
        """Return purchases of customers who buy at random and may leave."""
        rng = np.random.default_rng(seed)
        rows = []
        for customer in range(size):
            day, rate = float(rng.integers(0, AS_OF)), rng.gamma(1.0, 1 / 60)
            while day <= AS_OF:
                rows.append((customer, int(day), float(rng.lognormal(3, sd))))
                if rng.random() < 0.3:
                    break
                day += rng.exponential(1 / rate)
        return rows

    def test_mean_is_raised_to_the_chance_of_one_purchase_at_most(self):
        days = days_of(self._leaving())
        sure = Returning(learnt().buying, shift=3.0)
        plain, raised = (
            predicted(learnt(returning=returning), days) for returning in (None, sure)
        )
        before, after = plain["expected_purchases"], raised["expected_purchases"]
        more = after > before + 1e-9
        self.assertTrue(more.any() and not more.all())
        np.testing.assert_allclose(after[~more], before[~more], atol=1e-9)
        self.assertTrue((after >= raised["return_chance"] - 1e-3).all())
        self.assertTrue((after[more] <= 1.0).all())

    def test_what_a_fit_learnt_says_the_same_of_chance_mean_and_risk(self):
        days = days_of(self._leaving())
        found, _card = fitting.fit(days, AS_OF, RULES)
        facts = purchases.summarise(days, AS_OF, RULES)
        values = predicted(found, days)
        chance = values["return_chance"]
        self.assertTrue((values["expected_purchases"] >= chance - 1e-9).all())
        risk = churn.within_reach(np.full(chance.shape, 0.2), chance)
        self.assertTrue((1 - risk <= chance + 1e-12).all())
        silence = facts["recency_days"] / 7
        t_x = (facts["last_purchase_date"] - facts["first_purchase_date"]) / 7
        history = facts["purchase_count"] - 1, t_x, t_x + silence
        shorter = [found.returning.chance(d / 7, *history) for d in (30, 90, 182)]
        steps = np.diff([*shorter, chance], axis=0)
        self.assertTrue((steps >= -1e-12).all())

    def test_hardly_anybody_alike_is_little_certain(self):
        found, _card = fitting.fit(days_of(regular(400, 40)), AS_OF, RULES)
        self.assertEqual(found.confidence, forecast.GOOD)
        rows = [*regular(400, 40), *((900, day, 50.0) for day in (100, 140, 180))]
        values = predicted(found, days_of(rows))
        self.assertEqual(values["clv_confidence"][0], forecast.GOOD)
        self.assertEqual(values["clv_confidence"][-1], forecast.LOW)
        self.assertFalse(alike.checked(found.alike, np.array([3]), np.array([820]))[0])

    def test_what_is_foretold_of_the_whole_horizon_is_held_against_what_came(self):
        rows = regular(80, 40)
        _found, card = fitting.fit(days_of(rows), AS_OF, RULES)
        whole = card["whole"]
        self.assertEqual((whole["day"], whole["length"]), (AS_OF - 365, 365))
        came = [money for _customer, day, money in rows if AS_OF - 365 < day <= AS_OF]
        self.assertAlmostEqual(whole["money"], sum(came))
        self.assertEqual(whole["rules"][1]["rule"], "naive")
        late = [row for row in rows if row[1] > AS_OF - 700]
        _found, card = fitting.fit(days_of(late), AS_OF, RULES)
        self.assertIsNone(card["whole"], "a history that is not twice as long")

    def test_single_purchase_of_two_hundred_is_not_worth_hundreds_of_thousands(self):
        for seed in range(3):
            rows = self._leaving(seed=seed)
            rows += [(900, AS_OF - 20, 206.77)]
            found, _card = fitting.fit(days_of(rows), AS_OF, RULES)
            value = predicted(found, days_of(rows))["clv"]
            self.assertLess(value[-1], 10 * 206.77)
            once = np.bincount([row[0] for row in rows], minlength=901)
            seen = once[once > 0] == 1
            self.assertLess(value[seen].max(), 0.05 * np.nansum(value))

    def test_three_orders_in_two_weeks_do_not_make_a_fifth_of_all_equity(self):
        rows = self._leaving(sd=0.5)
        rows += [(900, AS_OF - day, 30.0) for day in (14, 7, 1)]
        found, _card = fitting.fit(days_of(rows), AS_OF, RULES)
        value = predicted(found, days_of(rows))["clv"]
        self.assertLess(value[-1] / np.nansum(value), 0.05)
