"""Requests by mail and in the portal, answers and delays, in a browser."""

from datetime import datetime, timedelta
from unittest.mock import patch

from odoo import Command
from odoo.tests import HttpCase, freeze_time, new_test_user, tagged

from ..common import ago
from .desk_common import MONDAY_NOON, DeskCommon

# pylint: disable=translation-required

MAIL = """\
From: Ann <ann@acme.example>
To: {to}
Subject: Two widgets are missing
Message-Id: <desk-tour@acme.example>
Date: Mon, 15 Jun 2026 12:00:00 +0000
Content-Type: text/plain; charset=utf-8

Ten were ordered, eight have come.
"""


@tagged("post_install", "-at_install")
class TestDeskTours(HttpCase, DeskCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("en_US")
        cls.ann.email = "ann@acme.example"
        cls.agent = cls._user("tour_agent", "helpdesk_mgmt.group_helpdesk_user_team")
        cls.leader = cls._user("tour_leader", "helpdesk_mgmt.group_helpdesk_manager")
        cls.company.alias_domain_id = cls.env["mail.alias.domain"].create(
            {"name": "desk.example"}
        )
        cls.team = cls.env["helpdesk.ticket.team"].create(
            {
                "name": "Care",
                "company_id": cls.company.id,
                "user_id": cls.leader.id,
                "user_ids": (cls.agent | cls.leader).ids,
                "alias_name": "care",
            }
        )

    @classmethod
    def _user(cls, login, groups):
        return new_test_user(
            cls.env,
            login,
            groups,
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
            lang="en_US",
        )

    def _write_in(self):
        """Return the ticket that a mail to the team has opened."""
        mail = MAIL.format(to=self.team.alias_full_name)
        with patch.object(self.env.cr, "now", lambda: MONDAY_NOON):
            self.env["mail.thread"].message_process(None, mail)
        return self.team.ticket_ids

    def test_agent_answers_a_mail_in_time(self):
        ticket = self._write_in()
        self.assertEqual((ticket.partner_id, ticket.team_id), (self.ann, self.team))
        self.assertEqual(ticket.value_due, datetime(2026, 6, 15, 16))
        self._open(self.acme, team_id=self.team.id, opened=MONDAY_NOON.replace(hour=13))
        self._order(
            self.acme, 100, ago(9), commitment_date=MONDAY_NOON - timedelta(days=2)
        )
        with freeze_time("2026-06-15 14:00:00"):
            self.start_tour(
                f"/odoo/helpdesk.ticket/{ticket.id}",
                "crm_value_desk_agent",
                login="tour_agent",
            )
        self.assertEqual(ticket.value_responded_at.date(), MONDAY_NOON.date())
        self.assertEqual(ticket.value_response_kept, 100)
        self.assertEqual(ticket.value_due, ticket.value_resolution_due)

    def test_leader_is_told_of_a_broken_promise(self):
        opened = MONDAY_NOON - timedelta(days=3, hours=3)
        late = self._open(self.other, opened, team_id=self.team.id)
        kept = self._open(self.other, team_id=self.team.id)
        kept.value_responded_at = MONDAY_NOON
        with self._no_commit():
            late._cron_value_overdue()
        self.assertEqual(late.activity_ids.user_id, self.leader)
        self.start_tour(
            "/odoo/loyalty-responses", "crm_value_desk_leader", login="tour_leader"
        )
        self.start_tour(
            "/odoo/promises-kept", "crm_value_desk_kept", login="tour_leader"
        )

    def test_request_in_the_portal_waits_in_the_queue(self):
        customer = self._user("tour_customer", "base.group_portal")
        customer.partner_id.parent_id = self.acme
        self.start_tour("/new/ticket", "crm_value_desk_portal", login="tour_customer")
        ticket = self.env["helpdesk.ticket"].search(
            [("partner_id", "=", customer.partner_id.id)]
        )
        self.assertEqual(ticket.value_response_hours, 4)
        self.assertTrue(ticket.value_due)
        self.start_tour(
            "/odoo/loyalty-responses", "crm_value_desk_queue", login="tour_agent"
        )
