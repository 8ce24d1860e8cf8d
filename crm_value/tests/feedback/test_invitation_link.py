"""The link in the mail, as the customer, a mail scanner and an attacker use it."""

import json
from datetime import timedelta
from unittest.mock import patch
from uuid import uuid4

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import HttpCase, new_test_user, tagged


@tagged("post_install", "-at_install")
class TestInvitationLink(HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("en_US")
        cls.company = cls.env["res.company"].create({"name": "Asking Company"})
        cls.env.user.write(
            {"company_ids": [(4, cls.company.id)], "company_id": cls.company.id}
        )
        cls.env = cls.env(
            context=dict(cls.env.context, allowed_company_ids=cls.company.ids)
        )
        cls.survey = cls.env.ref("crm_value.survey_nps")
        cls.rule = cls.env["crm.value.invitation.rule"].create(
            {
                "name": "Ask",
                "company_id": cls.company.id,
                "event": "ticket",
                "survey_id": cls.survey.id,
                "wait_days": 0,
                "person_days": 0,
                "customer_days": 0,
                "running": True,
                "recovery": "ticket",
                "user_id": new_test_user(
                    cls.env,
                    "link_stand_in",
                    "base.group_user",
                    company_id=cls.company.id,
                    company_ids=cls.company.ids,
                ).id,
            }
        )
        cls.acme = cls.env["res.partner"].create(
            {"name": "Acme Link", "is_company": True}
        )
        cls.anna = cls._person("Anna Link")

    @classmethod
    def _person(cls, name):
        return cls.env["res.partner"].create(
            {
                "name": name,
                "parent_id": cls.acme.id,
                "email": f"{name.replace(' ', '.')}@example.com",
                "lang": "en_US",
            }
        )

    def _invite(self, partner=None):
        """Return an invitation that was sent."""
        stages = self.env["helpdesk.ticket.stage"]
        ticket = self.env["helpdesk.ticket"].create(
            {
                "name": "Help",
                "description": "Please",
                "partner_id": (partner or self.anna).id,
                "company_id": self.company.id,
            }
        )
        ticket.stage_id = stages.search([("closed", "=", False)], limit=1)
        ticket.stage_id = stages.search([("closed", "=", True)], limit=1)
        invited = self.env["crm.value.invitation"].search(
            [("res_id", "=", ticket.id), ("rule_id", "=", self.rule.id)]
        )
        invited._send()
        self.assertEqual(invited.state, "sent", invited.reason)
        self.env.flush_all()
        return invited

    def _figures(self):
        """Return (surveys, recommendation) of the customer, as scored by now."""
        self.env.invalidate_all()
        profile = self.env["crm.value.profile"].search(
            [("partner_id", "=", self.acme.id), ("company_id", "=", self.company.id)]
        )
        return profile.answer_count, profile.nps

    def _without_commit(self):
        """Let crons go on where they commit; the test's transaction keeps all."""

        def commit_progress(cron, processed=0, **_options):
            cron.env.flush_all()
            return float("inf")

        return patch.object(
            type(self.env["ir.cron"]), "_commit_progress", commit_progress
        )

    def _path(self, invited):
        return f"/feedback/{invited.user_input_id.access_token}"

    def _stop_path(self, invited):
        return f"/feedback/{invited.opt_out_token}/stop"

    def _submit(self, invited, value, survey=None, token=None):
        """Send an answer as the survey's page does; return what it says."""
        survey = survey or self.survey
        token = token or invited.user_input_id.access_token
        question = survey.question_ids[0]
        response = self.url_open(
            f"/survey/submit/{survey.access_token}/{token}",
            data=json.dumps({"params": {str(question.id): str(value)}}),
            headers={"Content-Type": "application/json"},
        )
        self.env.invalidate_all()
        return response.json()["result"]

    def _value(self, invited):
        lines = invited.user_input_id.user_input_line_ids
        return lines.filtered(lambda line: not line.skipped).mapped("value_scale")

    def test_pages_carry_the_company_that_asks(self):
        invited = self._invite()
        for path in (self._path(invited), self._stop_path(invited)):
            page = self.url_open(path).text
            self.assertIn("Asking Company", page)
            self.assertNotIn("/logo.png?company", page)
        self.company.logo = self.env.ref("base.main_company")._get_logo()
        self.company.uses_default_logo = False
        logo = f"/logo.png?company={self.company.id}"
        for path in (self._path(invited), self._stop_path(invited)):
            self.assertIn(logo, self.url_open(path).text)

    def test_looking_changes_nothing(self):
        invited = self._invite()
        given = invited.user_input_id
        answers = ("0", "10", "11", "x", "²", "-1", "9" * 5000)
        for query in ("", *(f"?answer={answer}" for answer in answers)):
            page = self.url_open(self._path(invited) + query)
            self.assertEqual(page.status_code, 200)
        self.env.invalidate_all()
        self.assertEqual((given.state, invited.state), ("new", "sent"))
        self.assertFalse(given.user_input_line_ids)
        self.url_open(self._stop_path(invited))
        self.assertFalse(
            self.env["mail.blacklist"].search([("email", "ilike", "anna.link")])
        )

    def test_answer_clicked_is_shown_as_chosen(self):
        page = self.url_open(f"{self._path(self._invite())}?answer=7").text
        question = self.survey.question_ids[0].id
        [chosen] = [part for part in page.split("<input") if "checked=" in part]
        self.assertIn(f'id="{question}_7"', chosen)
        self.assertNotIn("Anna Link", page, "nothing tells whose link it is")
        self.assertNotIn("Acme Link", page)

    def test_zero_is_an_answer(self):
        invited = self._invite()
        page = self.url_open(f"{self._path(invited)}?answer=0").text
        [chosen] = [part for part in page.split("<input") if "checked=" in part]
        self.assertIn('value="0"', chosen)
        self._submit(invited, 0)
        self.assertEqual((invited.state, self._value(invited)), ("answered", [0]))
        self.assertTrue(invited.user_input_id.start_datetime)
        made = self.env["crm.value.recovery"].search(
            [("user_input_id", "=", invited.user_input_id.id)]
        )
        self.assertEqual((made.state, made.score), ("open", 0))
        self.assertEqual(made.ticket_id.create_uid, self.env.ref("base.user_root"))

    def _reader(self):
        return new_test_user(
            self.env,
            f"link_reader_{uuid4()}",
            "crm_value.group_user,base.group_allow_export",
            company_id=self.company.id,
            company_ids=self.company.ids,
        )

    def test_no_search_finds_the_secret_of_a_link(self):
        invited = self._invite()
        self._submit(invited, 0)
        token = invited.user_input_id.access_token
        user = self._reader()
        for name in ("invitation", "recovery", "answer"):
            records = self.env[f"crm.value.{name}"].with_user(user)
            self.assertTrue(records.search([("user_input_id", "!=", False)]), name)
            for path, value in (
                ("user_input_id.access_token", f"{token[:3]}%"),
                ("user_input_id.user_input_line_ids.display_name", "0"),
                ("survey_id.access_token", "%"),
                ("survey_id.user_input_ids.access_token", f"{token[:3]}%"),
            ):
                with (
                    self.subTest(model=name, path=path),
                    self.assertRaises(AccessError),
                ):
                    records.search_count([(path, "=like", value)])

    def test_no_export_or_screen_shows_the_secret_of_a_link(self):
        invited = self._invite()
        self._submit(invited, 0)
        self.env.invalidate_all()
        shown = {"user_input_id": {"fields": {"display_name": {}, "access_token": {}}}}
        for name in ("invitation", "recovery", "answer"):
            records = self.env[f"crm.value.{name}"].with_user(self._reader())
            found = records.search([("user_input_id", "!=", False)], limit=1)
            with self.subTest(model=name):
                with self.assertRaises(AccessError):
                    found.export_data(["user_input_id/access_token"])
                with self.assertRaises(AccessError):
                    found.web_read(shown)
                with self.assertRaises(AccessError):
                    records.formatted_read_group([], ["user_input_id.access_token"])

    def test_invitation_is_found_by_the_name_of_its_survey(self):
        invited = self._invite()
        found = self.env["crm.value.invitation"].with_user(self._reader())
        names = dict(found.name_search(self.survey.title))
        self.assertEqual(names.get(invited.id), self.survey.title)

    def test_second_answer_is_refused(self):
        invited = self._invite()
        self._submit(invited, 9)
        error = self._submit(invited, 1)
        self.assertEqual(error[1].get("error"), "unauthorized")
        self.assertEqual(self._value(invited), [9])
        self.assertIn(
            "we have received your response", self.url_open(self._path(invited)).text
        )
        given = invited.user_input_id
        self.url_open(f"/survey/retry/{self.survey.access_token}/{given.access_token}")
        self.assertEqual(
            self.env["survey.user_input"].search_count(
                [("invite_token", "=", given.invite_token)]
            ),
            1,
        )

    def test_survey_without_a_limit_is_answered_once_too(self):
        self.survey.is_attempts_limited = False
        self.test_second_answer_is_refused()

    def test_expired_link_is_refused(self):
        invited = self._invite()
        given = invited.user_input_id
        given.deadline = fields.Datetime.now() - timedelta(hours=1)
        self.env.flush_all()
        self.assertIn("has closed", self.url_open(self._path(invited)).text)
        self.assertEqual(self._submit(invited, 9)[1].get("error"), "answer_deadline")
        self.assertFalse(self._value(invited))

    def test_closed_survey_is_refused(self):
        invited = self._invite()
        self.survey.action_archive()
        self.env.flush_all()
        self.assertIn("has closed", self.url_open(self._path(invited)).text)

    def test_forged_link_is_refused(self):
        for token in (str(uuid4()), "1", "x' OR 1=1", "%00abc", "9" * 5000):
            page = self.url_open(f"/feedback/{token}")
            self.assertEqual(page.status_code, 404)
            self.assertIn("is not valid", page.text)
            page = self.url_open(f"/feedback/{token}/stop", data={"x": 1})
            self.assertEqual(page.status_code, 404)
        error = self._submit(None, 9, token=str(uuid4()))
        self.assertEqual(error[1].get("error"), "token_wrong")

    def test_foreign_token_opens_no_other_survey(self):
        invited = self._invite()
        other = self.env.ref("crm_value.survey_purchase")
        error = self._submit(invited, 3, survey=other)
        self.assertEqual(error[1].get("error"), "token_wrong")
        self.assertFalse(self._value(invited))

    def test_somebody_else_logged_in_is_refused(self):
        invited = self._invite()
        new_test_user(self.env, "link_other", "base.group_portal")
        self.authenticate("link_other", "link_other")
        page = self.url_open(self._path(invited))
        self.assertIn("Access Error", page.text)
        error = self._submit(invited, 3)
        self.assertEqual(error[1].get("error"), "answer_wrong_user")

    def _ask_colleague(self, login="link_colleague"):
        """Return an invitation sent to a colleague, and the survey of staff."""
        colleague = new_test_user(
            self.env,
            login,
            "base.group_user",
            company_id=self.company.id,
            company_ids=[(6, 0, self.company.ids)],
            email=f"{login}@example.com",
        )
        survey = self.survey.copy(
            {"title": "Staff", "value_audience": "staff", "user_id": self.env.uid}
        )
        rule = self.env["crm.value.invitation.rule"].create(
            {
                "name": "Ask Staff",
                "company_id": self.company.id,
                "event": "calendar",
                "person": "staff",
                "survey_id": survey.id,
                "wait_days": 0,
                "person_days": 0,
                "customer_days": 0,
                "hold_open_ticket": False,
                "running": True,
            }
        )
        invitations = self.env["crm.value.invitation"]
        invitations._plan_rule(rule, invitations._since(rule))
        invited = invitations.search(
            [("rule_id", "=", rule.id), ("partner_id", "=", colleague.partner_id.id)]
        )
        invited._send()
        self.assertEqual(invited.state, "sent", invited.reason)
        self.env.flush_all()
        return invited, survey

    def test_colleague_answers_while_logged_in_and_leaves_no_trace(self):
        invited, survey = self._ask_colleague()
        colleague = invited.partner_id.user_ids
        self.authenticate("link_colleague", "link_colleague")
        path, given = self._path(invited), invited.user_input_id
        page = self.url_open(path)
        self.assertEqual(page.status_code, 200)
        self.assertNotIn("Access Error", page.text)
        self.assertIn("Start Survey", page.text)
        self._submit(invited, 0, survey)
        self.assertEqual((given.state, invited.state), ("done", "answered"))
        line = given.user_input_line_ids[:1]
        self.assertEqual(line.value_scale, 0)
        for record in (given, *given.user_input_line_ids):
            self.assertFalse(colleague & (record.create_uid | record.write_uid))
        self.assertFalse(given.partner_id)
        self.assertNotIn(
            colleague.partner_id,
            given.message_ids.author_id | given.message_partner_ids,
        )
        self.assertIn("we have received your response", self.url_open(path).text)
        stop = self._stop_path(invited)
        self.assertIn("Unsubscribe", self.url_open(stop).text)
        self.assertEqual(self.url_open(f"{path}/stop").status_code, 404)
        self.url_open(stop, data={"List-Unsubscribe": "One-Click"})
        self.assertTrue(
            self.env["mail.blacklist"].search([("email", "=", colleague.email)])
        )
        error = self._submit(None, 9, survey, given.access_token)
        self.assertEqual(error[1].get("error"), "unauthorized")
        self.url_open(f"/survey/retry/{survey.access_token}/{given.access_token}")
        self.assertEqual(survey.user_input_ids.filtered("start_datetime"), given)

    def test_colleague_cannot_answer_for_a_customer(self):
        invited = self._invite()
        new_test_user(self.env, "link_other", "base.group_user")
        self.authenticate("link_other", "link_other")
        self.assertIn("Access Error", self.url_open(self._path(invited)).text)

    def test_each_person_has_a_link_of_its_own(self):
        mine, other = self._invite(), self._invite(self._person("Bob Link"))
        self.assertNotEqual(self._path(mine), self._path(other))
        self._submit(mine, 10)
        self.assertEqual((mine.state, other.state), ("answered", "sent"))

    def test_opt_out_asks_first_and_then_stops(self):
        invited = self._invite()
        page = self.url_open(self._stop_path(invited)).text
        self.assertIn("Unsubscribe", page)
        page = self.url_open(
            self._stop_path(invited), data={"List-Unsubscribe": "One-Click"}
        ).text
        self.assertIn("You have been unsubscribed", page)
        blocked = self.env["mail.blacklist"].search([])
        self.assertIn(self.anna.email_normalized, blocked.mapped("email"))

    def test_answers_are_exported_to_managers_only(self):
        invited = self._invite()
        self._submit(invited, 9)
        path = f"/crm_value/answers/{self.acme.id}"
        for login, groups, status in (
            (
                "export_manager",
                "crm_value.group_manager,base.group_partner_manager",
                200,
            ),
            ("export_user", "crm_value.group_user", 403),
            ("export_portal", "base.group_portal", 403),
        ):
            new_test_user(
                self.env,
                login,
                groups,
                company_id=self.company.id,
                company_ids=[(6, 0, self.company.ids)],
            )
            self.authenticate(login, login)
            self.assertEqual(self.url_open(path).status_code, status, login)
        self.authenticate("export_manager", "export_manager")
        for wrong in ("0", "x", "1,x"):
            page = self.url_open(f"/crm_value/answers/{wrong}")
            self.assertEqual(page.status_code, 404, wrong)

    def test_customer_answers_in_a_browser(self):
        self.env["crm.value.transaction"].create(
            [
                {
                    "partner_id": self.acme.id,
                    "company_id": self.company.id,
                    "currency_id": self.company.currency_id.id,
                    "date": fields.Date.today() - timedelta(days=30 * month + 1),
                    "amount": 100,
                    "source_key": f"link {month}",
                }
                for month in range(6)
            ]
        )
        runs = self.env["crm.value.run"]
        with self._without_commit():
            runs.create({"company_id": self.company.id})._execute()
        self.assertEqual(self._figures(), (0, False))
        invited = self._invite()
        self.start_tour(f"{self._path(invited)}?answer=3", "crm_value_feedback")
        with self._without_commit():
            runs._cron_refresh()
        self.assertEqual(self._figures(), (1, 3))
        self.assertEqual((invited.state, self._value(invited)[0]), ("answered", 3))
        made = self.env["crm.value.recovery"].search(
            [("user_input_id", "=", invited.user_input_id.id)]
        )
        self.assertIn("Deliveries come too late", made.words)
        self.assertTrue(made.ticket_id)
