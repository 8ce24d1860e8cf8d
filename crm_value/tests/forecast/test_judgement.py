"""What the back-test measured says how sure a forecast is, wherever it stands."""

from datetime import date

import numpy as np

from odoo.tests import BaseCase, tagged

from ...analytics.forecast import calibration, fitting, forecast, judgement
from ...const import to_day
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

    def test_retail_whose_last_intervals_failed_is_little_certain(self):
        day = to_day(date(2011, 11, 30))
        days = days_of([r for r in retail_rows() if r[1] <= day], day)
        found, card = fitting.fit(days, day, RULES)
        self.assertLess(card["folds"][0]["inside"], 0.7)
        self.assertIn("interval", card["warnings"])
        self.assertEqual(found.confidence, forecast.LOW)
        told = predicted(found, days, day)["clv_confidence"]
        self.assertFalse(np.any(told > forecast.LOW))
