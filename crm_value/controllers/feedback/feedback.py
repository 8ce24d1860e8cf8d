import re
import uuid

from odoo import SUPERUSER_ID, fields, http
from odoo.http import request

from odoo.addons.survey.controllers.main import Survey

from ..core.stop import STOP_ROUTE, case_page, stop_case


class CrmValueFeedback(Survey):
    """Public survey links of invitation mails: no login, and a GET changes nothing.

    Mail scanners follow links, so that only what is sent from a page counts.
    """

    @http.route(
        "/feedback/<string:token>",
        type="http",
        auth="public",
        methods=["GET"],
        website=True,
        sitemap=False,
    )
    def feedback(self, token, answer=None):
        """Lead to the survey of one invitation, or say why there is nothing to do."""
        participation = self._feedback_participation(token)
        survey = participation.survey_id
        if problem := self._feedback_problem(participation):
            company = participation.value_invitation_ids.company_id[:1]
            lang = participation.lang_id.code
            return self._feedback_page(survey, lang, problem, company)
        url = f"/survey/{survey.access_token}/{participation.access_token}"
        lang = self._get_lang_with_fallback(participation.sudo(False))
        target = self.env["ir.http"]._url_for(url, lang.code)
        chosen = self._feedback_choice(participation, answer)
        return request.redirect(
            target if chosen is None else f"{target}?answer={chosen}"
        )

    @http.route("/feedback/<string:token>/stop", **STOP_ROUTE)
    def feedback_stop(self, token, **_post):
        """Ask whether to stop automatic mails to this address; a POST stops them."""
        invitation = self._feedback_invitation(token)
        case = stop_case(invitation, lambda: invitation._opt_out())
        lang, company = invitation.partner_id.lang, invitation.company_id
        return self._feedback_page(invitation.survey_id, lang, case, company)

    def _feedback_participation(self, token):
        # The token is what gives access, and to nothing but this one participation.
        inputs = request.env["survey.user_input"].sudo()
        if not _is_token(token):
            return inputs
        return inputs.search([("access_token", "=", token)], limit=1)

    def _feedback_invitation(self, token):
        """Return the invitation of an opt-out token, empty if it has none."""
        invitations = request.env["crm.value.invitation"].sudo()
        if not _is_token(token):
            return invitations
        return invitations.search([("opt_out_token", "=", token)], limit=1)

    def _feedback_problem(self, participation):
        """Return why it cannot be answered, None if it can."""
        if not participation:
            return "unknown"
        if participation.state == "done":
            return "answered"
        deadline = participation.deadline
        if deadline and deadline < fields.Datetime.now():
            return "expired"
        return None if participation.survey_id.active else "expired"

    def _feedback_page(self, survey, lang, case, company=None):
        survey = survey.with_context(lang=lang or request.env.lang)
        values = {
            "survey": survey,
            "value_company": company,
            "no_survey_navigation": True,
        }
        return case_page("crm_value.feedback_page", case, lang, **values)

    def _feedback_choice(self, participation, answer):
        """Return the answer clicked in the mail, None if it is not on the scale."""
        question = participation.survey_id._value_one_click_question()
        if not question or not re.fullmatch("[0-9]{1,2}", answer or ""):
            return None  # of a scale, which ends at ten
        chosen = int(answer)
        fits = question.scale_min <= chosen <= question.scale_max
        return chosen if fits else None

    def _fetch_from_access_token(self, survey_token, answer_token):
        """Keep answers of staff as nobody's: the database notes who writes."""
        survey, given = super()._fetch_from_access_token(survey_token, answer_token)
        if self._is_nameless(given):
            given = given.with_user(SUPERUSER_ID)
        return survey, given

    def _check_validity(self, survey_sudo, answer_sudo, *args, **kwargs):
        """Let colleagues answer while logged in: a nameless answer is no other's."""
        if self._is_nameless(answer_sudo):
            kwargs["check_partner"] = False
        return super()._check_validity(survey_sudo, answer_sudo, *args, **kwargs)

    def _is_nameless(self, given):
        """Return whether it is a colleague's answer to an invitation."""
        staff = given.survey_id.value_audience == "staff"
        return bool(staff and given.invite_token and not given.partner_id)

    def _prepare_survey_data(self, survey_sudo, answer_sudo, **post):
        """Show the answer clicked in the mail as chosen; sending the page gives it."""
        data = super()._prepare_survey_data(survey_sudo, answer_sudo, **post)
        data["value_company"] = answer_sudo.value_invitation_ids.company_id[:1]
        chosen = self._feedback_choice(answer_sudo, post.get("answer"))
        if chosen is not None and answer_sudo.state == "new":
            question = survey_sudo._value_one_click_question()
            data["value_prefill"] = {question.id: chosen}
            data.pop("languages", None)
        return data


def _is_token(text):
    """Return whether it can be a token at all; the database takes no zero bytes."""
    try:
        return str(uuid.UUID(text)) == text
    except ValueError:
        return False
