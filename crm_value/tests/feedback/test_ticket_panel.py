"""A negative response that nobody has dealt with stands on the customer's tickets."""

from odoo.tests import new_test_user, tagged

from .invitation_common import InvitationCommon


@tagged("post_install", "-at_install")
class TestTicketPanel(InvitationCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._rule(survey=cls.nps, recovery="activity", hold_open_ticket=False)
        cls.agent = new_test_user(
            cls.env,
            "panel_agent",
            "helpdesk_mgmt.group_helpdesk_user",
            company_id=cls.company.id,
            company_ids=cls.company.ids,
            context=cls.env.context,
        )

    def _panel(self, ticket):
        self.env.invalidate_all()
        return ticket.with_user(self.agent).value_panel

    def test_negative_response_comes_first_until_it_is_dealt_with(self):
        self._invoice(self.anna, 10)
        self._cron_invite()
        self._answer_it(self._invited(state="sent")[-1], {"nps1": 2})
        recovery = self.recoveries.search([("customer_id", "=", self.acme.id)])
        ticket, strange = self._ticket(self.acme), self._ticket(self._customer("Else"))
        panel = self._panel(ticket)
        self.assertEqual(panel["first"]["code"], "answer")
        [line] = [line for line in panel["open"] if line["code"] == "answer"]
        opens = line["opens"]
        self.assertEqual(self.recoveries.search(opens["domain"]), recovery)
        self.assertNotIn("answer", str(self._panel(strange)["open"]))
        recovery.activity_id.with_user(self.seller).action_feedback()
        self.assertNotEqual(self._panel(ticket)["first"]["code"], "answer")
