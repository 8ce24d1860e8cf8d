"""How results are read: what to improve first, and what the past was like."""

from calendar import monthrange
from datetime import date

import numpy as np

from odoo.tests import BaseCase, tagged

from ...analytics.satisfaction.benchmark import past, priority
from .test_index_result import IndexCommon

NAN = float("nan")


@tagged("post_install", "-at_install")
class TestPriority(BaseCase):
    def test_strong_and_below_the_others_comes_first(self):
        found = priority([0.5, 0.4, 0.1], [80, 60, 50])
        self.assertEqual(
            (found.first, found.urgent.tolist()), (1, [False, True, False])
        )
        self.assertAlmostEqual(found.mean_total, 1 / 3)
        self.assertAlmostEqual(found.mean_value, 190 / 3)

    def test_of_several_urgent_ones_most_gain_comes_first(self):
        found = priority([0.5, 0.6, 0.1, 0.1], [40, 55, 90, 90])
        self.assertEqual(found.urgent.tolist(), [True, True, False, False])
        self.assertEqual(found.first, 0)  # 0.5 · 60 against 0.6 · 45

    def test_without_an_urgent_one_most_gain_comes_first(self):
        found = priority([0.6, 0.1], [80, 50])
        self.assertEqual((found.first, found.urgent.any()), (0, False))

    def test_unknown_causes_do_not_count(self):
        found = priority([NAN, 0.5, 0.1, 0.9], [10, 40, 60, NAN])
        self.assertEqual((found.first, found.urgent.tolist()), (1, [0, 1, 0, 0]))
        self.assertEqual((found.mean_total, found.mean_value), (0.3, 50))

    def test_one_cause_is_no_choice(self):
        for totals, values in (([], []), ([0.5], [40]), ([0.5, NAN], [40, 30])):
            with self.subTest(totals=totals):
                found = priority(totals, values)
                self.assertIsNone(found.first)
                self.assertFalse(found.urgent.any())

    def test_equal_ones_keep_their_order(self):
        self.assertEqual(priority([0.5, 0.5], [50, 50]).first, 0)

    def test_agrees_with_reading_cause_by_cause(self):
        rng = np.random.default_rng(7)
        for _round in range(50):
            totals, values = rng.uniform(-0.2, 1, 5), rng.uniform(0, 100, 5)
            found = priority(totals, values)
            causes = list(zip(totals, values, strict=True))
            urgent = [t >= totals.mean() and v < values.mean() for t, v in causes]
            self.assertEqual(found.urgent.tolist(), urgent)
            chosen = [at for at, is_urgent in enumerate(urgent) if is_urgent]
            gains = {at: causes[at][0] * (100 - causes[at][1]) for at in range(5)}
            best = max(chosen or gains, key=gains.get)
            self.assertEqual(found.first, best)


@tagged("post_install", "-at_install")
class TestPast(BaseCase):
    def test_mean_best_and_worst(self):
        found = past([50, 70, 60, 70, 50])
        self.assertEqual((found.mean, found.best, found.worst), (60, 1, 0))

    def test_too_little_of_it_is_not_told(self):
        self.assertIsNone(past([]))
        self.assertIsNone(past([50, 60], at_least=3))


@tagged("post_install", "-at_install")
class TestReading(IndexCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.small = cls._questionnaire({"PERQ": 2, "CUSA": 2})

    @classmethod
    def _random(cls, people, seed=1):
        return np.random.default_rng(seed).integers(1, 11, (people, 4))

    def _reading(self, result):
        return self.env["crm.value.index"].get_dashboard(self.mobile.id, result.id)

    def test_what_to_improve_first_is_told(self):
        self._fill_in(self.small, self._random(60))
        told = self._reading(self._result())["result"]
        causes = [one for one in told["constructs"] if one["total"] is not None]
        if len(causes) < 2:
            self.assertFalse(told["first"])
        for one in told["constructs"]:
            self.assertIs(
                one["urgent"],
                one in causes
                and one["importance"] >= told["means"]["total"]
                and one["value"] < told["means"]["value"],
            )

    def test_without_a_model_nothing_comes_first(self):
        self._fill_in(self.small, [[10] * 4])
        told = self._reading(self._result())["result"]
        self.assertEqual((told["first"], told["means"]), (False, False))

    def _month(self, month, answer, automatic=True):
        """Return the result of a month in which one person answered."""
        self._fill_in(self.small, [[answer] * 4], date(2026, month, 15))
        return self._result(
            date_from=date(2026, month, 1),
            date_to=date(2026, month, monthrange(2026, month)[1]),
            automatic=automatic,
        )

    def test_a_result_is_compared_with_the_other_periods(self):
        march, april, may = (self._month(*one) for one in ((3, 10), (4, 1), (5, 10)))
        june = self._month(6, 1)
        past_of_june = self._reading(june)["past"]
        self.assertAlmostEqual(past_of_june["mean"], 200 / 3)
        self.assertEqual(past_of_june["best"]["id"], march.id)
        self.assertAlmostEqual(self._reading(march)["past"]["mean"], 100 / 3)
        self.assertEqual(self._reading(march)["past"]["best"]["id"], may.id)
        line = [march.id, april.id, may.id, june.id]
        self.assertEqual(self._reading(june)["line"], line)

    def test_what_was_asked_for_in_between_does_not_compare(self):
        asked = self._month(5, 10, automatic=False)
        found = self._reading(asked)
        self.assertEqual((found["line"], found["past"]), ([asked.id], False))
        june = self._month(6, 1)
        found = self._reading(june)
        self.assertEqual((found["line"], found["past"]), ([june.id], False))
        self.assertEqual(self._reading(asked)["past"]["best"]["id"], june.id)
