"""A customer's rating of a ticket is an answer to a complaint, whoever asks for it.

OCA's helpdesk_mgmt_rating asks for it by mail when a stage is reached; the last tests
run where it, helpdesk_type and helpdesk_mgmt_sla are installed.
"""

import re

from odoo import Command
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from .complaint_common import ComplaintCommon


@tagged("post_install", "-at_install")
class TestComplaintRating(HttpCase, ComplaintCommon):
    def _settled(self, closer=None):
        """Return a closed complaint of which only the confirmation is missing."""
        ticket = self._settle(self._complain(), but=["confirm"]).sudo()
        closed = {"stage_id": self.closed_stage.id, "value_close_reason": "Told"}
        ticket.with_user(closer or self.agent).sudo().write(closed)
        return ticket.with_user(self.env.user)

    def _rate(self, ticket, rate):
        """Let the customer rate by the link of its mail."""
        rating = self.env["rating.rating"].create(
            {
                "res_model_id": self.env["ir.model"]._get_id(ticket._name),
                "res_id": ticket.id,
                "partner_id": ticket.partner_id.id,
            }
        )
        ticket.with_user(self.env.ref("base.public_user")).sudo().rating_apply(
            rate, rating=rating.sudo(), feedback="So it is"
        )

    def test_great_rating_confirms(self):
        ticket = self._settled()
        self.assertEqual(ticket.value_duty, "confirm")
        self._rate(ticket, 5)
        self.assertEqual((ticket.value_duty, ticket.closed), ("done", True))
        self.assertEqual(ticket.value_heard_by, "answer")

    def test_middle_rating_says_neither(self):
        ticket = self._settled()
        self._rate(ticket, 3)
        self.assertEqual((ticket.value_duty, ticket.closed), ("confirm", True))

    def test_bad_rating_reopens(self):
        ticket = self._settled()
        self._rate(ticket, 1)
        self.assertFalse(ticket.closed)
        self.assertEqual(ticket.value_duty, "decide")

    def test_great_rating_after_a_stranger_closed_confirms_nothing(self):
        stranger = new_test_user(self.env, "rating_stranger", "base.group_portal")
        ticket = self._settled(stranger)
        self._rate(ticket, 5)
        self.assertEqual(ticket.value_duty, "confirm")

    def test_rating_of_another_ticket_changes_no_duty(self):
        ticket = self._open(self.ann)
        self._rate(ticket, 1)
        self.assertFalse(ticket.value_duty)

    # --- with OCA's modules ---

    def _need(self, field):
        if field not in self.env["helpdesk.ticket"]._fields:
            self.skipTest(f"The module that adds {field} is not installed")

    @mute_logger("odoo.addons.mail.models.mail_mail")
    def test_customer_closes_is_asked_and_rates_by_the_mails_link(self):
        self._need("rating_status")
        self.closed_stage.write(
            {
                "close_from_portal": True,
                "rating_mail_template_id": self.env.ref(
                    "helpdesk_mgmt_rating.rating_ticket_email_template"
                ).id,
            }
        )
        self.ann.email = "ann@example.com"
        portal = new_test_user(self.env, "rating_ann", "base.group_portal")
        portal.partner_id.write({"parent_id": self.ann.id, "email": "a@example.com"})
        ticket = self._settle(self._complain(portal.partner_id), but=["confirm"]).sudo()
        self.authenticate("rating_ann", "rating_ann")
        answer = self.url_open(
            f"/ticket/close?ticket_id={ticket.id}&stage_id={self.closed_stage.id}"
        )
        self.assertEqual(answer.status_code, 200)
        self.assertEqual((ticket.closed, ticket.value_duty), (True, "confirm"))
        rating = self.env["rating.rating"].search([("res_id", "=", ticket.id)])
        self.authenticate(None, None)
        page = self.url_open(f"/rate/{rating.access_token}/5").text
        token = re.search(r'name="csrf_token" value="([^"]+)"', page).group(1)
        data = {"csrf_token": token, "rate": 5, "feedback": "Good"}
        self.url_open(f"/rate/{rating.access_token}/submit_feedback", data=data)
        self.env.invalidate_all()
        self.assertEqual(ticket.value_duty, "done")

    def test_target_by_type_and_tier_is_that_of_the_sla_module(self):
        self._need("type_id")
        self._need("team_sla")
        fault = self.env["helpdesk.ticket.type"].create({"name": "Fault"})
        team = self.env["helpdesk.ticket.team"].create(
            {"name": "Faults", "company_id": self.company.id, "use_sla": True}
        )
        sla = self.env["helpdesk.sla"].create(
            {
                "name": "Faults of members",
                "hours": 2,
                "stage_id": self.closed_stage.id,
                "team_ids": [Command.set(team.ids)],
                "domain": f"[('type_id', '=', {fault.id}),"
                f" ('value_tier_id', '=', {self.silver.id})]",
            }
        )
        values = {"team_id": team.id, "type_id": fault.id}
        self.assertEqual(self._open(self.ann, **values).sla_ids, sla)
        self.assertFalse(self._open(self.other, **values).sla_ids)
        self.assertFalse(self._open(self.ann, team_id=team.id).sla_ids)
