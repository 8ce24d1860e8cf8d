from odoo.tests import tagged

from .response_common import ResponseCommon


@tagged("post_install", "-at_install")
class TestResponseSums(ResponseCommon):
    """What a response says is added up once, and anew when something changes."""

    def test_a_run_keeps_the_sums_and_figures_stay_what_they_were(self):
        before = self.env["crm.value.answer"].get_measures(days=365)["total"]
        self.assertFalse(self._kept())
        self._score()
        self.assertEqual(self._kept(), len(self.given))
        again = self.env["crm.value.answer"].get_measures(days=365)["total"]
        for name in ("csi", "nps", "csat"):
            self.assertEqual(again[name], before[name])
        self._assert_true()

    def test_an_answer_after_the_run_counts_at_once(self):
        self._score()
        self._say(self.buyers[0], sat1=1, nps1=0)
        total = self.env["crm.value.answer"].get_measures(days=365)["total"]
        self.assertEqual(total["answers"], len(self.given) + 1)

    def test_a_changed_answer_is_added_up_anew(self):
        self.sums._keep()
        line = self.given[0].user_input_line_ids.filtered(
            lambda one: one.question_id.value_role == "nps"
        )
        line.value_scale = 10
        self.assertEqual(self._rows_of_sums()[self.given[0].id]["promoters"], 1)
        line.unlink()
        self.assertEqual(self._rows_of_sums()[self.given[0].id]["nps_n"], 0)

    def test_a_first_meaning_counts_for_answers_of_before(self):
        survey = self._survey(
            {"title": "And?", "question_type": "scale", "scale_max": 5},
            self._item("sat1", value_construct_id=self.satisfaction.id),
            title="Grown",
            value_audience="customer",
        )
        question = survey.question_ids[0]
        said = self._say(self.buyers[0], survey=survey, sat1=5)
        said._save_lines(question, "5")
        self.sums._keep()
        self.assertEqual(self._rows_of_sums()[said.id]["csat_n"], 0)
        question.value_role = "csat"
        self.assertEqual(self._rows_of_sums()[said.id]["csat_n"], 1)

    def test_what_was_a_test_counts_once_it_is_none(self):
        said = self.given[0]
        said.test_entry = True
        self.sums._keep()
        said.test_entry = False
        self.assertEqual(self._rows_of_sums()[said.id]["nps_n"], 1)

    def test_a_response_that_is_opened_and_finished_again_is_added_up_anew(self):
        said = self.given[0]
        self.sums._keep()
        said.state = "in_progress"
        said.user_input_line_ids.filtered(
            lambda one: one.question_id.value_role == "nps"
        ).value_scale = 10
        said.state = "done"
        self.assertEqual(self._rows_of_sums()[said.id]["promoters"], 1)

    def test_employees_answers_are_not_kept(self):
        survey = self._survey(self._item("sat1"), title="Staff", value_audience="staff")
        for _person in range(5):
            self._in_round(self._answer(survey, {"sat1": 5}))
        self.sums._keep()
        self.assertFalse(
            self.sums.search([("user_input_id.survey_id", "=", survey.id)])
        )
