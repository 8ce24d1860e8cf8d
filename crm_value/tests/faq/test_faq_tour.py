"""Frequent questions in a browser: typed, suggested, sent, counted and judged."""

from odoo.tests import HttpCase, new_test_user, tagged

from ..desk.desk_common import DeskCommon


@tagged("post_install", "-at_install")
class TestFaqTour(HttpCase, DeskCommon):
    browser_size = "1366x900"

    def test_answer_is_found_while_the_ticket_is_typed_and_counted_once_sent(self):
        agent = new_test_user(
            self.env,
            "tour_faq",
            "helpdesk_mgmt.group_helpdesk_user",
            company_id=self.company.id,
            company_ids=self.company.ids,
            email="tour_faq@example.com",
            lang="en_US",
        )
        faq = self.env["crm.value.faq"].create(
            {
                "question": "The linen has faded after washing",
                "answer": "<p>Wash at 40 degrees at most.</p>",
            }
        )
        self.other.email = "other@example.com"
        ticket = self._open(self.other, user_id=agent.id, name="Question")
        self.start_tour(
            f"/odoo/helpdesk.ticket/{ticket.id}", "crm_value_faq", login="tour_faq"
        )
        self.env.invalidate_all()
        self.assertEqual((faq.use_count, faq.unhelpful_count), (1, 1))
        self.assertEqual(ticket.name, "Linen has faded after two washes")
        self.assertIn("Wash at 40", self._logged(ticket))
