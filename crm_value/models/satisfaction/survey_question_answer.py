from math import inf

from odoo import api, fields, models
from odoo.tools import SQL

from ...analytics.satisfaction import choices
from .const import MEASURING

USES = [("yes", "Counts"), ("no", "No Answer")]


class SurveyQuestionAnswer(models.Model):
    """A choice: which step of its question's scale it is, or that it is no answer."""

    _inherit = "survey.question.answer"

    value_use = fields.Selection(
        USES,
        string="In Figures",
        help="Empty: judged by its words, its score and its place. “Not applicable” "
        "and a choice without a score are no answer.",
    )
    value_counts = fields.Boolean(
        string="Counts in Figures", compute="_compute_value_counts", store=True
    )
    value_meaning = fields.Char(string="Counted As", compute="_compute_value_meaning")

    @api.depends(
        "answer_score",
        "sequence",
        "value",
        "value_use",
        "question_id.suggested_answer_ids.answer_score",
        "question_id.suggested_answer_ids.sequence",
        "question_id.suggested_answer_ids.value",
    )
    def _compute_value_counts(self):
        for question, asked in self.grouped("question_id").items():
            offered = asked._value_offered(question)
            found = choices.counted(offered._value_scores(), offered._value_words())
            guessed = dict(zip(offered, found, strict=True))
            for choice in asked:
                use = choice.value_use
                choice.value_counts = use == "yes" if use else guessed[choice]

    @api.depends(
        "answer_score",
        "value_counts",
        "question_id.value_reversed",
        "question_id.value_role",
        "question_id.suggested_answer_ids.answer_score",
        "question_id.suggested_answer_ids.value_counts",
    )
    def _compute_value_meaning(self):
        for choice in self:
            choice.value_meaning = (
                choice.question_id.value_role in MEASURING and choice._value_in_words()
            )

    def _value_in_words(self):
        """Return which step of the scale a choice is, as the figures have it."""
        question = self.question_id
        steps = self._value_offered(question).filtered("value_counts")
        scores = steps.mapped("answer_score")
        if not self.value_counts or min(scores, default=0) == max(scores, default=0):
            return self.env._("No answer")
        step = self.answer_score
        if question.value_reversed:
            step = min(scores) + max(scores) - step
        return self.env._(
            "Counts as %(step)s of %(most)s", step=f"{step:g}", most=f"{max(scores):g}"
        )

    def _value_offered(self, question):
        """Return all choices of a question, these as they are being edited."""
        others = question.suggested_answer_ids - self._origin
        return (others | self).sorted(lambda one: (one.sequence, one._origin.id or inf))

    def _value_scores(self):
        """Return the score of each choice, None if the database knows of none."""
        self.flush_model(["answer_score"])
        unmarked = self.env.execute_query(
            SQL(
                "SELECT id FROM survey_question_answer "
                "WHERE answer_score IS NULL AND id = ANY(%s)",
                self._origin.ids,
            )
        )
        without = {choice for [choice] in unmarked}
        return [
            None
            if one._origin.id in without and not one.answer_score
            else one.answer_score
            for one in self
        ]

    def _value_words(self):
        """Return the words of each choice, in all languages that are installed.

        While words are edited, nobody knows what they will be in other languages.
        """
        kept = self.filtered(lambda one: one.value == one._origin.value)._origin
        codes = [code for code, _name in self.env["res.lang"].get_installed()]
        spoken = [kept.with_context(lang=code).mapped("value") for code in codes]
        words = dict(zip(kept.ids, map(set, zip(*spoken, strict=True)), strict=True))
        return [
            words.get(one._origin.id, set()) - {False} | {one.value or ""}
            for one in self
        ]

    def _value_problem(self):
        """Return why the choices of a question make no scale, or None."""
        steps = self.filtered("value_counts")
        if len(set(steps.mapped("answer_score"))) > 1:
            return None
        if len(set(self.mapped("answer_score"))) == 1:
            return self.env._(
                "All answers have the same score. Give each one its own score: the "
                "higher, the more of what is measured."
            )
        return self.env._(
            "Fewer than two choices with different scores count. Give each step of "
            "the scale its own score, or say of a choice that it counts."
        )

    @api.model_create_multi
    def create(self, vals_list):
        """One more choice can stretch the scale that others have answered on."""
        ids = {vals["question_id"] for vals in vals_list if vals.get("question_id")}
        with self.env["survey.question"].browse(ids)._value_keep_meaning():
            choices = super().create(vals_list)
        choices._value_forget_sums()
        return choices

    def write(self, vals):
        """Another number would change what has been answered; another text may not."""
        if vals.keys() & {"sequence", "value"}:
            self._value_pin()
        if vals.keys() & {"answer_score", "question_id", "value_use"}:
            self._value_forget_sums()
        if not vals.keys() & {"answer_score", "question_id"}:
            return super().write(vals)
        with self.question_id._value_keep_meaning():
            return super().write(vals)

    def _value_forget_sums(self):
        """What was added up of its survey may have changed: what counts, and where."""
        surveys = self.question_id.survey_id
        self.env["crm.value.response.sum"]._forget(surveys=surveys)

    def _value_pin(self):  # pylint: disable=missing-return
        """Keep what counts of answered questions, however their words change."""
        answered = self.question_id._value_answered()
        guessed = answered.suggested_answer_ids.filtered(lambda one: not one.value_use)
        for counts, offered in guessed.grouped("value_counts").items():
            super(SurveyQuestionAnswer, offered).write(
                {"value_use": "yes" if counts else "no"}
            )

    def unlink(self):
        """Without the choice, its answers would have no number."""
        self._value_forget_sums()
        with self.question_id._value_keep_meaning():
            return super().unlink()

    @api.constrains("answer_score", "question_id", "value_use")
    def _check_value_role(self):
        self.question_id._check_value_role()
