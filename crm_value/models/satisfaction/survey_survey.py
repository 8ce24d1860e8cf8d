from odoo import api, fields, models
from odoo.exceptions import UserError

from .const import AUDIENCES, SURVEY_KINDS


class SurveySurvey(models.Model):
    """Audience, type and index of a survey."""

    _inherit = "survey.survey"

    value_audience = fields.Selection(
        AUDIENCES,
        string="Answered By",
        compute="_compute_value_audience",
        store=True,
        readonly=False,
        help="Individual employee responses are never shown; managers see results "
        "of complete rounds with at least five respondents, once they are "
        "over.",
    )
    value_kind = fields.Selection(SURVEY_KINDS, string="Questionnaire Type")
    value_index_id = fields.Many2one(
        "crm.value.index",
        string="Index",
        index="btree_not_null",
        ondelete="restrict",
        help="The index model used to evaluate its questions.",
    )
    value_missing = fields.Char(
        string="Constructs Not Covered",
        compute="_compute_value_missing",
        help="Constructs of the index that no question measures.",
    )

    @api.depends("question_and_page_ids.value_role")
    def _compute_value_audience(self):
        """Whatever measures is about customers, unless told otherwise."""
        for survey in self:
            measures = any(survey.question_and_page_ids.mapped("value_role"))
            survey.value_audience = survey.value_audience or (
                "customer" if measures else False
            )

    @api.depends("value_index_id", "question_and_page_ids.value_construct_id")
    def _compute_value_missing(self):
        for survey in self:
            wanted = survey.value_index_id._ordered()
            missing = wanted - survey.question_and_page_ids.value_construct_id
            survey.value_missing = ", ".join(missing.mapped("name"))

    def action_open_value_answers(self):
        """Open what its questions have measured."""
        self.ensure_one()
        self._value_refuse_single_answers()
        return self.env["crm.value.answer"]._open_where([("survey_id", "=", self.id)])

    # --- What colleagues have answered in confidence stays in confidence ---

    def write(self, vals):
        """Refuse to make answers of staff those of somebody who is named."""
        if vals.get("value_audience", "staff") != "staff":
            self.filtered(
                lambda survey: survey.value_audience == "staff"
            )._value_refuse_answered()
        if vals.keys() & {"value_audience", "value_index_id"}:
            self.env["crm.value.response.sum"]._forget(surveys=self)
        return super().write(vals)

    def action_send_survey(self):
        """Send staff through a rule: by hand, each answer would have a name."""
        if "staff" in self.mapped("value_audience"):
            raise UserError(
                self.env._(
                    "Employees must be invited by a rule, which keeps respondents "
                    "and responses apart. Set one up under Configuration, "
                    "Invitation Rules."
                )
            )
        return super().action_send_survey()

    def _value_refuse_answered(self):
        # Whoever may edit a survey of staff reads no answers to it.
        answered = self.env["survey.user_input"].sudo()
        if answered.search_count(
            [("survey_id", "in", self.ids), ("state", "=", "done")], limit=1
        ):
            raise UserError(
                self.env._(
                    "Employees have responded with the assurance that individual "
                    "responses are not shown. Duplicate the survey to ask somebody "
                    "else."
                )
            )

    def _value_refuse_single_answers(self):
        """Say why there is no list of what staff answered."""
        if "staff" in self.mapped("value_audience"):
            raise UserError(
                self.env._(
                    "Individual employee responses are not shown to anyone. Results"
                    " of each round with at least five respondents are under "
                    "Satisfaction, Answered By: Staff, once the round is over."
                )
            )
