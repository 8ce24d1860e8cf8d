from odoo import Command
from odoo.exceptions import ValidationError
from odoo.tests import Form, tagged

from .survey_common import SurveyCommon

LADDER = [("Poor", 1), ("Fair", 2), ("Good", 3), ("Very good", 4), ("Excellent", 5)]


@tagged("post_install", "-at_install")
class TestSurveyChoices(SurveyCommon):
    """Which choices are answers: “not applicable” and unmarked ones are none."""

    @classmethod
    def _choose(cls, *offered, **values):
        """Return a survey of one choice; without a number it keeps Odoo's 0."""
        return cls._survey(
            cls._item(
                "qual1",
                question_type="simple_choice",
                suggested_answer_ids=[
                    Command.create(
                        {"value": words, "sequence": at}
                        | ({} if score is None else {"answer_score": score})
                    )
                    for at, (words, score) in enumerate(offered)
                ],
                **values,
            )
        )

    @classmethod
    def _offered(cls, survey):
        return survey.question_ids.suggested_answer_ids

    def _scores(self, survey):
        """Return the score of each choice that somebody chose, None: no answer."""
        given = [
            self._answer(survey, {"qual1": choice.id}, self.anna)
            for choice in self._offered(survey)
        ]
        return [
            self._rows(one)["qual1"].score if self._rows(one) else None for one in given
        ]

    def test_not_applicable_is_no_answer_and_stretches_no_scale(self):
        for number in (0, None):  # as a form saves it, or as it never was given
            survey = self._choose(*LADDER, ("Not applicable", number))
            self.assertEqual(self._scores(survey), [0, 25, 50, 75, 100, None])

    def test_dont_know_is_no_answer_whatever_its_number(self):
        survey = self._choose(*LADDER, ("Don't know", 99))
        self.assertEqual(self._scores(survey), [0, 25, 50, 75, 100, None])

    def test_unmarked_choice_is_no_answer_whatever_its_words(self):
        for place in (0, 2, 5):
            with self.subTest(place=place):
                offered = [*LADDER]
                offered.insert(place, ("Somebody else ordered", 0))
                survey = self._choose(*(offered if place else offered[::-1]))
                self.assertEqual(self._scores(survey).count(None), 1)
                self.assertEqual(set(self._scores(survey)), {0, 25, 50, 75, 100, None})

    def test_zero_is_the_lowest_step_where_the_others_leave_it_free(self):
        for numbers in ((0, 1), (0, 1, 2), (4, 3, 2, 1, 0), (0, 25, 50, 75, 100)):
            with self.subTest(numbers=numbers):
                survey = self._choose(*((f"Step {n}", n) for n in numbers))
                most = max(numbers)
                self.assertEqual(
                    self._scores(survey), [100 * n / most for n in numbers]
                )

    def test_choice_that_was_given_no_number_is_none_though_it_comes_last(self):
        survey = self._choose(("Good", 2), ("Bad", 1), ("In between", None))
        self.assertEqual(self._scores(survey), [100, 0, None])
        last = self._offered(survey)[-1]
        self.assertEqual(last.value_meaning, "No answer")
        last.value_use = "yes"
        self.assertEqual(self._scores(survey), [100, 50, 0])
        again = self._choose(("Good", 2), ("Bad", 1), ("Worse", None))
        self._offered(again)[-1].answer_score = 3
        self.assertEqual(self._scores(again), [50, 0, 100])

    def test_words_count_in_any_language(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        survey = self._choose(*LADDER, ("Cannot be weighed here", 6))
        last = self._offered(survey)[-1]
        self.assertTrue(last.value_counts)
        last.with_context(lang="zh_CN").value = "不适用"
        self.assertFalse(last.value_counts)
        self.assertFalse(last.with_context(lang="zh_CN").value_counts)

    def test_editor_sees_what_each_choice_counts_as(self):
        survey = self._choose(*LADDER, ("No opinion", None))
        self.assertEqual(
            self._offered(survey).mapped("value_meaning"),
            [*(f"Counts as {n} of 5" for n in range(1, 6)), "No answer"],
        )
        survey.question_ids.value_reversed = True
        self.assertEqual(self._offered(survey)[0].value_meaning, "Counts as 5 of 5")
        survey.question_ids.value_role = False
        self.assertFalse(self._offered(survey)[0].value_meaning)

    def test_editor_says_otherwise(self):
        survey = self._choose(*LADDER, ("Undecided", 0))
        last = self._offered(survey)[-1]
        last.value_use = "yes"
        self.assertEqual(last.value_meaning, "Counts as 0 of 5")
        self.assertEqual(self._scores(survey)[0], 20)
        last.value_use = "no"
        self.assertIsNone(self._scores(survey)[-1])

    def test_form_tells_it_before_anything_is_saved(self):
        survey = self._choose(*LADDER, ("No opinion", None))
        with (
            Form(survey.question_ids) as form,
            form.suggested_answer_ids.edit(5) as line,
        ):
            self.assertEqual(line.value_meaning, "No answer")
            line.answer_score = 6
            line.value = "Outstanding"
            self.assertEqual(line.value_meaning, "Counts as 6 of 6")

    def test_form_tells_it_as_soon_as_the_question_measures(self):
        survey = self._choose(*LADDER, ("No opinion", None), value_role=False)
        with Form(survey.question_ids) as form:
            form.value_role = "item"
            form.value_construct_id = self.quality
            with form.suggested_answer_ids.edit(4) as line:
                self.assertEqual(line.value_meaning, "Counts as 5 of 5")

    def test_choices_of_which_too_few_count_measure_nothing(self):
        with self.assertRaisesRegex(ValidationError, "Fewer than two choices"):
            self._choose(("Yes", 1), ("Not applicable", 0))
        survey = self._choose(("Yes", 1), ("No", 0))
        with self.assertRaisesRegex(ValidationError, "Fewer than two choices"):
            self._offered(survey)[1].value_use = "no"

    def test_answered_choice_counts_as_it_did_however_it_is_worded(self):
        survey = self._choose(*LADDER, ("Not applicable", 0))
        given = self._answer(survey, {"qual1": self._offered(survey)[0].id}, self.anna)
        self._offered(survey)[0].value = "Don't know what to say, so poor"
        self._offered(survey)[-1].value = "Zero"
        self.assertEqual(self._rows(given)["qual1"].score, 0)
        self.assertFalse(self._offered(survey)[-1].value_counts)

    def test_choice_of_csat_knows_no_answer_too(self):
        survey = self._survey(
            {
                "title": "How satisfied are you?",
                "value_role": "csat",
                "question_type": "simple_choice",
                "suggested_answer_ids": [
                    Command.create({"value": words, "answer_score": score})
                    for words, score in (*LADDER, ("不清楚", 0))
                ],
            }
        )
        chosen = self._offered(survey)
        self._answer(survey, {"csat1": chosen[-1].id}, self.anna)
        self._answer(survey, {"csat1": chosen[3].id}, self._customer("Ben"))
        found = self.env["crm.value.answer"].search([("survey_id", "=", survey.id)])
        self.assertEqual(found.mapped("score"), [75])

    def test_judging_many_choices_costs_no_more_queries(self):
        def cost(count):
            offered = ((f"Step {n}", n) for n in range(count))
            choices = self._offered(self._choose(*offered))
            choices = choices.browse(choices.ids)  # read together, also later
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            choices._compute_value_counts()
            return self.env.cr.sql_log_count - before

        self.assertEqual(cost(3), cost(30))
