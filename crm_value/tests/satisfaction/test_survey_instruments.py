from lxml import html

from odoo.exceptions import UserError
from odoo.tests import tagged

from ...hooks import _keep_answered_surveys, _let_go, _own_tables
from .survey_common import SurveyCommon

INSTRUMENTS = {
    "purchase": ("customer", {"csat", "item", "reason"}),
    "service": ("customer", {"csat", "item", "reason"}),
    "nps": ("customer", {"nps", "reason"}),
    "acsi": ("customer", {"item", "reason"}),
    "ccsi": ("customer", {"item", "reason"}),
    "expectation": ("customer", {"item", "reason"}),
    "dealer": ("dealer", {"item", "nps", "reason"}),
    "staff": ("staff", {"item", "nps", "reason"}),
}


@tagged("post_install", "-at_install")
class TestSurveyInstruments(SurveyCommon):
    """What is delivered can be sent as it is."""

    def _each(self):
        for code, (audience, roles) in INSTRUMENTS.items():
            with self.subTest(instrument=code):
                yield self.env.ref(f"crm_value.survey_{code}"), audience, roles

    def test_each_is_for_invited_people_once_and_is_no_quiz(self):
        for survey, audience, _roles in self._each():
            self.assertEqual(survey.access_mode, "token")
            self.assertFalse(survey.users_login_required)
            self.assertEqual(survey.scoring_type, "no_scoring")
            self.assertTrue(survey.is_attempts_limited)
            self.assertEqual(survey.attempts_limit, 1)
            self.assertEqual(survey.value_audience, audience)
            self.assertTrue(survey.value_kind)
            self.assertFalse(survey.lang_ids)  # all languages
            for text in (survey.description, survey.description_done):
                self.assertTrue(html.fromstring(text).text_content().strip())

    def test_staff_are_not_invited_by_hand(self):
        with self.assertRaisesRegex(UserError, "invited by a rule"):
            self.env.ref("crm_value.survey_staff").action_send_survey()
        self.env.ref("crm_value.survey_acsi").action_send_survey()

    def test_each_question_has_its_meaning(self):
        for survey, _audience, roles in self._each():
            self.assertEqual(set(survey.question_ids.mapped("value_role")), roles)
            survey.question_ids._check_value_role()
            items = survey.question_ids.filtered(lambda q: q.value_role != "reason")
            self.assertTrue(all(items.mapped("value_item")))

    def test_only_the_one_question_of_short_surveys_is_mandatory(self):
        for survey, _audience, _roles in self._each():
            must = survey.question_ids.filtered("constr_mandatory")
            short = survey.questions_layout == "one_page" and not (
                survey.value_kind == "expectation"
            )
            self.assertEqual(len(must), int(short))

    def test_full_questionnaires_ask_for_all_of_their_index(self):
        for code, items in (("acsi", 14), ("ccsi", 17)):
            survey = self.env.ref(f"crm_value.survey_{code}")
            self.assertEqual(survey.value_index_id.id, self._id(f"index_{code}"))
            self.assertFalse(survey.value_missing)
            asked = survey.question_ids.filtered("value_item")
            self.assertEqual(len(asked), items)
            for construct, questions in asked.grouped("value_construct_id").items():
                with self.subTest(construct=construct.code):
                    fewest = 1 if construct.code == "complaints" else 2
                    self.assertGreaterEqual(len(questions), fewest)

    def _id(self, name):
        return self.env.ref(f"crm_value.{name}").id

    def test_the_same_question_has_the_same_code_and_words(self):
        acsi, ccsi = (
            self.env.ref(f"crm_value.survey_{code}").question_ids.grouped("value_item")
            for code in ("acsi", "ccsi")
        )
        for code in set(acsi) & set(ccsi) - {False}:
            self.assertEqual(acsi[code].title, ccsi[code].title)
            self.assertEqual(acsi[code].scale_max, ccsi[code].scale_max)

    def test_each_can_be_answered_to_the_end(self):
        for survey, _audience, _roles in self._each():
            scales = survey.question_ids.filtered(lambda q: q.question_type == "scale")
            best = {question: question.scale_max for question in scales}
            given = self._answer(survey, best, self.anna)
            self.assertEqual(given.state, "done")
            if survey.value_audience != "staff":
                scores = {
                    row.question_id: row.score for row in self._rows(given).values()
                }
                self.assertEqual(
                    scores,
                    {q: 0.0 if q.value_reversed else 100.0 for q in scales},
                )

    def test_uninstalling_leaves_what_people_answered(self):
        data = self.env["ir.model.data"].search([("module", "=", "crm_value")])
        purchase, dealer = (
            self.env.ref(f"crm_value.survey_{name}") for name in ("purchase", "dealer")
        )
        self._answer(dealer, {"dqual1": 7}, self.anna)
        _let_go(self.env, _own_tables(self.env))
        _keep_answered_surveys(self.env, data)
        self.env.invalidate_all()
        left = data.exists().filtered(lambda row: row.model == "survey.survey")
        self.assertIn(purchase.id, left.mapped("res_id"))  # demo answers at most
        self.assertNotIn(dealer.id, left.mapped("res_id"))
        self.assertFalse(dealer.question_ids.value_construct_id)
