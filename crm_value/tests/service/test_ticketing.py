"""The service desk: one adapter between it and everybody who asks about tickets."""

import re
from pathlib import Path

from odoo.tests import BaseCase, tagged

from ..common import TODAY, ValueCommon, ago

ADDON = Path(__file__).parents[2]
ROOMS = ("analytics", "controllers", "models", "report", "sheets", "wizards")
# The adapter, and what is added to the ticket itself; of the desk, every file.
KNOWING = {
    "models/calls/crm_value_ticketing.py",
    "models/calls/helpdesk_ticket.py",
    "models/core/helpdesk_ticket.py",
    "models/feedback/helpdesk_ticket.py",
    "models/interactions/helpdesk_ticket.py",
    "models/interactions/helpdesk_ticket_channel.py",
    "models/points/helpdesk_ticket.py",
    "models/portal/helpdesk_ticket.py",
    "models/scenario/crm_value_scenario_service.py",
    "models/scoring/helpdesk_ticket.py",
    "models/service/crm_value_ticketing.py",
    "models/service/helpdesk_ticket_category.py",
    "report/solution/crm_value_need_report.py",
}


@tagged("post_install", "-at_install")
class TestWhoKnowsTheServiceDesk(BaseCase):
    def test_few_files_name_its_models(self):
        named = re.compile(r"helpdesk[._]ticket\b")
        imported = re.compile(r"from \.+(desk\.)?(helpdesk_ticket)? import \w+\n")
        found = {
            path.relative_to(ADDON).as_posix()
            for room in ROOMS
            for path in (ADDON / room).rglob("*.py")
            if path.parent.name not in ("desk", "complaint", "faq")
            and named.search(imported.sub("", path.read_text(encoding="utf-8")))
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

    def test_defect_of_our_own_is_no_cost_of_the_customer(self):
        ours = self.env["helpdesk.ticket.category"].create(
            {"name": "Complaints upheld", "value_own_defect": True}
        )
        self._purchases(self.acme, (100, 9))
        self._purchases(self.anna.create({"name": "Beta"}), (100, 9))
        self._ticket(self.acme, ago(5), category_id=ours.id)
        other = self._ticket(self.acme, ago(4))
        self._score()
        profile = self._profile(self.acme)
        self.assertEqual((profile.ticket_count, profile.service_cost), (2, 20))
        other.category_id = ours
        self._refresh()
        profile = self._profile(self.acme)
        self.assertEqual((profile.ticket_count, profile.service_cost), (2, 0))
        self.assertEqual(profile.score_service, 100)

    def test_nothing_in_the_window_is_the_lowest_score_and_says_so(self):
        for at in range(4):
            self._purchases(self._customer(f"Now {at}"), (10 * at + 10, 9))
        gone = [self._customer(f"Before {at}") for at in range(4)]
        for customer in gone:
            self._purchases(customer, (50, 500))
        self._ticket(self.acme, ago(4))
        self._score()
        profile = self._profile(gone[0])
        self.assertEqual((profile.score_margin, profile.score_volume), (0, 0))
        self.assertEqual(profile.current_value_score, 0)
        self.assertIs(profile.score_service, False)
        parts = {p["code"]: p for p in profile.explanation["sides"][0]["parts"]}
        self.assertIn("lowest score", parts["margin"]["note"])

    def _rows(self, *columns):
        return self.env.execute_query_dict(self.desk._source(*columns))
