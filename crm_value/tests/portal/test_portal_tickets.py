from datetime import datetime

from odoo import Command
from odoo.tests import HttpCase, freeze_time, new_test_user, tagged

from ..desk.desk_common import SAID, DeskCommon

# pylint: disable=translation-required


@tagged("post_install", "-at_install")
class TestPortalTickets(HttpCase, DeskCommon):
    """What a customer reads of what was promised: everybody is answered in 8 hours."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.portal = new_test_user(
            cls.env,
            "other_portal",
            "base.group_portal",
            partner_id=cls.other.id,
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
        )
        cls.ticket = cls._open(cls.other)
        cls.ticket.message_subscribe(cls.other.ids)

    def _said(self):
        return self.ticket.with_user(self.portal)._value_say_promise()

    def test_list_and_page_say_until_when_there_is_an_answer(self):
        due = datetime(2999, 6, 16, 12)
        self.ticket.write({"value_response_due": due, "value_resolution_due": False})
        self.authenticate("other_portal", "other_portal")
        for url in ("/my/tickets", f"/my/ticket/{self.ticket.id}"):
            with self.subTest(url):
                page = self.url_open(url).text
                self.assertRegex(page, r"Answer by [^<]*12:00")

    def test_what_is_promised_next_is_said(self):
        self.assertRegex(self._said(), r"Answer by 6/16/26, 12:00")
        with freeze_time("2026-06-15 14:00:00"):
            self.ticket.with_user(self.staff).message_post(body="Hello", **SAID)
        self.assertRegex(self._said(), r"Solution by 6/22/26, 12:00")

    def test_a_promise_that_is_broken_is_not_hidden(self):
        with freeze_time("2026-06-17 14:00:00"):
            self.assertRegex(self._said(), r"An answer was promised by 6/16/26")

    def test_a_customer_who_is_asked_reads_so(self):
        self.ticket.stage_id = self.awaiting
        self.assertEqual(self._said(), "We are waiting for your answer.")
        self.ticket.stage_id = self.closed_stage
        self.assertEqual(self._said(), "")

    def test_nothing_is_said_without_a_promise_or_without_the_part(self):
        with freeze_time("2026-06-15 12:00:00"):
            self.assertTrue(self._said())
            self.env["res.config.settings"].create(
                {"group_value_service": False}
            ).set_values()
            self.assertEqual(self._said(), "")
        self.company.write({"value_response_hours": 0, "value_resolution_hours": 0})
        self.assertEqual(self._open(self.other)._value_say_promise(), "")
