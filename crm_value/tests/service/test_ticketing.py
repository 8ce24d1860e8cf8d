"""The service desk: one adapter between it and everybody who asks about tickets."""

import re
from pathlib import Path

from odoo.tests import BaseCase, tagged

from ..common import TODAY, ValueCommon, ago

ADDON = Path(__file__).parents[2]
ROOMS = ("analytics", "controllers", "models", "report", "sheets", "wizards")
# The adapter, and what is added to the ticket itself.
KNOWING = {
    "models/benefit/helpdesk_ticket.py",
    "models/core/helpdesk_ticket.py",
    "models/feedback/helpdesk_ticket.py",
    "models/points/helpdesk_ticket.py",
    "models/scoring/helpdesk_ticket.py",
    "models/service/crm_value_ticketing.py",
}


@tagged("post_install", "-at_install")
class TestWhoKnowsTheServiceDesk(BaseCase):
    def test_few_files_name_its_models(self):
        named = re.compile(r"helpdesk[._]ticket\b")
        imported = re.compile(r"from \. import helpdesk_ticket\n")
        found = {
            path.relative_to(ADDON).as_posix()
            for room in ROOMS
            for path in (ADDON / room).rglob("*.py")
            if named.search(imported.sub("", path.read_text(encoding="utf-8")))
        }
        self.assertLessEqual(found, KNOWING)


@tagged("post_install", "-at_install")
class TestTicketing(ValueCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.desk = cls.env["crm.value.ticketing"]
        cls.acme = cls._customer("Acme")
        cls.anna = cls._customer("Anna", parent=cls.acme)

    def test_open_tickets_of_contacts_are_those_of_their_customer(self):
        closed = self._ticket(self.acme, ago(9), closed=ago(3))
        self.assertEqual(self.desk._waiting(self.company, self.acme), set())
        waiting = self._ticket(self.anna, ago(2))
        self.assertEqual(
            self.desk._waiting(self.company, self.acme), set(self.acme.ids)
        )
        self.assertEqual(self.desk._closed((closed + waiting).ids), closed.ids)
        self.assertTrue(self.desk._is_closed(closed))
        self.assertFalse(self.desk._is_closed(waiting))

    def test_reopened_ticket_is_open_and_says_why(self):
        ticket = self._ticket(self.acme, ago(9), closed=ago(3))
        self.desk._reopen(ticket, "Not satisfied")
        self.assertFalse(self.desk._is_closed(ticket))
        self.assertIn("Not satisfied", ticket.message_ids[0].body)

    def test_ticket_that_is_gone_is_empty(self):
        ticket = self._ticket(self.acme)
        self.assertEqual(self.desk._ticket(ticket.id), ticket)
        ticket.unlink()
        for known in (ticket.id, 0, False):
            self.assertFalse(self.desk._ticket(known))

    def test_source_tells_whose_ticket_it_is_and_when_it_was_closed(self):
        ticket = self._ticket(self.anna, ago(9), closed=ago(3))
        duplicate = self._ticket(self.acme, duplicate_id=ticket.id)
        rows = {row["id"]: row for row in self._rows("number")}
        row = rows[ticket.id]
        self.assertEqual(row["partner_id"], self.anna.id)
        self.assertEqual(row["customer_id"], self.acme.id)
        self.assertEqual((row["opened"].date(), row["closed"].date()), (ago(9), ago(3)))
        self.assertEqual((row["is_closed"], row["is_void"]), (True, False))
        self.assertEqual(row["number"], ticket.number)
        self.assertTrue(rows[duplicate.id]["is_void"])
        self.assertEqual(rows[duplicate.id]["opened"].date(), TODAY)

    def _rows(self, *columns):
        return self.env.execute_query_dict(self.desk._source(*columns))
