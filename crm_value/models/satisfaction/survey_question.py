from contextlib import contextmanager

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from .const import MEASURING, ROLES

# What an answered question may not change, as old answers would change with it.
MEANING = (
    "question_type",
    "scale_max",
    "scale_min",
    "suggested_answer_ids",
    "survey_id",
    "value_construct_id",
    "value_item",
    "value_reversed",
    "value_role",
)
CHOICES = ("scale", "simple_choice")
TEXTS = ("char_box", "text_box")
NPS = (0, 10)


class SurveyQuestion(models.Model):
    """What a survey question measures: construct, CSAT, NPS or a reason."""

    _inherit = "survey.question"

    value_role = fields.Selection(
        ROLES, string="Measures", help="Empty: its answers do not count in any figure."
    )
    value_construct_id = fields.Many2one(
        "crm.value.construct",
        string="Construct",
        index="btree_not_null",
        ondelete="restrict",
        compute="_compute_value_construct_id",
        store=True,
        readonly=False,
        help="The construct that this question measures together with others.",
    )
    value_item = fields.Char(
        string="Item Code",
        compute="_compute_value_item",
        store=True,
        readonly=False,
        help="Short code of the question. Use the same code for the same question "
        "in every survey to make answers comparable.",
    )
    value_reversed = fields.Boolean(
        string="Reversed", help="A low answer is the good one: “I often have to wait.”"
    )

    _value_item_uniq = models.UniqueIndex(
        "(survey_id, value_item) WHERE value_item IS NOT NULL",
        "Two questions of a survey cannot have the same item code.",
    )

    @api.depends("value_role")
    def _compute_value_construct_id(self):
        """The single questions have a construct of their own, unless told otherwise."""
        own = {
            role: self.env.ref(f"crm_value.construct_{role}", raise_if_not_found=False)
            or self.env["crm.value.construct"]
            for role in ("csat", "nps")
        }
        single = own["csat"] | own["nps"]
        for question in self:
            construct = question.value_construct_id
            if question.value_role not in MEASURING:
                construct = False
            elif not construct or construct in single:
                construct = own.get(question.value_role, False)
            question.value_construct_id = construct

    @api.depends("value_role", "value_construct_id")
    def _compute_value_item(self):
        for question in self:
            if question.value_role not in MEASURING:
                question.value_item = False
            elif not question.value_item and question.value_construct_id:
                question.value_item = question._value_next_item()
            else:
                question.value_item = question.value_item

    def _value_next_item(self):
        """Return the first free code of its construct in this survey."""
        taken = set(self.survey_id.question_and_page_ids.mapped("value_item"))
        number = 1
        while f"{self.value_construct_id.code}{number}" in taken:
            number += 1
        return f"{self.value_construct_id.code}{number}"

    @api.constrains(
        "is_page",
        "question_type",
        "scale_max",
        "scale_min",
        "suggested_answer_ids",
        "value_construct_id",
        "value_reversed",
        "value_role",
    )
    def _check_value_role(self):
        for question in self.filtered("value_role"):
            if problem := question._value_problem():
                raise ValidationError(
                    self.env._(
                        "“%(question)s”: %(problem)s",
                        question=question.title,
                        problem=problem,
                    )
                )

    def _value_problem(self):
        """Return why a question cannot measure what it is said to, or None."""
        if self.value_role == "reason":
            if self.question_type not in TEXTS:
                return self.env._("A reason in words requires a text question.")
            return None
        if self.question_type not in CHOICES:
            return self.env._(
                "A measuring question must be a scale, or a single choice whose "
                "answers have scores. Change its type, or clear “Measures”."
            )
        if not self.value_construct_id:
            return self.env._("Choose the construct it measures.")
        if self.value_reversed and self.value_role != "item":
            return self.env._(
                "Only questions that measure a construct can be reversed."
            )
        return self._value_scale_problem()

    def _value_scale_problem(self):
        if self.value_role == "nps" and (
            self.question_type != "scale" or (self.scale_min, self.scale_max) != NPS
        ):
            return self.env._("Recommendation (NPS) requires a scale from 0 to 10.")
        if self.question_type == "simple_choice" and len(self.suggested_answer_ids) > 1:
            return self.suggested_answer_ids._value_problem()
        return None

    @api.model_create_multi
    def create(self, vals_list):
        """Without a code, a question gets the next free one."""
        for vals in vals_list:
            if not vals.get("value_item"):
                vals.pop("value_item", None)
        return super().create(vals_list)

    # --- what has been answered keeps its meaning ---

    def write(self, vals):
        """Refuse changes that would alter the meaning of given answers."""
        if not vals.keys() & set(MEANING):
            return super().write(vals)
        surveys = self.survey_id
        with self._value_keep_meaning():
            result = super().write(vals)
        self.env["crm.value.response.sum"]._forget(surveys=surveys | self.survey_id)
        return result

    def copy(self, default=None):
        """A second one in the same survey is another item."""
        return super().copy({"value_item": False, **(default or {})})

    @api.ondelete(at_uninstall=False)
    def _unlink_except_value_answered(self):
        self._value_answered()._value_refuse_change()

    @contextmanager
    def _value_keep_meaning(self):
        """Raise if what happens inside changes what given answers mean.

        Answers to a question that measured nothing may be given a first meaning.
        """
        before = {
            question: question._value_meaning() for question in self._value_answered()
        }
        yield
        for question, meaning in before.items():
            if question._value_meaning() != meaning:
                question._value_refuse_change()

    def _value_meaning(self):
        numbers = self.suggested_answer_ids.sorted("id").mapped("answer_score")
        scale = (self.scale_min, self.scale_max)
        return (
            self.survey_id.id,
            self.question_type,
            scale if self.question_type == "scale" else tuple(numbers),
            self.value_role,
            self.value_construct_id.id,
            self.value_item,
            self.value_reversed,
        )

    def _value_answered(self):
        """Return those that measure and have answers, other than the author's tests."""
        measuring = self.filtered(lambda question: question.value_role in MEASURING)
        # Whoever may edit a question may not always read its answers.
        lines = self.env["survey.user_input.line"].sudo()
        found = lines._read_group(
            [
                ("question_id", "in", measuring.ids),
                ("skipped", "=", False),
                ("user_input_id.test_entry", "=", False),
            ],
            ["question_id"],
        )
        ids = {question.id for [question] in found}
        return measuring.filtered(lambda question: question.id in ids)

    def _value_refuse_change(self):
        if self:
            raise UserError(
                self.env._(
                    "“%(question)s” already has responses. You can change its "
                    "wording, but not what it measures. To measure something else, "
                    "duplicate the survey, change the copy and close this one; its "
                    "results are kept.",
                    question=self[0].title,
                )
            )
