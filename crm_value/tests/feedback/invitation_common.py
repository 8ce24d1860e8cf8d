"""A company that invites to surveys, and customers with an address."""

from datetime import timedelta
from unittest.mock import patch

from odoo import Command, fields
from odoo.tests import new_test_user

from ..common import TODAY, ValueCommon


class InvitationCommon(ValueCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._only_this_company()
        cls.invitations = cls.env["crm.value.invitation"]
        cls.recoveries = cls.env["crm.value.recovery"]
        cls.contacts = cls.env["crm.value.contact"]
        cls._policy(contact_cap=20)
        cls.seller = new_test_user(
            cls.env,
            "asking_seller",
            "sales_team.group_sale_salesman",
            company_id=cls.company.id,
            company_ids=cls.company.ids,
            context=cls.env.context,
        )
        cls.acme = cls._customer(
            "Acme", email="office@acme.example", user_id=cls.seller.id
        )
        cls.anna = cls._customer("Anna", parent=cls.acme, email="anna@acme.example")
        cls.service = cls.env.ref("crm_value.survey_service")
        cls.nps = cls.env.ref("crm_value.survey_nps")
        cls.purchase = cls.env.ref("crm_value.survey_purchase")

    @classmethod
    def _rule(cls, event="invoiced", survey=None, **values):
        """Return a rule that is on and asks at once, without rests."""
        rule = cls.env["crm.value.invitation.rule"].create(
            {
                "name": f"Ask when {event}",
                "company_id": cls.company.id,
                "event": event,
                "survey_id": (survey or cls.purchase).id,
                "wait_days": 0,
                "person_days": 0,
                "customer_days": 0,
                "running": True,
                "user_id": cls.seller.id,
                **values,
            }
        )
        rule.flush_recordset()
        return rule

    @classmethod
    def _age_rule(cls, rule, days=29):
        """Let a rule be on for some days."""
        rule.running_since = TODAY - timedelta(days=days)
        rule.flush_recordset()

    @classmethod
    def _close(cls, partner, **values):
        """Return a ticket that was open and is closed today."""
        ticket = cls._ticket(partner, **values)
        ticket.stage_id = cls.open_stage
        ticket.stage_id = cls.closed_stage
        return ticket

    @classmethod
    def _cron_invite(cls):
        """Do the cron's work, without its commits."""
        with cls._no_commit():
            cls.env["crm.value.recovery"]._cron_recovery()
            cls.invitations._cron_invitation()
        cls.env.flush_all()
        cls.env.invalidate_all()

    @classmethod
    def _later(cls, days):
        """Let the cron work some days later."""
        later = TODAY + timedelta(days=days)
        moment = fields.Datetime.to_datetime(later) + timedelta(hours=12)
        run = type(cls.env["crm.value.run"])
        with (
            patch.object(run, "_today", lambda *_args: later),
            patch.object(fields.Datetime, "now", lambda *_args: moment),
        ):
            cls._cron_invite()

    def _invited(self, rule=None, **values):
        return self.invitations.search(
            [
                *([("rule_id", "=", rule.id)] if rule else []),
                *((name, "=", value) for name, value in values.items()),
            ],
            order="id",
        )

    def _mails(self, invitations):
        return self.env["mail.mail"].search(
            [
                ("model", "=", "crm.value.invitation"),
                ("res_id", "in", invitations.ids),
            ]
        )

    def _answer_it(self, invitation, answers):
        """Answer an invitation as the web page does."""
        participation = invitation.user_input_id
        participation._mark_in_progress()
        for code, answer in answers.items():
            question = participation.survey_id.question_ids.filtered(
                lambda q, code=code: code in (q.value_item, q.value_role)
            )
            participation._save_lines(question[:1], str(answer))
        participation._mark_done()
        self.env.flush_all()
        return participation

    def _member(self, name="Team", **values):
        return self.env["helpdesk.ticket.team"].create(
            {
                "name": name,
                "company_id": self.company.id,
                "user_ids": [Command.set(self.seller.ids)],
                **values,
            }
        )
