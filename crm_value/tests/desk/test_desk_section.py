"""What the overview says to an agent first: the own tickets, earliest due first."""

from datetime import timedelta

from odoo.tests import new_test_user, tagged

from ..common import TODAY
from .desk_common import MONDAY_NOON, DeskCommon


@tagged("post_install", "-at_install")
class TestDeskSection(DeskCommon):
    def _told(self, is_latest=True):
        month = {
            "date_from": None,
            "date_to": TODAY,
            "is_open": True,
            "is_latest": is_latest,
        }
        section = self.env["crm.value.section.desk"].with_user(self.staff)
        return section._told(month)

    def test_own_tickets_are_named_earliest_due_first(self):
        soon = self._open(self.ann, user_id=self.staff.id)
        late = self._open(
            self.other, MONDAY_NOON - timedelta(days=4), user_id=self.staff.id
        )
        told = self._told()
        self.assertEqual(told["answer"], "Waiting for you: 2 tickets, overdue: 1")
        self.assertEqual([line["id"] for line in told["lines"]], [late.id, soon.id])
        self.assertEqual(told["lines"][0]["text"], self.other.name)
        self.assertEqual(told["lines"][0]["opens"]["id"], late.id)
        opens = told["links"][0]["opens"]
        found = self.env[opens["model"]].search(opens["domain"])
        self.assertEqual(found, late | soon)

    def test_tickets_of_others_and_of_nobody_are_not_told(self):
        self._open(self.other)
        self._open(self.other, user_id=self.env.uid)
        self.assertIsNone(self._told())

    def test_an_earlier_month_tells_no_tickets(self):
        self._open(self.ann, user_id=self.staff.id)
        self.assertIsNone(self._told(is_latest=False))

    def test_who_helps_nobody_is_not_asked(self):
        section = self.env["crm.value.section.desk"]
        seller = new_test_user(
            self.env,
            "seller",
            "crm_value.group_user",
            company_id=self.company.id,
            company_ids=self.company.ids,
        )
        self.assertTrue(section.with_user(self.staff)._is_seen())
        self.assertFalse(section.with_user(seller)._is_seen())

    def test_a_closed_ticket_has_no_place(self):
        ticket = self._open(self.ann, user_id=self.staff.id)
        self.assertTrue(ticket.value_place)
        ticket.stage_id = self.env.ref("helpdesk_mgmt.helpdesk_ticket_stage_done")
        ticket.invalidate_recordset(["value_place"])
        self.assertFalse(ticket.value_place)
        self.assertIsNone(self._told())
