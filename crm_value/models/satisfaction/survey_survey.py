from odoo import api, fields, models

from ...const import AUDIENCES, SURVEY_KINDS


class SurveySurvey(models.Model):
    """Who is asked, why, and for which index."""

    _inherit = "survey.survey"

    value_audience = fields.Selection(
        AUDIENCES,
        string="Answered By",
        compute="_compute_value_audience",
        store=True,
        readonly=False,
        help="Nobody sees single answers of staff; managers see figures of whole "
        "rounds of five people and more, once they are over.",
    )
    value_kind = fields.Selection(SURVEY_KINDS, string="Asked")
    value_index_id = fields.Many2one(
        "crm.value.index",
        string="Index",
        index="btree_not_null",
        ondelete="restrict",
        help="The structure its questions are evaluated by.",
    )
    value_missing = fields.Char(
        string="Not Asked For",
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
        self._refuse_single_answers()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_value.crm_value_answer_action"
        )
        action["domain"] = [("survey_id", "=", self.id)]
        action["context"] = {}
        return action
