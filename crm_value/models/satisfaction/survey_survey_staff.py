from odoo import models
from odoo.exceptions import UserError


class SurveySurvey(models.Model):
    """What colleagues have answered in confidence stays in confidence."""

    _inherit = "survey.survey"

    def write(self, vals):
        """Refuse to make answers of staff those of somebody who is named."""
        if vals.get("value_audience", "staff") != "staff":
            self.filtered(
                lambda survey: survey.value_audience == "staff"
            )._refuse_answered()
        return super().write(vals)

    def action_send_survey(self):
        """Send staff through a rule: by hand, each answer would have a name."""
        if "staff" in self.mapped("value_audience"):
            raise UserError(
                self.env._(
                    "Staff are asked by a rule: it keeps who has answered apart from "
                    "what was answered. Set one up under Configuration, Invitation "
                    "Rules."
                )
            )
        return super().action_send_survey()

    def _refuse_answered(self):
        # Whoever may edit a survey of staff reads no answers to it.
        answered = self.env["survey.user_input"].sudo()
        if answered.search_count(
            [("survey_id", "in", self.ids), ("state", "=", "done")], limit=1
        ):
            raise UserError(
                self.env._(
                    "Staff have answered, knowing that nobody would see what each of "
                    "them said. Duplicate the survey to ask somebody else."
                )
            )

    def _refuse_single_answers(self):
        """Say why there is no list of what staff answered."""
        if "staff" in self.mapped("value_audience"):
            raise UserError(
                self.env._(
                    "Single answers of staff are shown to nobody. The figures of each "
                    "round of five and more are under Satisfaction, Answered By: "
                    "Staff, once the round is over."
                )
            )
