"""What the back-test measured says how sure a forecast is, wherever it stands."""

from datetime import date
from random import Random

import numpy as np

from odoo.tests import BaseCase, tagged

from ...analytics.forecast import (
    alike,
    calibration,
    clv,
    fitting,
    forecast,
    judgement,
)
from ...analytics.forecast.returning import Returning, calibrate
from ...analytics.purchases import histories
from ...const import to_day
from ..purchases.retail_file import require_retail
from .clv_samples import _purchases as cdnow_rows
from .forecast_samples import RULES, days_of, retail_rows
from .test_forecast import predicted


def fold(inside=0.8, predicted=100.0, actual=100.0, customers=100, length=91):
    measure = {"rule": "mbg", "predicted": predicted, "actual": actual}
    shared = {"length": length, "customers": customers, "inside": inside}
    return {**shared, "rules": [measure]}


@tagged("post_install", "-at_install")
class TestJudgement(BaseCase):
    def _good(self, *folds):
        return judgement.is_good(judgement.judge(list(folds), "mbg"))

    def test_forecast_is_good_where_intervals_and_total_held(self):
        self.assertTrue(self._good(fold(), fold(0.78), fold(0.83)))
        self.assertTrue(self._good(fold(0.97), fold(0.95)), "too wide is no danger")

    def test_last_cutoffs_that_held_too_few_are_not_outweighed(self):
        old = fold(0.95, customers=9_000)
        self.assertFalse(self._good(fold(0.67), fold(0.71), old))
        self.assertFalse(self._good(fold(0.8), fold(0.67), old))

    def test_all_cutoffs_that_held_too_few_are_not_outweighed_by_the_last(self):
        self.assertFalse(self._good(fold(0.8), fold(0.72), fold(0.6)))

    def test_total_that_was_off_is_not_good(self):
        self.assertFalse(self._good(fold(predicted=74.0), fold(), fold()))
        three = [fold(predicted=119.0), *[fold(predicted=125.0)] * 2]
        self.assertFalse(self._good(*three))
        self.assertFalse(self._good(fold(actual=0.0)))

    def test_without_a_cutoff_or_with_short_ones_nothing_is_good(self):
        self.assertFalse(judgement.is_good(judgement.judge([], "mbg")))
        self.assertFalse(self._good(fold(length=calibration.SHORTEST - 1)))

    def test_no_worse_measurement_makes_a_forecast_good(self):
        """For any cutoffs: what is good held, and lower shares never turn it so."""
        random = Random(7)
        for _n in range(500):
            folds = [
                fold(
                    random.uniform(0.5, 1.0),
                    random.uniform(60, 140),
                    customers=random.randint(1, 999),
                    length=random.randint(28, 182),
                )
                for _fold in range(random.randint(1, 3))
            ]
            verdict = judgement.judge(folds, "mbg")
            if judgement.is_good(verdict):
                self.assertGreaterEqual(verdict["inside"], 0.75)
                self.assertTrue(all(one["inside"] >= 0.7 for one in folds[:2]))
                self.assertLessEqual(abs(verdict["bias"]), 0.2)
                continue
            worse = dict(folds[0], inside=folds[0]["inside"] * random.random())
            self.assertFalse(self._good(worse, *folds[1:]))

    def test_retail_whose_last_intervals_failed_is_little_certain(self):
        require_retail(self)
        day = to_day(date(2011, 11, 30))
        days = days_of([r for r in retail_rows() if r[1] <= day], day)
        found, card = fitting.fit(days, day, RULES)
        self.assertLess(card["folds"][0]["inside"], 0.7)
        self.assertIn("interval", card["warnings"])
        self.assertEqual(found.confidence, forecast.LOW)
        told = predicted(found, days, as_of=day)["clv_confidence"]
        self.assertFalse(np.any(told > forecast.LOW))


@tagged("post_install", "-at_install")
class TestSilence(BaseCase):
    """The chance to buy again holds for silent customers, too, and says for whom."""

    def test_silent_repeat_buyers_of_cdnow_come_back_as_was_said(self):
        """It said 22 % of 282 where 42 % came; leaving alone explains no silence."""
        owner, when, spent = cdnow_rows()
        when = (when - np.datetime64("1970-01-01")).astype(int)
        bought = list(zip(owner.tolist(), when.tolist(), spent.tolist(), strict=True))
        for day, length, within in (
            (date(1997, 6, 30), 365, 0.11),
            (date(1997, 12, 31), 181, 0.05),
        ):
            said, came = self._silent(bought, (day - date(1970, 1, 1)).days, length)
            self.assertAlmostEqual(said, came, delta=within)

    def _silent(self, bought, cut, length):
        """Return what was said of repeat buyers silent for 90 days, and what came."""
        known = days_of([row for row in bought if row[1] <= cut], cut)
        back = fitting.fit(known, cut, RULES)[0].returning
        occasions = days_of(bought, cut + length).occasions()
        past = histories.until(occasions, cut, 365)
        came = histories.following(occasions, cut, cut + length)[0] > 0
        silent = (past.count > 1) & (cut - past.last >= 90)
        past, came = past.take(silent), came[silent]
        said = back.chance(length / 7, past.x, past.t_x, past.T)
        return said.mean(), came.mean()

    def test_chance_falls_while_a_customer_is_silent(self):
        buying = clv.Params("mbg", r=0.5, alpha=6.0, a=0.9, b=1.6)
        silence = np.arange(0, 60.0)
        for part in (0.0, 0.3, 1.0):
            back = Returning(buying, part=part)
            for x in (0.0, 1.0, 9.0):
                t_x = 20.0 if x else 0.0
                chance = back.chance(52, np.full(60, x), t_x, t_x + silence)
                self.assertTrue((np.diff(chance) < 0).all())

    def test_part_of_who_stays_is_learnt_where_frequent_buyers_come_back(self):
        buying = clv.Params("mbg", r=0.8, alpha=6.0, a=0.9, b=1.6, n=2000)
        rng = np.random.default_rng(5)
        x, T = rng.integers(0, 12, 2000) * 1.0, np.full(2000, 60.0)
        t_x = np.where(x > 0, rng.uniform(5, 60, 2000), 0.0)
        found = Returning(buying)
        odds = found.odds(13, x, t_x, T)
        for at in (0, 1):
            came = (rng.random(2000) < 1 / (1 + np.exp(-odds[at]))) * 1.0
            part = calibrate(found, [odds], [came]).part
            self.assertAlmostEqual(part, at, delta=0.2)

    def test_customers_alike_are_counted_by_purchases_and_silence(self):
        rng = np.random.default_rng(3)
        count, silence = rng.integers(1, 20, 500), rng.integers(0, 600, 500)
        came, said = rng.random(500) < 0.4, np.full(500, 0.5)
        found = alike.cells([(count, silence, came, said)])
        for least, most, since, until in ((1, 1, 0, 29), (4, 7, 180, 364)):
            like = (count >= least) & (count <= most)
            like &= (silence >= since) & (silence <= until)
            told = alike.of(found, most, until)
            self.assertEqual(told, (like.sum(), (like & came).sum(), like.sum() / 2))
            self.assertEqual(alike.checked(found, most, until), like.sum() >= 20)
