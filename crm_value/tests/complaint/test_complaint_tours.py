"""Complaints in a browser, as an agent settles one and ends another early."""

from odoo.tests import HttpCase, tagged

from .complaint_common import ComplaintCommon


@tagged("post_install", "-at_install")
class TestComplaintTours(HttpCase, ComplaintCommon):
    browser_size = "1366x900"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ours.name = "Tour Cause"
        cls.agent.lang = "en_US"

    def _walk(self, ticket, tour):
        self.start_tour(
            f"/odoo/helpdesk.ticket/{ticket.id}", tour, login=self.agent.login
        )
        self.env.invalidate_all()

    def test_agent_walks_the_duties_to_the_end(self):
        ticket = self._complain(user_id=self.agent.id)
        ticket.write(self._fact("acknowledge"))
        self._walk(ticket, "crm_value_complaint_duties")
        self.assertEqual(ticket.value_duty, "done")
        self.assertEqual(ticket.sudo().value_assessed_by, self.agent)
        self.assertTrue(ticket.closed)
        self.assertFalse(ticket.value_close_reason)

    def test_who_closes_early_is_asked_why(self):
        ticket = self._complain(user_id=self.agent.id)
        self._walk(ticket, "crm_value_complaint_early")
        self.assertTrue(ticket.closed)
        self.assertEqual(ticket.value_close_reason, "Withdrawn by phone")
        self.assertEqual(ticket.value_confirmed_share, 0)
