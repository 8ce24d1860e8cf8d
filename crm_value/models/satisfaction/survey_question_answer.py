from odoo import api, models


class SurveyQuestionAnswer(models.Model):
    """The numbers of a choice are its scale."""

    _inherit = "survey.question.answer"

    @api.model_create_multi
    def create(self, vals_list):
        """One more choice can stretch the scale that others have answered on."""
        ids = {vals["question_id"] for vals in vals_list if vals.get("question_id")}
        with self.env["survey.question"].browse(ids)._keep_meaning():
            return super().create(vals_list)

    def write(self, vals):
        """Another number would change what has been answered; another text may not."""
        if not vals.keys() & {"answer_score", "question_id"}:
            return super().write(vals)
        with self.question_id._keep_meaning():
            return super().write(vals)

    def unlink(self):
        """Without the choice, its answers would have no number."""
        with self.question_id._keep_meaning():
            return super().unlink()

    @api.constrains("answer_score", "question_id")
    def _check_value_role(self):
        self.question_id._check_value_role()
