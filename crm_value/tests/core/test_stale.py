"""What makes a customer stale, so that the refresh scores it again."""

from odoo.tests import tagged

from ..common import TODAY, ValueCommon, ago


@tagged("post_install", "-at_install")
class TestStale(ValueCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.acme = cls._customer("Acme")
        cls.ann = cls._customer("Ann", parent=cls.acme)
        cls.other = cls._customer("Other")
        cls._forget_stale()

    def assertStale(self, *customers):
        """Assert who waits for a refresh, and that the cron has been triggered."""
        self.assertEqual(
            set(self._stale().ids), {customer.id for customer in customers}
        )
        cron = self.env.ref("crm_value.ir_cron_refresh")
        triggered = self.env["ir.cron.trigger"].search_count(
            [("cron_id", "=", cron.id)]
        )
        self.assertEqual(bool(triggered), bool(customers))

    # --- invoices ---

    def test_draft_invoice_marks_nobody(self):
        self._invoice(self.ann, 10, post=False)
        self.assertStale()

    def test_posting_invoice_marks_customer(self):
        invoice = self._invoice(self.ann, 10, post=False)
        invoice.action_post()
        self.assertStale(self.acme)

    def test_resetting_invoice_marks_customer(self):
        invoice = self._invoice(self.ann, 10)
        self._forget_stale()
        invoice.button_draft()
        self.assertStale(self.acme)

    def test_reversing_invoice_marks_customer(self):
        invoice = self._invoice(self.ann, 10)
        self._forget_stale()
        self._reverse(invoice)
        self.assertStale(self.acme)

    def test_vendor_bill_marks_nobody(self):
        self._invoice(self.ann, 10, move_type="in_invoice", ref="bill")
        self.assertStale()

    def test_partner_change_of_invoice_marks_both(self):
        invoice = self._invoice(self.ann, 10)
        self._forget_stale()
        invoice.button_draft()
        self._forget_stale()
        invoice.partner_id = self.other
        self.assertStale()
        invoice.action_post()
        self.assertStale(self.other)

    def test_payment_marks_customer(self):
        invoice = self._invoice(self.ann, 10)
        self._forget_stale()
        self._pay(invoice)
        self.assertStale(self.acme)

    def test_payment_taken_back_marks_customer(self):
        invoice = self._invoice(self.ann, 10)
        self._pay(invoice)
        self._forget_stale()
        invoice.line_ids.remove_move_reconcile()
        self.assertStale(self.acme)

    def test_due_date_change_marks_customer(self):
        invoice = self._invoice(self.ann, 10, ago(20))
        self._forget_stale()
        due = invoice.line_ids.filtered(
            lambda line: line.display_type == "payment_term"
        )
        due.date_maturity = ago(3)
        self.assertStale(self.acme)

    # --- orders ---

    def test_quotation_marks_who_may_become_a_customer(self):
        order = self._order(self.ann, 10, confirm=False)
        self.assertStale(self.acme)
        self._forget_stale()
        order.order_line.price_unit = 20
        self.assertStale(self.acme)

    def test_lead_marks_the_customer_in_its_salespersons_company(self):
        lead = self.env["crm.lead"].create(
            {"name": "Wants", "partner_id": self.ann.id, "company_id": False}
        )
        self.assertStale(self.acme)
        self._forget_stale()
        lead.write({"description": "Nothing that counts"})
        self.assertStale()
        lead.action_archive()
        self.assertStale(self.acme)

    def test_confirming_order_marks_customer(self):
        order = self._order(self.ann, 10, confirm=False)
        order.action_confirm()
        self.assertStale(self.acme)

    def test_cancelling_order_marks_customer(self):
        order = self._order(self.ann, 10)
        self._forget_stale()
        order._action_cancel()
        self.assertStale(self.acme)

    def test_editing_line_of_confirmed_order_marks_customer(self):
        order = self._order(self.ann, 10)
        for values in (
            {"price_unit": 20},
            {"product_uom_qty": 3},
            {"discount": 5},
            {"purchase_price": 1},
        ):
            self._forget_stale()
            order.order_line.write(values)
            self.assertStale(self.acme)

    def test_line_added_to_confirmed_order_marks_customer(self):
        order = self._order(self.ann, 10)
        self._forget_stale()
        order.order_line.copy({"order_id": order.id})
        self.assertStale(self.acme)

    def test_partner_change_of_order_marks_both(self):
        order = self._order(self.ann, 10)
        self._forget_stale()
        order.partner_id = self.other
        self.assertStale(self.acme, self.other)

    def test_deleted_cancelled_order_marks_customer(self):
        order = self._order(self.ann, 10)
        order._action_cancel()
        self._forget_stale()
        order.unlink()
        self.assertStale(self.acme)

    # --- imported purchases ---

    def test_imported_purchase_marks_customer(self):
        purchase = self._transaction(self.ann, 10)
        self.assertStale(self.acme)
        self._forget_stale()
        purchase.amount = 20
        self.assertStale(self.acme)
        self._forget_stale()
        purchase.partner_id = self.other
        self.assertStale(self.acme, self.other)
        self._forget_stale()
        purchase.unlink()
        self.assertStale(self.other)

    # --- tickets ---

    def test_opening_ticket_marks_customer(self):
        self._ticket(self.ann)
        self.assertStale(self.acme)

    def test_closing_ticket_marks_customer(self):
        ticket = self._ticket(self.ann)
        self._forget_stale()
        ticket.stage_id = self.closed_stage
        self.assertStale(self.acme)

    def test_moving_ticket_marks_both(self):
        ticket = self._ticket(self.ann)
        self._forget_stale()
        ticket.partner_id = self.other
        self.assertStale(self.acme, self.other)

    def test_ticket_without_customer_marks_nobody(self):
        self._ticket(self.env["res.partner"])
        self.assertStale()

    # --- overrides and the queue itself ---

    def test_manual_quadrant_marks_customer(self):
        override = self.env["crm.value.override"].create(
            {
                "partner_id": self.ann.id,
                "quadrant": "gold",
                "reason": "Basis",
                "date_to": TODAY,
            }
        )
        self.assertStale(self.acme)
        self._forget_stale()
        override.unlink()
        self.assertStale(self.acme)

    def test_stale_customer_shows_until_it_is_refreshed(self):
        self._transaction(self.ann, 10)
        self._transaction(self.other, 10)
        self._score()
        self._refresh()
        profile = self._profile(self.acme)
        self.assertFalse(profile.stale_since)
        self._transaction(self.ann, 10)
        profile.invalidate_recordset()
        self.assertTrue(profile.stale_since)
        found = profile.search([("stale_since", "!=", False)])
        self.assertEqual(found, profile)
        fresh = profile.search(
            [("stale_since", "=", False), ("company_id", "=", self.company.id)]
        )
        self.assertEqual(fresh.partner_id, self.other)
        self._refresh()
        profile.invalidate_recordset()
        self.assertFalse(profile.stale_since)

    def test_stale_search_tells_companies_apart(self):
        second = self.env["res.company"].create({"name": "Second"})
        self._transaction(self.acme, 10)
        self._transaction(
            self.acme, 10, company_id=second.id, currency_id=second.currency_id.id
        )
        self._score()
        self._score(second)
        self._refresh()
        self._transaction(self.acme, 10)
        stale = self.env["crm.value.profile"].search(
            [("stale_since", "!=", False), ("partner_id", "=", self.acme.id)]
        )
        self.assertEqual(stale, self._profile(self.acme))

    def test_user_who_posts_needs_no_right_on_the_queue(self):
        accountant = self.env["res.users"].create(
            {
                "name": "Accountant",
                "login": "accountant",
                "company_id": self.company.id,
                "company_ids": [(6, 0, self.company.ids)],
                "group_ids": [
                    (6, 0, self.env.ref("account.group_account_invoice").ids)
                ],
            }
        )
        invoice = self._invoice(self.ann, 10, post=False)
        invoice.with_user(accountant).action_post()
        self.assertStale(self.acme)
