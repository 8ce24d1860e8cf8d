from odoo import models


class SurveySurvey(models.Model):
    """Surveys that people are invited to: one response per invitation."""

    _inherit = "survey.survey"

    def _value_one_click_question(self):
        """Return the question whose scale the mail shows, empty if there is none.

        It is the first one, on a survey of one page, where the answer can be shown
        before it is given.
        """
        survey = self.sudo()
        first = survey.question_ids[:1]
        fits = survey.questions_layout == "one_page" and first.question_type == "scale"
        return first if fits else first.browse()

    def _value_lang_of(self, code):
        """Return the language to ask in, empty if the survey is not in it."""
        supported = self._get_supported_lang_codes()
        langs = self.env["res.lang"]
        return langs._lang_get(code) if code in supported else langs.browse()

    def _has_attempts_left(self, partner, email, invite_token):
        """An invitation is answered once, whatever the survey allows others."""
        inputs = self.env["survey.user_input"].sudo()
        if invite_token:
            known = inputs.search([("invite_token", "=", invite_token)])
            # Of staff, an answer and its invitation know nothing of each other.
            invited = known.value_invitation_ids or self.value_audience == "staff"
            if invited and "done" in known.mapped("state"):
                return False
        return super()._has_attempts_left(partner, email, invite_token)
