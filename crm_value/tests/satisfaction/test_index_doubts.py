from datetime import datetime, timedelta
from itertools import combinations

import numpy as np

from odoo.exceptions import AccessError
from odoo.tests import BaseCase, new_test_user, tagged

from ...analytics.satisfaction import careless, discriminant, index, satisfaction
from ..common import TODAY
from .satisfaction_samples import CONSTRUCTS, PATHS, ecsi
from .test_index_result import IndexCommon

SHAPE = {"IMAG": 2, "PERQ": 3, "PERV": 2, "CUSA": 3, "CUSL": 2}
ITEMS = sum(SHAPE.values())


def halo(people, noise, seed=1):
    """Return answers 1–10 of people who have one opinion of everything."""
    rng = np.random.default_rng(seed)
    opinion = rng.normal(5.5, 2, (people, 1))
    drawn = opinion + noise * rng.normal(size=(people, ITEMS))
    return np.clip(drawn.round(), 1, 10)


def slow_htmt(data, first, second):
    """Reckon the ratio of Henseler et al. (2015) item by item."""

    def r(a, b):
        return abs(np.corrcoef(data[:, a], data[:, b])[0, 1])

    def within(items):
        pairs = [r(a, b) for a, b in combinations(items, 2)]
        return np.mean(pairs) if pairs else 1.0

    between = np.mean([r(a, b) for a in first for b in second])
    return between / np.sqrt(within(first) * within(second))


@tagged("post_install", "-at_install")
class TestDiscriminant(BaseCase):
    """Henseler, Ringle and Sarstedt (2015): constructs that answers tell apart."""

    def _links(self, data, items):
        return satisfaction.structure(data, items, list(PATHS))

    def test_htmt_agrees_with_a_slow_reckoning_on_published_answers(self):
        data, items = ecsi()
        found = discriminant.htmt(data, self._links(data, items).blocks)
        places = [items[code] for code in CONSTRUCTS]
        for a, b in combinations(range(len(places)), 2):
            self.assertAlmostEqual(
                found[a, b], slow_htmt(data, places[a], places[b]), places=9
            )
            self.assertAlmostEqual(found[a, b], found[b, a])

    def test_published_answers_determine_all_twelve_paths(self):
        data, items = ecsi()
        links = self._links(data, items)
        shares = index.estimate(data, links).shares
        told = discriminant.distinguish(data, links.blocks, shares)
        self.assertFalse(told.same.any())
        self.assertFalse(discriminant.undetermined(told, links.paths).any())
        hard = {
            (CONSTRUCTS[a], CONSTRUCTS[b])
            for a, b in np.argwhere(np.triu(told.hard)).tolist()
        }
        self.assertEqual(
            hard,
            {("IMAG", "PERQ"), ("IMAG", "CUSA"), ("PERQ", "CUSA"), ("CUSA", "CUSL")},
        )

    def test_one_opinion_of_everything_determines_no_path(self):
        links = satisfaction.structure(
            np.zeros((2, 6)),
            {"a": [0, 1], "b": [2, 3], "c": [4, 5]},
            [("a", "b"), ("a", "c"), ("b", "c")],
        )
        data = halo(200, 0.3)[:, :6]
        told = discriminant.distinguish(data, links.blocks, np.ones(6))
        self.assertTrue(told.same[np.triu_indices(3, 1)].all())
        hidden = discriminant.undetermined(told, links.paths)
        np.testing.assert_array_equal(hidden, links.paths)

    def test_a_twin_leaves_the_effects_of_both_open_and_no_other(self):
        rng = np.random.default_rng(2)
        a, c = rng.normal(size=(2, 300))
        b = a + 0.01 * rng.normal(size=300)
        effect = a + c + rng.normal(size=300)
        links = satisfaction.structure(
            np.zeros((2, 4)),
            {"a": [0], "b": [1], "c": [2], "effect": [3]},
            [("a", "effect"), ("b", "effect"), ("c", "effect")],
        )
        data = np.column_stack([a, b, c, effect])
        told = discriminant.distinguish(data, links.blocks, np.ones(4))
        hidden = discriminant.undetermined(told, links.paths)
        self.assertEqual(hidden[:, 3].tolist(), [True, True, False, False])
        lost = discriminant.unreachable(hidden, links.paths, 3)
        self.assertEqual(lost.tolist(), [True, True, False, False])

    def test_a_cause_that_the_others_tell_together_is_left_open(self):
        rng = np.random.default_rng(3)
        a, b, noise = rng.normal(size=(3, 400))
        both = a + b + 0.1 * noise  # half of the variance with each of the two
        data = np.column_stack([a, b, both, a + rng.normal(size=400)])
        links = satisfaction.structure(
            data,
            {"a": [0], "b": [1], "both": [2], "effect": [3]},
            [("a", "effect"), ("b", "effect"), ("both", "effect")],
        )
        told = discriminant.distinguish(data, links.blocks, np.ones(4))
        self.assertFalse(told.same.any())
        hidden = discriminant.undetermined(told, links.paths)
        self.assertEqual(hidden[:, 3].tolist(), [True, True, True, False])


@tagged("post_install", "-at_install")
class TestCareless(BaseCase):
    """Curran (2016) and Leiner (2019): always the same, or too fast."""

    def test_one_of_the_published_answers_is_the_same_throughout(self):
        data, _items = ecsi()
        found = careless.straight((data - 1) / 9)
        self.assertEqual(found.sum(), (data.std(axis=1) == 0).sum())
        self.assertEqual(found.sum(), 1)

    def test_half_the_median_of_the_same_survey_is_too_fast(self):
        long, short = [600.0] * 9 + [299.0, 300.0], [60.0] * 10 + [29.0]
        seconds = np.array([*long, *short])
        survey = np.repeat([1, 2], [11, 11])
        found = careless.speeders(seconds, survey)
        self.assertEqual(np.flatnonzero(found).tolist(), [9, 21])

    def test_times_that_are_not_known_flag_nobody(self):
        seconds = np.array([0.0, np.nan, *[60.0] * 20])
        self.assertFalse(careless.speeders(seconds, np.zeros(22)).any())
        few = np.array([1.0, *[60.0] * 8])
        self.assertFalse(careless.speeders(few, np.zeros(9)).any())

    def test_gaps_do_not_make_answers_differ(self):
        rows = np.full((2, 8), 0.5)
        rows[:, :3] = np.nan
        rows[1, 3] = np.nan  # four are left
        self.assertEqual(careless.straight(rows).tolist(), [True, False])
        self.assertFalse(careless.straight(np.zeros((0, 8))).any())


@tagged("post_install", "-at_install")
class TestResultDoubts(IndexCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.asked_about = cls._questionnaire(SHAPE)

    def _varied(self, people, seed=1):
        """Return answers 1–10 of people who see differences."""
        rng = np.random.default_rng(seed)
        base = rng.integers(3, 9, people)[:, None]
        return np.clip(base + rng.integers(-2, 3, (people, ITEMS)), 1, 10)

    def test_one_opinion_of_everything_tells_no_path_and_says_so(self):
        self._fill_in(self.asked_about, halo(120, 0.2))
        result = self._result()
        self.assertEqual((result.state, result.has_model), ("done", True))
        self.assertIn("do not tell these constructs apart", result.message)
        self.assertIn("PERQ → CUSA", result.message)
        self.assertTrue(result.path_ids)
        self.assertEqual(set(result.path_ids.mapped("coefficient")), {False})
        self.assertFalse(any(result.path_ids.mapped("significant")))
        told = result._describe()
        self.assertEqual({path["coefficient"] for path in told["paths"]}, {None})
        self.assertEqual({one["total"] for one in told["constructs"]}, {None})
        self.assertFalse(told["first"] or told["means"])
        self.assertAlmostEqual(result.value, told["value"])  # values are known

    def test_what_a_result_says_is_in_the_language_of_who_asked(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.constructs["PERQ"].with_context(lang="zh_CN").name = "质量"
        user = new_test_user(self.env, "boss", "crm_value.group_manager", lang="zh_CN")
        self._fill_in(self.asked_about, halo(120, 0.2))
        result = self._result(times=0, user_id=user.id)
        self.assertIn("质量", result.message)

    def test_answers_that_differ_tell_their_paths(self):
        rng = np.random.default_rng(5)
        quality, value = rng.normal(6, 2, (2, 150, 1))
        content = 0.6 * quality + 0.3 * value + rng.normal(0, 1.2, (150, 1))
        columns = [rng.normal(6, 2, (150, 1)), quality, value, content, content]
        levels = np.hstack(
            [
                np.repeat(c, n, axis=1)
                for c, n in zip(columns, SHAPE.values(), strict=True)
            ]
        )
        noisy = levels + rng.normal(0, 0.7, levels.shape)
        self._fill_in(self.asked_about, np.clip(noisy.round(), 1, 10))
        result = self._result()
        told = {
            (path.cause_id, path.effect_id): path.coefficient
            for path in result.path_ids
        }
        codes = self.constructs
        self.assertGreater(told[codes["PERQ"], codes["CUSA"]], 0.4)
        self.assertIs(told[codes["CUSA"], codes["CUSL"]], False)  # one and the same
        self.assertIn("CUSA → CUSL", result.message)

    # --- who answered without care ---

    def _careless_rows(self):
        varied = self._varied(60)
        return np.vstack([varied, np.full((6, ITEMS), 10)])

    def test_careless_are_counted_and_shown_but_count(self):
        rows = self._careless_rows()
        self._fill_in(self.asked_about, rows)
        result = self._result(times=0)
        self.assertEqual((result.straight_count, result.fast_count), (6, 0))
        self.assertEqual((result.leave_out, result.answer_count), (False, 66))
        self.assertEqual(result.value_with, result.value)
        self.assertLess(result.value_without, result.value_with)

    def test_switch_leaves_them_out_in_another_result(self):
        self._fill_in(self.asked_about, self._careless_rows())
        with_them = self._result(times=0)
        again = with_them.browse(with_them.action_switch_careless())
        with self._no_commit():
            again._cron_index()
        self.assertEqual((again.state, again.answer_count), ("done", 60))
        self.assertAlmostEqual(again.value, with_them.value_without, places=6)
        self.assertAlmostEqual(again.value_with, with_them.value, places=6)
        self.assertTrue(again.leave_out)
        back = again.browse(again.action_switch_careless())
        self.assertFalse(back.leave_out)

    def test_index_says_what_its_results_do(self):
        self.mobile.leave_out_careless = True
        self._fill_in(self.asked_about, self._careless_rows())
        result = self._result(times=0)
        self.assertEqual((result.leave_out, result.answer_count), (True, 60))

    def test_who_is_too_fast_is_known_by_the_time_needed(self):
        given = self._fill_in(self.asked_about, self._varied(20))
        for one, seconds in zip(given, [*[300] * 17, 100, 0, 140], strict=True):
            one.start_datetime = one.end_datetime - timedelta(seconds=seconds)
        result = self._result(times=0)
        self.assertEqual((result.fast_count, result.careless_count), (2, 2))

    def test_reversed_questions_are_taken_as_they_were_offered(self):
        survey = self._questionnaire({"CUSA": 6})
        survey.question_ids[0].value_reversed = True
        self._fill_in(survey, np.array([[9.0] * 6, [2.0] + [9.0] * 5]))
        result = self._result(times=0)
        self.assertEqual(result.straight_count, 1)

    def test_nothing_is_told_of_careless_staff(self):
        self.asked_about.value_audience = "staff"
        given = self._fill_in(self.asked_about, np.full((6, ITEMS), 7.0))
        self._in_round(given, days=0)
        end = TODAY - timedelta(days=1)
        given.write(
            {
                "value_round_end": end,
                "end_datetime": datetime.combine(end, datetime.min.time()),
            }
        )
        result = self._result(times=0)
        self.assertTrue(result.is_staff)
        self.assertFalse(result.careless_count)

    def test_salespeople_do_not_switch(self):
        self._fill_in(self.asked_about, self._careless_rows())
        result = self._result(times=0)
        user = new_test_user(self.env, "seller", "crm_value.group_user")
        with self.assertRaises(AccessError):
            result.with_user(user).action_switch_careless()
