from odoo import Command
from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, new_test_user, tagged
from odoo.tools import mute_logger

from .survey_common import LIKERT, SurveyCommon


@tagged("post_install", "-at_install")
class TestSurveyMeaning(SurveyCommon):
    # --- what a question can measure ---

    def test_text_cannot_measure_and_the_error_says_what_can(self):
        with self.assertRaisesRegex(ValidationError, "a scale, or a single choice"):
            self._survey(self._item("qual1", question_type="text_box"))

    def test_several_answers_cannot_measure(self):
        for kind in ("multiple_choice", "numerical_box", "matrix"):
            with self.subTest(kind=kind), self.assertRaises(ValidationError):
                self._survey(self._item("qual1", question_type=kind))

    def test_recommendation_needs_zero_to_ten(self):
        for wrong in ({"scale_min": 1}, {"scale_max": 5}):
            with (
                self.subTest(wrong=wrong),
                self.assertRaisesRegex(ValidationError, "from 0 to 10"),
            ):
                self._survey(self._nps(**wrong))

    def test_item_needs_a_construct(self):
        with self.assertRaisesRegex(ValidationError, "Choose the construct"):
            self._survey(self._item("qual1", value_construct_id=False))

    def test_only_items_are_reversed(self):
        with self.assertRaisesRegex(ValidationError, "reversed"):
            self._survey(self._nps(value_reversed=True))

    def test_reason_is_a_text(self):
        with self.assertRaisesRegex(ValidationError, "text question"):
            self._survey({"title": "Why?", "value_role": "reason", **LIKERT})

    def _choice(self, *numbers):
        return self._item(
            "qual1",
            question_type="simple_choice",
            suggested_answer_ids=[
                Command.create({"value": f"Answer {at}", "answer_score": number})
                for at, number in enumerate(numbers)
            ],
        )

    def test_choice_needs_different_numbers(self):
        self._survey(self._choice(0, 1, 2))
        with self.assertRaisesRegex(ValidationError, "same score"):
            self._survey(self._choice(1, 1))

    def test_choice_keeps_different_numbers(self):
        survey = self._survey(self._choice(0, 1))
        answers = survey.question_ids.suggested_answer_ids
        with self.assertRaisesRegex(ValidationError, "same score"):
            answers[0].answer_score = 1

    # --- defaults ---

    def test_single_questions_find_their_construct(self):
        csat = {"title": "Satisfied?", "value_role": "csat", **LIKERT}
        question = self._survey(csat).question_ids
        self.assertEqual(question.value_construct_id.code, "csat")
        question.write({"value_role": "nps", "scale_min": 0, "scale_max": 10})
        self.assertEqual(question.value_construct_id.code, "nps")
        question.write({"value_construct_id": self.satisfaction.id})
        self.assertEqual(question.value_construct_id, self.satisfaction)
        question.value_role = False
        self.assertFalse(question.value_construct_id)
        self.assertFalse(question.value_item)

    def test_codes_are_given_where_none_are(self):
        survey = self._survey(self._item(False), self._item("quality2"), self._nps())
        survey.question_and_page_ids = [
            Command.create(self._item(False)),
            Command.create(self._item(False)),
        ]
        self.assertEqual(
            set(survey.question_ids.mapped("value_item")),
            {"quality1", "quality2", "quality3", "quality4", "nps1"},
        )

    @mute_logger("odoo.sql_db")
    def test_code_is_unique_within_a_survey(self):
        with self.assertRaises(Exception), self.cr.savepoint():  # noqa: B017
            self._survey(self._item("qual1"), self._item("qual1"))
        self._survey(self._item("qual1"))  # another survey's is free

    def test_copies_of_surveys_keep_codes_and_copies_of_questions_get_others(self):
        twin = self.survey.copy()
        self.assertEqual(
            twin.question_ids.mapped("value_item"),
            self.survey.question_ids.mapped("value_item"),
        )
        second = self._question("qual1").copy()
        self.assertEqual(second.value_item, "quality1")
        self.assertEqual(second.value_construct_id, self.quality)

    def test_survey_that_measures_has_an_audience(self):
        self.assertEqual(self.survey.value_audience, "customer")
        plain = self._survey({"title": "Hello?", "question_type": "char_box"})
        self.assertFalse(plain.value_audience)
        staff = self._survey(self._nps(), value_audience="staff")
        self.assertEqual(staff.value_audience, "staff")

    def test_survey_says_what_its_index_lacks(self):
        self.survey.value_index_id = self.env.ref("crm_value.index_acsi")
        self.assertEqual(
            self.survey.value_missing,
            "Expected Quality, Perceived Value, Satisfaction, Complaints, Loyalty",
        )
        self.assertFalse(self.env.ref("crm_value.survey_acsi").value_missing)

    def test_question_is_built_by_hand_in_the_form(self):
        editor = new_test_user(self.env, "survey_editor", "survey.group_survey_user")
        questions = self.env["survey.question"].with_user(editor)
        with Form(questions.with_context(default_survey_id=self.survey.id)) as form:
            form.title = "Was it easy?"
            form.question_type = "scale"
            form.value_role = "item"
            form.value_construct_id = self.env.ref("crm_value.construct_effort")
        made = self.survey.question_ids.filtered(lambda q: q.title == "Was it easy?")
        self.assertEqual(made.value_item, "effort1")

    # --- what was answered keeps its meaning ---

    def test_answered_question_cannot_change_what_it_measures(self):
        self._answer(self.survey, {"qual1": 4}, self.anna)
        question = self._question("qual1")
        for change in (
            {"scale_max": 10},
            {"scale_min": 0},
            {"value_role": False},
            {"value_construct_id": self.satisfaction.id},
            {"value_item": "other"},
            {"value_reversed": True},
            {"survey_id": self._survey().id},
        ):
            with (
                self.subTest(change=change),
                self.assertRaisesRegex(UserError, "duplicate the survey"),
                self.cr.savepoint(),
            ):
                question.write(change)
        with self.assertRaisesRegex(UserError, "duplicate the survey"):
            question.unlink()

    def test_answered_question_may_be_worded_better(self):
        self._answer(self.survey, {"qual1": 4}, self.anna)
        question = self._question("qual1")
        question.write({"title": "How good?", "scale_max_label": "Great"})
        question.write({"scale_max": 5, "value_role": "item"})  # as it is
        self.assertEqual(question.title, "How good?")
        self._question("qual2").value_reversed = False  # nobody answered it

    def test_tests_of_the_author_and_skipped_questions_bind_nobody(self):
        self._answer(self.survey, {"qual1": 4}, self.anna, test_entry=True)
        self._answer(self.survey, {"qual1": None}, self.anna)
        self._question("qual1").scale_max = 7

    def test_answers_that_measured_nothing_may_get_a_meaning(self):
        question = self._survey({"title": "Good?", **LIKERT}).question_ids
        given = self._answer(question.survey_id, {question: 4}, self.anna)
        self.assertFalse(self._rows(given))
        question.write({"value_role": "item", "value_construct_id": self.quality.id})
        self.assertEqual(self._rows(given)["quality1"].score, 75)
        with self.assertRaises(UserError):
            question.value_role = False

    def test_answered_choice_keeps_its_numbers(self):
        survey = self._survey(self._choice(0, 1, 2))
        choices = survey.question_ids.suggested_answer_ids
        self._answer(survey, {"qual1": choices[1].id}, self.anna)
        choices[1].value = "Partly"
        with self.assertRaises(UserError), self.cr.savepoint():
            choices[1].answer_score = 1.5
        with self.assertRaises(UserError), self.cr.savepoint():
            choices[2].unlink()
        with self.assertRaises(UserError):
            survey.question_ids.suggested_answer_ids = [
                Command.create({"value": "Even more", "answer_score": 3})
            ]

    # --- indices ---

    def test_path_cannot_lead_back(self):
        acsi = self.env.ref("crm_value.index_acsi")
        constructs, paths = acsi._structure()
        self.assertEqual(len(constructs), 6)
        self.assertEqual(len(paths), 9)
        with self.assertRaisesRegex(ValidationError, "listed below its effect"):
            acsi.path_ids = [
                Command.create(
                    {
                        "cause_id": self.satisfaction.id,
                        "effect_id": self.quality.id,
                    }
                )
            ]

    def test_order_cannot_be_changed_against_a_path(self):
        acsi = self.env.ref("crm_value.index_acsi")
        last = acsi.construct_ids.sorted()[-1]
        with self.assertRaisesRegex(ValidationError, "is listed below its effect"):
            acsi.construct_ids = [Command.update(last.id, {"sequence": 0})]

    def test_path_and_target_need_their_constructs(self):
        acsi = self.env.ref("crm_value.index_acsi")
        first = acsi.construct_ids.sorted()[0]
        with self.assertRaisesRegex(ValidationError, "not among"), self.cr.savepoint():
            acsi.construct_ids = [Command.delete(first.id)]
        with self.assertRaisesRegex(ValidationError, "must be among"):
            acsi.target_id = self.env.ref("crm_value.construct_effort")

    def test_index_is_built_and_copied(self):
        ccsi = self.env.ref("crm_value.index_ccsi")
        self.assertEqual(len(ccsi.path_ids), 11)
        twin = ccsi.copy()
        self.assertEqual(twin._structure(), ccsi._structure())
        self.assertEqual(twin.name, f"{ccsi.name} (copy)")
        self.assertEqual(
            twin.path_ids[0].display_name, "Brand Image → Expected Quality"
        )
