"""Results of an index, from the questions to the numbers published."""

from contextlib import suppress
from datetime import date, datetime
from unittest.mock import patch

import numpy as np
from psycopg2.errors import UniqueViolation

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import BaseCase, new_test_user, tagged
from odoo.tools import mute_logger

from ...analytics.satisfaction import index, satisfaction
from ..common import TODAY
from .measure_common import MeasureCommon
from .satisfaction_samples import CONSTRUCTS, PATHS, ecsi

ESTIMATE = "odoo.addons.crm_value.models.satisfaction.crm_value_index_result_estimate"
TARGET = CONSTRUCTS.index("CUSA")


@tagged("post_install", "-at_install")
class TestIndexing(BaseCase):
    def _links(self, data, items):
        return satisfaction.structure(data, items, PATHS)

    def test_estimate_of_the_mobile_phone_example(self):
        data, items = ecsi()
        scores = (data - 1) / 9 * 100
        found = index.estimate(scores, self._links(data, items))
        self.assertAlmostEqual(found.values[TARGET], 72.54, places=2)
        for (cause, effect), published in PATHS.items():
            at = CONSTRUCTS.index(cause), CONSTRUCTS.index(effect)
            self.assertAlmostEqual(found.paths[at], published, delta=0.0006)
        shares = found.shares[items["CUSA"]]
        self.assertAlmostEqual(shares.sum(), 1)

    def test_equal_weights_of_the_mobile_phone_example(self):
        data, items = ecsi()
        scores = (data - 1) / 9 * 100
        links = self._links(data, items)
        only = index.values_only(scores, links.blocks)
        self.assertAlmostEqual(only.values[TARGET], 71.97, places=2)
        given = index.estimate(scores, links, np.ones(24))
        np.testing.assert_allclose(given.values, only.values)
        self.assertAlmostEqual(given.paths[0, 1], 0.505, delta=0.05)

    def test_given_weights_agree_with_a_slow_reckoning(self):
        data, items = ecsi()
        links = self._links(data, items)
        weights = np.arange(1.0, 25.0)
        found = index.estimate(data, links, weights)
        scores = {c: (data[:, at] * weights[at]).sum(axis=1) for c, at in items.items()}
        causes = [scores[c] for c in ("IMAG", "CUEX", "PERQ", "PERV")]
        z = [(s - s.mean()) / s.std(ddof=1) for s in (*causes, scores["CUSA"])]
        slopes = np.linalg.lstsq(np.column_stack(z[:4]), z[4], rcond=None)[0]
        np.testing.assert_allclose(found.paths[:4, TARGET], slopes, atol=1e-9)

    def test_gaps_leave_the_means_only(self):
        data = np.array([[100.0, np.nan], [np.nan, np.nan], [0.0, np.nan]])
        found = index.values_only(data, np.eye(2, dtype=bool))
        self.assertEqual(found.values[0], 50)
        self.assertTrue(np.isnan(found.values[1]))

    def test_samples_can_be_drawn_in_parts_and_again(self):
        data, items = ecsi()
        links = self._links(data, items)

        def one(sample):
            return index.estimate(sample, links)

        first, again = (index.samples(data, one, 10, 1, part=2) for _at in range(2))
        np.testing.assert_array_equal(first[0], again[0])
        other = index.samples(data, one, 10, 1, part=3)
        self.assertFalse(np.array_equal(first[0], other[0]))

    def test_samples_that_cannot_be_estimated_are_unknown(self):
        links = satisfaction.structure(
            np.zeros((3, 2)), {"a": [0], "b": [1]}, [("a", "b")]
        )
        data = np.array([[0.0, 0], [0, 0], [0, 0]])
        found = index.samples(data, lambda sample: index.estimate(sample, links), 5, 1)
        self.assertIsNone(found)


class IndexCommon(MeasureCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["crm.value.index"].search([]).period_months = 0
        codes = {
            code: cls.env["crm.value.construct"].create(
                {"name": code, "code": f"t_{code}"}
            )
            for code in CONSTRUCTS
        }
        cls.constructs = codes
        cls.mobile = cls.env["crm.value.index"].create(
            {
                "name": "Mobile Phones",
                "target_id": codes["CUSA"].id,
                "min_answers": 50,
                "period_months": 0,
                "construct_ids": [
                    Command.create({"construct_id": codes[code].id, "sequence": at})
                    for at, code in enumerate(CONSTRUCTS)
                ],
                "path_ids": [
                    Command.create({"cause_id": codes[c].id, "effect_id": codes[e].id})
                    for c, e in PATHS
                ],
            }
        )

    @classmethod
    def _questionnaire(cls, items, **values):
        """Return a survey of the items of constructs: {construct: how many}."""
        return cls._survey(
            *(
                cls._item(
                    f"{code}{at}",
                    value_construct_id=cls.constructs[code].id,
                    scale_min=1,
                    scale_max=10,
                )
                for code, count in items.items()
                for at in range(1, count + 1)
            ),
            value_index_id=cls.mobile.id,
            value_audience="customer",
            **values,
        )

    @classmethod
    def _fill_in(cls, survey, rows, day=TODAY, **values):
        """Create finished participations of nobody known, one for each row."""
        questions = survey.question_ids
        moment = datetime.combine(day, datetime.min.time()).replace(hour=12)
        return cls.env["survey.user_input"].create(
            [
                {
                    "survey_id": survey.id,
                    "state": "done",
                    "end_datetime": moment,
                    "value_company_id": cls.company.id,
                    **values,
                    "user_input_line_ids": [
                        Command.create(
                            {
                                "question_id": question.id,
                                "answer_type": "scale",
                                "value_scale": int(answer),
                            }
                        )
                        for question, answer in zip(questions, row, strict=True)
                        if answer == answer
                    ],
                }
                for row in rows
            ]
        )

    @classmethod
    def _result(cls, times=20, **values):
        """Ask for a result of this June, and let the cron work."""
        result = cls.env["crm.value.index.result"].create(
            {
                "index_id": cls.mobile.id,
                "date_from": "2026-06-01",
                "date_to": "2026-06-30",
                "times": times,
                **values,
            }
        )
        with cls._no_commit():
            cls.env["crm.value.index.result"]._cron_index()
        return result


@tagged("post_install", "-at_install")
class TestIndexResult(IndexCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.small = cls._questionnaire({"PERQ": 2, "CUSA": 2})

    def _random(self, people, seed=1):
        rng = np.random.default_rng(seed)
        base = rng.integers(2, 9, people)[:, None]
        return np.clip(base + rng.integers(-2, 3, (people, 4)), 1, 10).astype(float)

    def test_questions_answers_result_of_the_mobile_phone_example(self):
        data, items = ecsi()
        survey = self._questionnaire({code: len(items[code]) for code in CONSTRUCTS})
        order = [at for code in CONSTRUCTS for at in items[code]]
        self._fill_in(survey, data[:, order])
        result = self._result(times=200)
        self.assertEqual((result.state, result.rule), ("done", "pls"))
        self.assertEqual((result.answer_count, result.has_model), (250, True))
        self.assertAlmostEqual(result.value, 72.54, places=2)
        self.assertLess(result.low, 72.54)
        self.assertGreater(result.high, 72.54)
        self.assertLess(result.high - result.low, 6)
        codes = {construct: code for code, construct in self.constructs.items()}
        found = {
            (codes[path.cause_id], codes[path.effect_id]): path
            for path in result.path_ids
        }
        self.assertEqual(set(found), set(PATHS))
        for pair, published in PATHS.items():
            path = found[pair]
            self.assertAlmostEqual(path.coefficient, published, delta=0.0006)
            self.assertTrue(path.low < path.coefficient < path.high)
        self.assertTrue(found["PERQ", "CUSA"].significant)
        self.assertFalse(found["CUEX", "CUSA"].significant)
        # Tenenhaus et al. (2005), table 6: R² of satisfaction .68.
        satisfied = result.construct_ids[TARGET]
        self.assertAlmostEqual(satisfied.r2, 0.68, delta=0.01)
        quality = result.construct_ids[CONSTRUCTS.index("PERQ")]
        self.assertAlmostEqual(quality.total, 0.513 + 0.557 * 0.192, delta=0.001)

    def test_too_few_answers_weigh_equally_and_say_why(self):
        rows = self._random(20)
        self._fill_in(self.small, rows)
        result = self._result()
        self.assertEqual((result.state, result.rule), ("done", "equal"))
        self.assertFalse(result.has_model or result.path_ids)
        self.assertIn("20", result.message)
        self.assertIn("50", result.message)
        mean = 100 * (rows[:, 2:].mean() - 1) / 9
        self.assertAlmostEqual(result.value, mean, places=2)
        self.assertTrue(result.low < mean < result.high)

    def test_no_more_answers_than_items_are_too_few(self):
        self.mobile.min_answers = 1
        self._fill_in(self.small, self._random(4))
        result = self._result()
        self.assertEqual((result.rule, result.has_model), ("equal", False))
        self.assertIn("5", result.message)

    def test_constant_items_are_left_out_and_named(self):
        rows = self._random(60)
        rows[:, 0] = 7
        self._fill_in(self.small, rows)
        result = self._result()
        self.assertEqual((result.rule, result.has_model), ("pls", True))
        self.assertIn("PERQ1", result.message)
        item = result.item_ids.filtered(lambda row: row.item == "PERQ1")
        self.assertIs(item.share, False)
        self.assertAlmostEqual(item.mean, 100 * 6 / 9, places=2)

    def test_a_constant_construct_leaves_no_model(self):
        rows = self._random(60)
        rows[:, :2] = 7
        self._fill_in(self.small, rows)
        result = self._result()
        self.assertEqual((result.state, result.has_model), ("done", False))
        self.assertTrue(result.message)

    def test_missing_answers_are_filled_or_left_out(self):
        rows = self._random(60)
        rows[0, 1] = np.nan
        rows[1, :3] = np.nan
        self._fill_in(self.small, rows)
        result = self._result()
        self.assertEqual((result.filled_count, result.left_out_count), (1, 1))
        self.assertEqual(result.answer_count, 60)

    def test_nobody_answered_fails_in_words(self):
        result = self._result()
        self.assertEqual(result.state, "failed")
        self.assertIn("no responses", result.message)

    def test_one_answer_has_no_interval(self):
        self._fill_in(self.small, [[10, 10, 10, 1]])
        result = self._result()
        self.assertEqual((result.value, result.has_interval), (50, False))

    def test_who_answered_twice_counts_once_by_the_newest(self):
        early = self._fill_in(
            self.small, [[1] * 4], date(2026, 6, 2), partner_id=self.anna.id
        )
        self._fill_in(self.small, [[10] * 4], date(2026, 6, 9), partner_id=self.anna.id)
        self.assertTrue(early)
        result = self._result()
        self.assertEqual((result.answer_count, result.value), (1, 100))

    def test_period_company_and_colleagues_are_kept_apart(self):
        self._fill_in(self.small, [[10] * 4])
        self._fill_in(self.small, [[1] * 4], date(2026, 5, 31))
        second = self._create_company("Second", self.usd)
        self._fill_in(self.small, [[1] * 4], value_company_id=second.id)
        colleague = new_test_user(self.env, "index_colleague", "base.group_user")
        self._fill_in(self.small, [[1] * 4], partner_id=colleague.partner_id.id)
        result = self._result()
        self.assertEqual((result.answer_count, result.value), (1, 100))
        action = result.action_open_answers()
        rows = self.env[action["res_model"]].search(action["domain"])
        self.assertEqual(len(rows), 4)

    def test_a_day_ends_where_the_company_is(self):
        self.company.partner_id.tz = "Asia/Shanghai"
        late = self._fill_in(self.small, [[10] * 4])
        late.end_datetime = datetime(2026, 6, 30, 17)  # already July there
        self.assertEqual(self._result().state, "failed")
        late.end_datetime = datetime(2026, 5, 31, 17)
        self.assertEqual(self._result().state, "done")

    def test_weights_compared_in_pairs(self):
        self.mobile.write(
            {
                "weights": "ahp",
                "comparison_ids": [
                    Command.create({"first": "CUSA1", "second": "CUSA2", "ratio": "3"})
                ],
            }
        )
        self._fill_in(self.small, [[10, 10, 10, 1], [10, 10, 10, 1]])
        result = self._result()
        self.assertEqual((result.rule, result.value), ("ahp", 75))

    def test_the_same_seed_gives_the_same_ends(self):
        self._fill_in(self.small, self._random(60))
        first, again, other = (self._result(seed=seed) for seed in (1, 1, 2))
        self.assertEqual((first.low, first.high), (again.low, again.high))
        self.assertNotEqual((first.low, first.high), (other.low, other.high))

    def test_a_killed_result_begins_again(self):
        self._fill_in(self.small, self._random(60))
        result = self._result()
        numbers = result.construct_ids.mapped("value")
        self.cr.execute(
            "UPDATE crm_value_index_result SET state = 'running' WHERE id = %s",
            (result.id,),
        )
        self.env.invalidate_all()
        with self._no_commit():
            result._cron_index()
        self.assertEqual(result.state, "done")
        self.assertEqual(result.construct_ids.mapped("value"), numbers)

    def test_a_killed_result_goes_on_behind_the_samples_it_has_drawn(self):
        self._fill_in(self.small, self._random(60))
        drawn = []
        samples = index.samples

        def kill_once(data, estimator, times, seed, part=0):
            drawn.append(part)
            if drawn == [0, 1]:
                raise SystemExit  # caught as little as a kill
            return samples(data, estimator, times, seed, part)

        with patch(f"{ESTIMATE}.BATCH", 10), patch.object(index, "samples", kill_once):
            with suppress(SystemExit):  # assertRaises would roll back
                self._result()
            result = self.env["crm.value.index.result"].search([], limit=1)
            self.assertEqual((result.state, result.done_times), ("running", 10))
            with self._no_commit():
                self.env["crm.value.index.result"]._cron_index()
            self.assertEqual(drawn, [0, 1, 1])
            undisturbed = self._result()
        self.assertEqual(result.state, "done")
        self.assertFalse(result.drawn)
        self.assertEqual(
            (result.low, result.value, result.high),
            (undisturbed.low, undisturbed.value, undisturbed.high),
        )

    def test_a_failed_result_can_be_tried_again_by_who_may_ask(self):
        result = self._result()
        self.assertEqual(result.state, "failed")
        manager = new_test_user(self.env, "again", "crm_value.group_manager")
        result.with_user(manager).action_try_again()
        self.assertEqual(result.state, "queued")

    def test_a_finished_result_never_changes(self):
        self._fill_in(self.small, self._random(60))
        result = self._result()
        for record in (result, result.construct_ids, result.path_ids):
            with self.assertRaises(UserError):
                record.write({"low": 1.0})
        with self.assertRaises(UserError):
            result.unlink()
        again = self.env["crm.value.index.result"].browse(
            result.action_again()["res_id"]
        )
        self.assertEqual(again.state, "queued")

    # --- as it is read ---

    def test_reading_tells_the_line_the_model_and_what_works(self):
        self._fill_in(self.small, self._random(60))
        result = self._result()
        asked = self.mobile.action_estimate()
        found = self.env["crm.value.index"].get_dashboard(self.mobile.id)
        self.assertEqual([one["id"] for one in found["results"]], [result.id])
        self.assertEqual([one["id"] for one in found["working"]], [asked])
        told = found["result"]
        self.assertEqual((told["id"], told["value"]), (result.id, result.value))
        self.assertEqual(len(told["paths"]), len(result.path_ids))
        for construct in told["constructs"]:
            rows = self.env["crm.value.answer"].search(construct["domain"])
            self.assertEqual(rows.construct_id.id, construct["id"])
            self.assertEqual(len(rows), 120)

    def test_reading_of_an_index_nobody_asked_for_is_empty(self):
        found = self.env["crm.value.index"].get_dashboard(self.mobile.id)
        self.assertEqual((found["results"], found["result"]), ([], False))
        self.assertEqual(found["surveys"], ["How is it?"])
        failed = self._result()
        found = self.env["crm.value.index"].get_dashboard(self.mobile.id)
        self.assertEqual(found["failed"]["id"], failed.id)

    # --- by itself ---

    def test_the_cron_asks_for_each_period_once(self):
        self.mobile.period_months = 3
        self._fill_in(self.small, self._random(6), date(2026, 2, 3))
        self._fill_in(self.small, self._random(6), date(2026, 6, 3))  # not over
        results = self.env["crm.value.index.result"]
        with self._no_commit():
            results._cron_index()
            results._cron_index()
        result = results.search([("index_id", "=", self.mobile.id)])
        self.assertEqual(
            (result.date_from, result.date_to), (date(2026, 1, 1), date(2026, 3, 31))
        )
        self.assertEqual((result.state, result.automatic), ("done", True))
        with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation):
            values = result.copy_data()[0]
            results.create({**values, "automatic": True})
            self.env.flush_all()

    def test_reading_answers_is_one_query_at_two_sizes(self):
        counts = []
        for people in (5, 40):
            self._fill_in(self.small, self._random(people))
            result = self.env["crm.value.index.result"].create(
                {
                    "index_id": self.mobile.id,
                    "date_from": "2026-06-01",
                    "date_to": "2026-06-30",
                }
            )
            self.env.flush_all()
            result._sheet()
            before = self.cr.sql_log_count
            result._sheet()
            counts.append(self.cr.sql_log_count - before)
        self.assertEqual(*counts)
        self.assertLessEqual(counts[0], 2)

    # --- who may ---

    def _as(self, groups, login):
        user = new_test_user(
            self.env,
            login,
            groups,
            company_id=self.company.id,
            company_ids=self.company.ids,
        )
        return self.env["crm.value.index.result"].with_user(user)

    def test_managers_ask_and_users_read(self):
        values = {
            "index_id": self.mobile.id,
            "date_from": "2026-06-01",
            "date_to": "2026-06-30",
        }
        user = self._as("crm_value.group_user", "index_user")
        manager = self._as("crm_value.group_manager", "index_manager")
        with self.assertRaises(AccessError):
            user.create(values)
        asked = manager.create(values)
        with self.assertRaises(AccessError):
            asked.write({"value": 99})
        with self.assertRaises(AccessError):
            manager.create({**values, "state": "done", "value": 99})
        self.assertIn(asked.sudo(False), user.search([]))
        second = self._create_company("Second", self.usd)
        theirs = asked.sudo().create({**values, "company_id": second.id})
        self.assertNotIn(theirs.id, user.search([]).ids)

    def test_staff_results_are_for_managers_from_five_on(self):
        self.small.value_audience = "staff"
        self._in_round(self._fill_in(self.small, self._random(4)))
        result = self._result()
        self.assertEqual(result.state, "failed")
        self._in_round(self._fill_in(self.small, self._random(1, seed=2)))
        result = self._result()
        self.assertEqual((result.state, result.is_staff), ("done", True))
        earlier = self._fill_in(self.small, self._random(1, seed=3))
        self._in_round(earlier, 60, "0 calendar 0")
        longer = self._result(date_from="2026-01-01")
        self.assertEqual((longer.answer_count, longer.value), (5, result.value))
        user = self._as("crm_value.group_user", "index_user")
        manager = self._as("crm_value.group_manager", "index_manager")
        self.assertNotIn(result.id, user.search([]).ids)
        self.assertIn(result.id, manager.search([]).ids)
        for part in (result.construct_ids, result.item_ids):
            with self.assertRaises(AccessError):
                part.with_user(user.env.user).read(["construct_id"])
