"""What whoever serves a ticket is told about its customer, and what to do first."""

import json
from datetime import timedelta

from odoo import Command
from odoo.tests import freeze_time, new_test_user, tagged

from ..common import TODAY, ago
from .desk_common import MONDAY_NOON, SAID, DeskCommon

# pylint: disable=translation-required

AGENT = "helpdesk_mgmt.group_helpdesk_user"
SELLER = "sales_team.group_sale_salesman_all_leads"


@tagged("post_install", "-at_install")
class TestPanel(DeskCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.agent = cls._reader("panel_agent", AGENT)
        cls.seller = cls._reader("panel_seller", AGENT, SELLER)
        cls.officer = cls._reader(
            "panel_officer", AGENT, SELLER, "crm_value.group_officer"
        )
        cls.accountant = cls._reader(
            "panel_books", AGENT, "account.group_account_invoice"
        )

    @classmethod
    def _reader(cls, login, *groups):
        return new_test_user(
            cls.env,
            login,
            ",".join(groups),
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
            context=cls.env.context,
        )

    def _panel(self, ticket, reader=None):
        self.env.invalidate_all()
        return ticket.with_user(reader or self.officer).value_panel

    def _lines(self, ticket, reader=None):
        panel = self._panel(ticket, reader)
        return {line["code"]: line for line in panel["open"]} if panel else {}

    def _first(self, ticket, reader=None):
        return self._panel(ticket, reader)["first"]

    def _promised(self, partner, days=-3, **line):
        """Return an order whose goods were due some days ago, and have not come."""
        when = MONDAY_NOON + timedelta(days=days)
        order = self._order(partner, 100, ago(20), line=line, commitment_date=when)
        self.assertEqual(order.state, "sale")
        return order

    def _opens(self, line, reader):
        opens = line["opens"]
        return self.env[opens["model"]].with_user(reader).search(opens["domain"])

    # --- what to do first ---

    def test_what_to_do_first_has_an_order(self):
        ticket = self._open(self.ann)
        other = self._open(self.acme)
        invoice = self._invoice(self.acme, 500, ago(60), due=ago(30))
        order = self._promised(self.ann)
        profile = self._join(self.acme, self.silver)
        profile.sudo().write({"worklist": "identify", "lead_count": 1})
        with freeze_time("2026-06-16 12:00:00"):
            self.assertEqual(self._first(ticket)["code"], "promise")
            self.assertIn("Answer now", self._first(ticket)["text"])
            ticket.with_user(self.staff).message_post(body="Hello", **SAID)
        self.assertEqual(self._first(ticket)["code"], "orders")
        order.order_line.qty_delivered = 1
        self.assertEqual(self._first(ticket)["code"], "worklist")
        self.assertIn("Open leads: 1", self._first(ticket)["text"])
        profile.sudo().worklist = False
        self.assertEqual(self._first(ticket)["code"], "invoices")
        invoice.button_cancel()
        self.assertEqual(self._first(ticket)["code"], "tickets")
        other.stage_id = self.closed_stage
        self.assertEqual(self._first(ticket)["code"], "promise")
        self.assertIn("Solve it by", self._first(ticket)["text"])
        ticket.stage_id = self.closed_stage
        self.assertFalse(self._panel(ticket))

    def test_ticket_of_nobody_knows_its_promise_alone(self):
        ticket = self._open(self.env["res.partner"])
        panel = self._panel(ticket)
        self.assertEqual((panel["open"], panel["contact"]), ([], []))
        self.assertIn("Answer by", panel["first"]["text"])

    # --- what is open ---

    def test_order_is_late_while_goods_are_lacking(self):
        ticket = self._open(self.ann)
        order = self._promised(self.acme)
        found = self._lines(ticket)["orders"]
        self.assertIn(order.name, found["text"])
        self.assertEqual(self._opens(found, self.officer), order)
        self._promised(self.other)
        self._promised(self.ann, days=1)
        again = self._promised(self.ann, days=-9)
        found = self._lines(ticket)["orders"]
        self.assertRegex(found["text"], rf"^2 orders are late: {again.name} since")
        self.assertEqual(self._opens(found, self.officer), order | again)
        order._action_cancel()
        again.order_line.qty_delivered = 1
        self.assertNotIn("orders", self._lines(ticket))

    def test_invoiced_goods_are_not_late_where_nobody_notes_deliveries(self):
        self.product.invoice_policy = "order"
        service = self.env["product.product"].create(
            {"name": "Advice", "type": "service"}
        )
        ticket = self._open(self.ann)
        self._promised(self.ann, product_id=service.id)
        self.assertNotIn("orders", self._lines(ticket))
        order = self._promised(self.ann)
        self.assertIn("orders", self._lines(ticket))
        order._create_invoices().action_post()
        self.assertNotIn("orders", self._lines(ticket))

    def test_money_is_told_to_whom_it_is_shown(self):
        ticket = self._open(self.ann)
        self._promised(self.ann)
        self._invoice(self.acme, 4321, ago(60), due=ago(30))
        self._invoice(self.acme, 10, due=TODAY)
        for reader in (self.officer, self.accountant):
            line = self._lines(ticket, reader)["invoices"]
            self.assertIn("4,321.00", line["text"])
            self.assertEqual(len(self._opens(line, reader)), 1)
        for reader in (self.agent, self.seller):
            self.assertIn("orders", self._lines(ticket, reader))
            self.assertNotIn("invoices", self._lines(ticket, reader))
            self.assertNotRegex(json.dumps(self._panel(ticket, reader)), r"4,?321|\$")

    def test_reader_opens_what_it_may_read(self):
        ticket = self._open(self.ann)
        order = self._promised(self.ann)
        self.assertFalse(self._lines(ticket, self.agent)["orders"]["opens"])
        line = self._lines(ticket, self.seller)["orders"]
        self.assertEqual(self._opens(line, self.seller), order)

    def test_other_open_tickets_are_counted(self):
        ticket, other = self._open(self.ann), self._open(self.acme)
        closed, stranger = self._open(self.ann), self._open(self.other)
        closed.stage_id = self.closed_stage
        line = self._lines(ticket)["tickets"]
        self.assertIn("1 ticket open besides", line["text"])
        self.assertEqual(self._opens(line, self.officer), other)
        self.assertNotIn("tickets", self._lines(stranger))

    # --- last contacts ---

    def test_last_messages_elsewhere_are_shown(self):
        ticket, other = self._open(self.ann), self._open(self.acme)
        for number in range(4):
            other.message_post(body=f"Word {number}", author_id=self.ann.id, **SAID)
        other.message_post(
            body="Note", author_id=self.ann.id, subtype_xmlid="mail.mt_note"
        )
        ticket.message_post(body="Here", author_id=self.ann.id, **SAID)
        found = self._panel(ticket)["contact"]
        self.assertEqual(len(found), 3)
        self.assertIn("Ann", found[0]["text"])
        self.assertEqual(
            (found[0]["opens"]["model"], found[0]["opens"]["id"]),
            ("helpdesk.ticket", other.id),
        )

    def test_message_to_the_customer_is_a_contact(self):
        ticket, order = self._open(self.ann), self._order(self.acme, 10)
        order.message_post(body="It is sent", partner_ids=self.ann.ids, **SAID)
        [found] = self._panel(ticket)["contact"]
        self.assertEqual(found["opens"]["id"], order.id)
        self.assertEqual(self._panel(ticket, self.agent)["contact"], [])

    # --- and for many ---

    def test_panels_are_read_in_bulk(self):
        def tickets(count):
            found = self.env["helpdesk.ticket"]
            for number in range(count):
                customer = self._customer(f"Customer {number} of {count}")
                found += self._open(customer)
                self._open(customer)
                self._promised(customer)
                self._invoice(customer, 100, ago(60), due=ago(30))
                found[-1].message_post(body="Hi", author_id=customer.id, **SAID)
            return found

        def queries(records):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            records.with_user(self.officer).read(["value_panel"])
            return self.env.cr.sql_log_count - before

        few, many = tickets(2), tickets(8)
        queries(few)
        self.assertEqual(queries(few), queries(many))
        self.assertLessEqual(queries(few), 45)
