"""What whoever writes a quotation is told of the customer, above its lines."""

import json

from odoo import Command
from odoo.tests import Form, tagged

from ..common import TODAY, ago
from .selling_common import SellingCommon

# pylint: disable=translation-required


@tagged("post_install", "-at_install")
class TestQuotationPanel(SellingCommon):
    def test_panel_tells_what_is_open_with_the_customer(self):
        order = self._quote(self.ann, 100)
        self.assertFalse(self._panel_lines(order))
        self._invoice(self.acme, 4321, ago(60), due=ago(30))
        self._ticket(self.acme)
        found = self._panel_lines(order)
        self.assertIn("4,321.00", found["invoices"]["text"])
        self.assertIn("1 ticket open, since", found["tickets"]["text"])
        told = self._panel_lines(order, self.li)
        self.assertNotIn("invoices", told)
        self.assertIn("tickets", told)
        self.assertNotIn("4,321", json.dumps(told))

    def test_complaint_comes_before_anything_to_sell(self):
        order = self._quote(self.acme, 100)
        category = self.env["helpdesk.ticket.category"].create(
            {"name": "Complaints", "value_complaint": True}
        )
        self._invoice(self.acme, 50, ago(60), due=ago(30))
        self._ticket(self.acme, category_id=category.id)
        self._panel_lines(order)
        first = order.with_user(self.officer).value_panel["first"]
        self.assertEqual((first["code"], first["tone"]), ("tickets", "warning"))
        self.assertIn("complaint", first["text"])

    def test_panel_is_of_quotations_of_somebody(self):
        order = self._quote(self.acme, 100)
        self._ticket(self.acme)
        self.assertTrue(self._panel_lines(order))
        order.action_confirm()
        self.assertFalse(self._panel_lines(order))
        with Form(self.env["sale.order"].with_user(self.li)) as form:
            self.assertFalse(form.value_panel)
            form.partner_id = self.acme
            self.assertIn("tickets", str(form.value_panel))

    def test_tickets_go_with_the_service_part(self):
        order = self._quote(self.acme, 100)
        self._ticket(self.acme)
        users = self.env.ref("crm_value.group_user")
        users._remove_group(self.env.ref("crm_value.group_part_service"))
        self.assertNotIn("tickets", self._panel_lines(order))

    # --- usual and due ---

    def _bought(self, partner, product, *days):
        for day in days:
            self._order(partner, 10, ago(day), line={"product_id": product.id})

    def test_what_is_usual_and_due_is_named_unless_it_is_on_the_order(self):
        usual, new, gone = self.env["product.product"].create(
            [{"name": name, "taxes_id": False} for name in ("Usual", "New", "Gone")]
        )
        self._bought(self.ann, usual, 100, 70, 40)
        self._bought(self.acme, new, 40, 5)
        self._bought(self.acme, gone, 300, 290, 280)
        order = self._quote(self.acme, 100)
        found = self._panel_lines(order, self.li)
        code = f"usual_{usual.id}"
        self.assertEqual([c for c in found if c.startswith("usual")], [code])
        self.assertIn("Usual: every 30 days", found[code]["text"])
        opens = found[code]["opens"]
        lines = self.env[opens["model"]].with_user(self.officer)
        self.assertEqual(len(lines.search(opens["domain"])), 3)
        order.order_line = [Command.create({"product_id": usual.id})]
        self.assertNotIn(code, self._panel_lines(order, self.li))
        order.order_line[-1].unlink()
        usual.active = False
        self.assertNotIn(code, self._panel_lines(order, self.li))

    def test_order_and_its_invoice_are_one_purchase(self):
        order = self._order(self.acme, 10, ago(65))
        self._order(self.acme, 10, ago(33))
        order._create_invoices().write({"invoice_date": ago(60)})
        order.invoice_ids.action_post()
        quote = self._quote(self.acme, 1, line={"product_id": self._other().id})
        self.assertFalse(self._panel_lines(quote, self.li))
        self._invoice(self.acme, 10, ago(31))
        self._invoice(self.acme, 10, ago(90))
        found = self._panel_lines(quote, self.li)
        self.assertIn("every 25 days", str(found), "of 90, 65, 33 and 31 days ago")

    def _other(self):
        return self.env["product.product"].create({"name": "Else", "taxes_id": False})

    # --- margin ---

    def test_margin_is_told_to_officers_where_both_are_known(self):
        self._invoice(self.acme, 120, ago(30))
        self._score()
        order = self._quote(self.acme, 75)
        found = self._panel_lines(order)
        self.assertIn("Margin 20.0%, usually 50.0%", found["margin"]["text"])
        self.assertEqual(found["margin"]["tone"], "warning")
        self.assertNotIn("margin", self._panel_lines(order, self.li))
        order.order_line.price_unit = 130
        self.assertEqual(self._panel_lines(order)["margin"]["tone"], "")
        order.order_line.purchase_price = 0
        self.assertNotIn("margin", self._panel_lines(order))

    # --- and for many ---

    def test_panels_are_read_in_bulk(self):
        def orders(count):
            found = self.env["sale.order"]
            for number in range(count):
                customer = self._customer(f"Customer {number} of {count}")
                self._ticket(customer)
                self._invoice(customer, 100, ago(60), due=ago(30))
                self._bought(customer, self.product, 100, 70, 40)
                found += self._quote(customer, 100, day=TODAY)
            return found

        def queries(records):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            records.with_user(self.officer).read(["value_panel"])
            return self.env.cr.sql_log_count - before

        few, many = orders(2), orders(8)
        queries(few)
        self.assertEqual(queries(few), queries(many))
