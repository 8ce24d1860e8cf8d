"""Which purchases count for whom, when, and with which money."""

from odoo.fields import Command
from odoo.tests import tagged

from ...const import to_day
from ..common import TODAY, ValueCommon, ago


@tagged("post_install", "-at_install")
class TestPurchases(ValueCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.acme = cls._customer("Acme")
        cls.dozen = cls.env.ref("uom.product_uom_dozen")

    def _untaxed(self, company=None):
        """Return what the ledger says was sold, in company currency."""
        moves = self.env["account.move"].search(
            [
                ("company_id", "=", (company or self.company).id),
                ("state", "=", "posted"),
                ("move_type", "in", ("out_invoice", "out_receipt", "out_refund")),
            ]
        )
        return sum(moves.mapped("amount_untaxed_signed"))

    # --- whose purchase it is ---

    def test_invoice_of_contact_counts_for_parent(self):
        contact = self._customer("Ann", parent=self.acme)
        branch = self._customer("Branch", parent=self.acme, type="delivery")
        self._invoice(contact, 100, ago(30))
        self._invoice(branch, 20, ago(20))
        facts = self._facts()
        self.assertEqual(facts["partner_id"].tolist(), self.acme.ids)
        self.assertEqual(facts["revenue"].tolist(), [120])

    def test_order_of_contact_counts_for_parent(self):
        contact = self._customer("Ann", parent=self.acme)
        self._order(contact, 100)
        policy = self._policy(basis="ordered")
        self.assertEqual(self._facts(self.acme, policy)["revenue"], 100)
        self.assertEqual(self._facts(self.acme, policy)["order_count"], 1)

    def test_own_companies_are_no_customers(self):
        sister = self._create_company("Sister", self.company.currency_id)
        contact = self._customer("Ann", parent=sister.partner_id)
        self._invoice(contact, 1000)
        self._order(sister.partner_id, 500)
        self._transaction(sister.partner_id, 70)
        self._invoice(self.acme, 10)
        self.assertEqual(self._facts()["partner_id"].tolist(), self.acme.ids)
        self.company.value_own_companies = True
        facts = self._facts()
        shown = sorted((self.acme + sister.partner_id).ids)
        self.assertEqual(facts["partner_id"].tolist(), shown)
        self.assertEqual(facts["revenue"].sum(), 1080)

    def test_setting_shows_own_companies_and_hides_them_again(self):
        sister = self._create_company("Sister", self.company.currency_id)
        self._invoice(sister.partner_id, 1000)
        self._invoice(self.acme, 10)
        self._score()
        self.assertFalse(self._profile(sister.partner_id))
        self.assertEqual(self._profile(self.acme).pareto_rank, 1)
        self.company.value_own_companies = True
        self._refresh()
        self.assertEqual(self._profile(sister.partner_id).revenue, 1000)
        self.company.value_own_companies = False
        self._refresh()
        self.assertFalse(self._profile(sister.partner_id))

    def test_customer_that_becomes_a_company_of_ours_is_none_any_more(self):
        self._invoice(self.acme, 10)
        self._score()
        self.env["res.company"].create({"name": "Ours", "partner_id": self.acme.id})
        self._refresh()
        self.assertFalse(self._profile(self.acme))

    def test_company_below_company_counts_for_itself(self):
        daughter = self._customer("Daughter", parent=self.acme)
        daughter.is_company = True
        self._invoice(daughter, 100)
        self.assertEqual(self._facts()["partner_id"].tolist(), daughter.ids)

    def test_draft_cancelled_and_vendor_documents_do_not_count(self):
        self._invoice(self.acme, 100)
        self._invoice(self.acme, 7, post=False)
        self._invoice(self.acme, 9).button_cancel()
        self._invoice(self.acme, 11, move_type="in_invoice", ref="bill")
        self.assertEqual(self._facts(self.acme)["revenue"], 100)

    def test_sections_and_notes_are_no_purchase(self):
        lines = [
            Command.create({"display_type": "line_section", "name": "Section"}),
            self._line(100),
            Command.create({"display_type": "line_note", "name": "Note"}),
        ]
        self._invoice(self.acme, 0, lines=lines)
        facts = self._facts(self.acme)
        self.assertEqual((facts["revenue"], facts["product_count"]), (100, 1))

    def test_tax_is_not_revenue(self):
        tax = self.env["account.tax"].create({"name": "Ten", "amount": 10})
        included = tax.copy(
            {"name": "Ten included", "price_include_override": "tax_included"}
        )
        lines = [
            self._line(100, tax_ids=[Command.set(tax.ids)]),
            self._line(110, tax_ids=[Command.set(included.ids)]),
        ]
        move = self._invoice(self.acme, 0, lines=lines)
        self.assertEqual(move.amount_total, 220)
        self.assertEqual(self._facts(self.acme)["revenue"], 200)

    # --- when it counts ---

    def test_window_holds_its_last_day_and_not_the_day_before(self):
        self._invoice(self.acme, 1, ago(364))
        self._invoice(self.acme, 10, ago(365))
        self._invoice(self.acme, 100, ago(729))
        self._invoice(self.acme, 1000, ago(730))
        facts = self._facts(self.acme)
        self.assertEqual(facts["revenue"], 1)
        self.assertEqual(facts["revenue_previous"], 110)
        self.assertEqual(facts["revenue_total"], 1111)
        self.assertAlmostEqual(facts["growth"], 1 / 110 - 1)

    def test_document_after_as_of_does_not_count(self):
        self._invoice(self.acme, 100, ago(1))
        self._invoice(self.acme, 10, TODAY)
        self.assertEqual(self._facts(self.acme, as_of=ago(1))["revenue"], 100)
        self.assertEqual(self._facts(self.acme)["revenue"], 110)

    def test_documents_of_one_day_are_one_purchase(self):
        self._invoice(self.acme, 100, ago(20))
        self._invoice(self.acme, 50, ago(20))
        self._transaction(self.acme, 5, ago(20))
        self._invoice(self.acme, 70, ago(10))
        self._invoice(self.acme, 70, ago(4))
        facts = self._facts(self.acme)
        self.assertEqual(facts["purchase_count"], 3)
        self.assertEqual(facts["repeat_count"], 2)
        self.assertEqual(facts["rfm_frequency"], 3)
        self.assertEqual(facts["median_gap_days"], 8)
        self.assertEqual(facts["first_purchase_date"], to_day(ago(20)))
        self.assertEqual(facts["last_purchase_date"], to_day(ago(4)))
        self.assertEqual(facts["next_purchase_date"], to_day(ago(-4)))
        self.assertEqual(facts["recency_days"], 4)

    def test_old_customer_counts_every_purchase_of_window_as_repeat(self):
        self._invoice(self.acme, 100, ago(800))
        self._invoice(self.acme, 50, ago(20))
        self._invoice(self.acme, 50, ago(10))
        facts = self._facts(self.acme)
        self.assertEqual(facts["purchase_count"], 3)
        self.assertEqual(facts["repeat_count"], 2)
        self.assertEqual(facts["rfm_frequency"], 2)

    def test_order_day_is_that_of_the_company_time_zone(self):
        self.company.partner_id.tz = "Asia/Shanghai"
        order = self._order(self.acme, 100, ago(1))
        order.date_order = f"{ago(1)} 20:00:00"  # 04:00 of the next day in Shanghai
        policy = self._policy(basis="ordered")
        facts = self._facts(self.acme, policy)
        self.assertEqual(facts["last_purchase_date"], to_day(TODAY))

    # --- returns ---

    def test_full_reversal_is_no_purchase(self):
        invoice = self._invoice(self.acme, 100, ago(30))
        self._reverse(invoice, ago(2))
        facts = self._facts(self.acme)
        self.assertEqual(facts["purchase_count"], 0)
        self.assertEqual(facts["revenue"], 0)
        self.assertEqual(facts["refund_total"], 100)
        self.assertEqual(facts["return_rate"], 1)
        for unknown in ("first_purchase_date", "recency_days", "median_gap_days"):
            self.assertNotEqual(facts[unknown], facts[unknown], unknown)

    def test_reversed_purchase_leaves_the_other_ones(self):
        self._invoice(self.acme, 40, ago(60))
        invoice = self._invoice(self.acme, 100, ago(30))
        self._reverse(invoice, ago(2))
        facts = self._facts(self.acme)
        self.assertEqual(facts["purchase_count"], 1)
        self.assertEqual(facts["last_purchase_date"], to_day(ago(60)))
        self.assertEqual(facts["revenue"], 40)

    def test_partial_reversal_lowers_the_purchase_it_reverses(self):
        invoice = self._invoice(self.acme, 100, ago(400))
        self._reverse(invoice, ago(2), 30)
        facts = self._facts(self.acme)
        self.assertEqual(facts["revenue"], 0)
        self.assertEqual(facts["revenue_previous"], 70)
        self.assertEqual(facts["last_purchase_date"], to_day(ago(400)))
        self.assertEqual(facts["purchase_count"], 1)
        self.assertEqual(facts["return_rate"], 0)
        self.assertAlmostEqual(facts["margin_total"], 70 - 60)
        self.assertAlmostEqual(facts["discount_rate"], 0.3)

    def test_credit_note_on_its_own_counts_at_its_own_day(self):
        self._invoice(self.acme, 100, ago(400))
        self._credit(self.acme, 30, ago(2))
        facts = self._facts(self.acme)
        self.assertEqual(facts["revenue"], -30)
        self.assertEqual(facts["revenue_previous"], 100)
        self.assertEqual(facts["last_purchase_date"], to_day(ago(400)))

    def test_reversal_after_as_of_does_not_count_yet(self):
        invoice = self._invoice(self.acme, 100, ago(30))
        self._reverse(invoice, ago(2))
        facts = self._facts(self.acme, as_of=ago(3))
        self.assertEqual((facts["revenue"], facts["purchase_count"]), (100, 1))

    def test_return_on_the_same_day_nets_the_occasion(self):
        self._transaction(self.acme, 80, ago(9))
        self._transaction(self.acme, -80, ago(9))
        self._transaction(self.acme, 50, ago(5))
        self._transaction(self.acme, -20, ago(5))
        facts = self._facts(self.acme)
        self.assertEqual(facts["purchase_count"], 1)
        self.assertEqual(facts["revenue"], 30)
        self.assertEqual(facts["refund_total"], 100)

    def test_deducted_down_payment_is_no_return(self):
        order = self._order(self.acme, 1000, ago(20))
        wizard = self.env["sale.advance.payment.inv"].with_context(active_ids=order.ids)
        down = wizard.create({"advance_payment_method": "fixed", "fixed_amount": 100})
        first = order.browse(order.id)
        down.create_invoices()
        first.invoice_ids.write({"invoice_date": ago(20)})
        first.invoice_ids.action_post()
        order.order_line.filtered("product_id").qty_delivered = 1
        final = order._create_invoices(final=True)
        final.invoice_date = ago(10)
        final.action_post()
        self.assertEqual(final.amount_untaxed_signed, 900)
        facts = self._facts(self.acme)
        self.assertEqual(facts["revenue"], 1000)
        self.assertEqual(facts["refund_total"], 0)
        self.assertEqual(facts["return_rate"], 0)
        self.assertEqual(facts["kept_rate"], 1)

    def test_discount_as_negative_line_is_no_return(self):
        self._invoice(self.acme, 0, lines=[self._line(100), self._line(-10)])
        facts = self._facts(self.acme)
        self.assertEqual(facts["revenue"], 90)
        self.assertEqual(facts["return_rate"], 0)

    # --- which money ---

    def test_sum_of_facts_equals_ledger_to_the_cent(self):
        euro = self._currency("EUR", 0.8731)
        self._currency("EUR", 0.9377, day=str(ago(50)))
        customers = [self._customer(f"Customer {n}") for n in range(4)]
        for at, customer in enumerate(customers):
            for n in range(3):
                self._invoice(
                    customer,
                    33.33 + at + n / 7,
                    ago(90 - 25 * n),
                    currency_id=euro.id,
                )
            self._invoice(customer, 0.1 + 1 / 3, ago(3))
        invoice = self._invoice(customers[0], 77.77, ago(80), currency_id=euro.id)
        self._reverse(invoice, ago(4), 11.11)
        invoice = self._invoice(customers[1], 55.55, ago(80), currency_id=euro.id)
        self._reverse(invoice, ago(4))
        self._credit(customers[2], 9.99, ago(1), currency_id=euro.id)
        facts = self._facts()
        self.assertAlmostEqual(facts["revenue_total"].sum(), self._untaxed(), 6)
        run = self._score()
        self.assertAlmostEqual(run.revenue_total, self._untaxed(), 2)
        profiles = self.env["crm.value.profile"].search(
            [("company_id", "=", self.company.id)]
        )
        self.assertAlmostEqual(
            sum(profiles.mapped("revenue_total")), self._untaxed(), 2
        )

    def test_cash_rounding_and_discount_reconcile_with_ledger(self):
        rounding = self.env["account.cash.rounding"].create(
            {
                "name": "Nickel",
                "rounding": 0.05,
                "strategy": "add_invoice_line",
                "profit_account_id": self.product._get_product_accounts()["income"].id,
                "loss_account_id": self.product._get_product_accounts()["expense"].id,
            }
        )
        lines = [self._line(99.99, discount=12.5), self._line(10.03, quantity=3)]
        self._invoice(self.acme, 0, lines=lines, invoice_cash_rounding_id=rounding.id)
        self.assertAlmostEqual(self._facts()["revenue_total"].sum(), self._untaxed(), 6)

    def test_foreign_invoice_counts_at_the_rate_of_its_day(self):
        euro = self._currency("EUR", 2.0)
        self._currency("EUR", 4.0, day=str(ago(10)))
        self._invoice(self.acme, 100, ago(20), currency_id=euro.id)
        self._invoice(self.acme, 100, ago(5), currency_id=euro.id)
        self.assertEqual(self._facts(self.acme)["revenue"], 75)

    def test_imported_purchases_add_to_invoices(self):
        self._invoice(self.acme, 100, ago(20))
        self._transaction(self.acme, 50, ago(10), margin=20, product_name="Tea")
        self._transaction(self.acme, 30, ago(5))
        facts = self._facts(self.acme)
        self.assertEqual(facts["revenue"], 180)
        self.assertEqual(facts["purchase_count"], 3)
        # 40 (100 − 60 product cost) + 20 (imported) + 30 × 0.3 (default rate)
        self.assertAlmostEqual(facts["margin"], (100 - 60) + 20 + 9)
        self.assertAlmostEqual(facts["cost_known_share"], 150 / 180)

    # --- ordered basis ---

    def test_ordered_basis_reads_confirmed_orders_only(self):
        self._order(self.acme, 100, ago(20))
        self._order(self.acme, 7, ago(15), confirm=False)
        self._order(self.acme, 9, ago(12))._action_cancel()
        self._invoice(self.acme, 1000, ago(10))
        self._transaction(self.acme, 5, ago(3))
        policy = self._policy(basis="ordered")
        facts = self._facts(self.acme, policy)
        self.assertEqual(facts["revenue"], 105)
        self.assertEqual(facts["purchase_count"], 2)
        self.assertEqual(facts["last_purchase_date"], to_day(ago(3)))
        self.assertEqual(facts["order_count"], 2)
        self.assertEqual(facts["cancelled_order_count"], 1)

    def _credited_order(self, qty=10):
        """Return an order of ten units over 100, and its invoice."""
        order = self._order(self.acme, 10, ago(20), line={"product_uom_qty": qty})
        order.order_line.qty_delivered = qty
        invoice = order._create_invoices()
        invoice.invoice_date = ago(10)
        invoice.action_post()
        return order, invoice

    def _ordered_facts(self):
        return self._facts(self.acme, self._policy(basis="ordered"))

    def test_ordered_basis_hears_of_credit_notes(self):
        _order, invoice = self._credited_order()
        credit = invoice._reverse_moves([{"invoice_date": ago(2)}])
        credit.invoice_line_ids.quantity = 3
        credit.action_post()
        facts = self._ordered_facts()
        self.assertEqual((facts["revenue"], facts["refund_total"]), (70, 30))
        self.assertAlmostEqual(facts["return_rate"], 0.3)
        self.assertAlmostEqual(facts["kept_rate"], 0.7)
        self.assertAlmostEqual(facts["margin"], 70 - 7 * 60)
        self.assertEqual(facts["last_purchase_date"], to_day(ago(20)))

    def test_ordered_basis_hears_of_a_price_that_was_lowered(self):
        _order, invoice = self._credited_order()
        self._reverse(invoice, ago(2), 30)
        facts = self._ordered_facts()
        self.assertEqual((facts["revenue"], facts["return_rate"]), (70, 0))
        self.assertAlmostEqual(facts["margin"], 70 - 10 * 60)

    def test_ordered_basis_counts_what_was_credited_once(self):
        order, invoice = self._credited_order()
        self._reverse(invoice, ago(2), 30)
        order.order_line.product_uom_qty = 7
        self.assertEqual(self._ordered_facts()["revenue"], 70)
        self.assertEqual(self._ordered_facts()["refund_total"], 0)

    def test_ordered_basis_hears_of_what_is_invoiced_again(self):
        order, invoice = self._credited_order()
        self._reverse(invoice, ago(4))
        self.assertEqual(self._ordered_facts()["revenue"], 0)
        again = order._create_invoices()
        again.invoice_date = ago(2)
        again.action_post()
        self.assertEqual(self._ordered_facts()["revenue"], 100)
        self.assertEqual(self._ordered_facts()["return_rate"], 0)

    def test_ordered_basis_hears_of_credit_notes_of_no_line(self):
        _order, invoice = self._credited_order()
        self._credit(self.acme, 5, ago(3), reversed_entry_id=invoice.id)
        self._credit(self.acme, 7, ago(2))
        sold = self._invoice(self.acme, 40, ago(5))
        self._reverse(sold, ago(1))  # of no order: it never counted
        facts = self._ordered_facts()
        self.assertEqual((facts["revenue"], facts["refund_total"]), (88, 12))

    def test_sales_receipt_is_a_purchase(self):
        receipt = self._invoice(self.acme, 100, ago(3), move_type="out_receipt")
        facts = self._facts(self.acme)
        self.assertEqual((facts["revenue"], facts["purchase_count"]), (100, 1))
        self.assertEqual(self._untaxed(), 100)
        self._reverse(receipt, ago(1), 10)
        self.assertEqual(self._facts(self.acme)["revenue"], 90)

    def test_ordered_basis_converts_orders_in_foreign_currency(self):
        euro = self._currency("EUR", 2.0)
        pricelist = self.env["product.pricelist"].create(
            {"name": "Euro", "currency_id": euro.id, "company_id": self.company.id}
        )
        order = self._order(self.acme, 100, ago(20), pricelist_id=pricelist.id)
        order.order_line.purchase_price = 70  # in the order's currency
        self.assertEqual(order.currency_rate, 2)
        policy = self._policy(basis="ordered")
        facts = self._facts(self.acme, policy)
        self.assertAlmostEqual(facts["revenue"], 50)
        self.assertAlmostEqual(facts["margin"], 15)

    # --- margin ---

    def _invoice_order(self, order, day=TODAY):
        order.order_line.qty_delivered = order.order_line.product_uom_qty
        invoice = order._create_invoices()
        invoice.invoice_date = day
        invoice.action_post()
        return invoice

    def test_margin_takes_cost_of_the_order_line_first(self):
        order = self._order(self.acme, 100, ago(20), line={"purchase_price": 45})
        self._invoice_order(order)
        self.product.standard_price = 99
        facts = self._facts(self.acme)
        self.assertAlmostEqual(facts["margin"], 55)
        self.assertEqual(facts["cost_known_share"], 1)

    def test_margin_takes_cost_of_the_product_next(self):
        self._invoice(self.acme, 100)
        facts = self._facts(self.acme)
        self.assertAlmostEqual(facts["margin"], 40)
        self.assertEqual(facts["cost_known_share"], 1)

    def test_margin_takes_default_rate_last_and_says_so(self):
        self._invoice(self.acme, 0, lines=[self._line(100, product_id=False)])
        self._invoice(self.acme, 300)
        facts = self._facts(self.acme)
        self.assertAlmostEqual(facts["margin"], 30 + 240)
        self.assertAlmostEqual(facts["cost_known_share"], 0.75)

    def test_margin_converts_units_of_measure(self):
        dozens = [self._line(1000, product_uom_id=self.dozen.id, quantity=2)]
        self._invoice(self.acme, 0, lines=dozens)
        self.assertAlmostEqual(self._facts(self.acme)["margin"], 2000 - 24 * 60)

    def test_margin_converts_order_sold_by_dozen_and_invoiced_by_unit(self):
        order = self._order(
            self.acme,
            1200,
            ago(20),
            line={"product_uom_id": self.dozen.id, "purchase_price": 600},
        )
        invoice = self._invoice_order(order)
        invoice.button_draft()
        invoice.invoice_line_ids.write(
            {
                "product_uom_id": self.env.ref("uom.product_uom_unit").id,
                "quantity": 12,
                "price_unit": 100,
            }
        )
        invoice.action_post()
        self.assertAlmostEqual(self._facts(self.acme)["margin"], 1200 - 600)

    def test_margin_converts_cost_of_foreign_order(self):
        euro = self._currency("EUR", 2.0)
        pricelist = self.env["product.pricelist"].create(
            {"name": "Euro", "currency_id": euro.id, "company_id": self.company.id}
        )
        order = self._order(
            self.acme,
            100,
            TODAY,
            line={"purchase_price": 70},
            pricelist_id=pricelist.id,
        )
        self._invoice_order(order)
        facts = self._facts(self.acme)
        self.assertAlmostEqual(facts["revenue"], 50)
        self.assertAlmostEqual(facts["margin"], 15)

    def test_margin_of_credit_note_is_negative(self):
        invoice = self._invoice(self.acme, 100, ago(20))
        self._reverse(invoice, ago(5))
        self._invoice(self.acme, 100, ago(2))
        facts = self._facts(self.acme)
        self.assertAlmostEqual(facts["margin"], 40)
        self.assertEqual(facts["cost_known_share"], 1)

    def test_ordered_margin_takes_cost_of_line_product_or_default(self):
        self._order(self.acme, 100, ago(20), line={"purchase_price": 45})
        order = self._order(
            self.acme, 1000, ago(10), line={"product_uom_id": self.dozen.id}
        )
        order.order_line.purchase_price = 0
        free = self.env["product.product"].create(
            {"name": "No cost", "taxes_id": False}
        )
        self._order(self.acme, 50, ago(5), line={"product_id": free.id})
        policy = self._policy(basis="ordered")
        facts = self._facts(self.acme, policy)
        self.assertAlmostEqual(facts["margin"], 55 + (1000 - 720) + 15)
        self.assertAlmostEqual(facts["cost_known_share"], 1100 / 1150)

    # --- breadth and discount ---

    def test_breadth_counts_different_products_of_all_sources(self):
        other = self.env["product.product"].create({"name": "Other", "taxes_id": False})
        lines = [self._line(10), self._line(20), self._line(5, product_id=other.id)]
        self._invoice(self.acme, 0, lines=[*lines, self._line(1, product_id=False)])
        self._transaction(self.acme, 1, product_name="Tea")
        self._transaction(self.acme, 1, product_name="Tea")
        self._transaction(self.acme, 1, product_name="Coffee")
        self._transaction(self.acme, 1)
        self.assertEqual(self._facts(self.acme)["product_count"], 4)

    def test_discount_is_share_of_list_price_waived(self):
        lines = [self._line(100, discount=20), self._line(100)]
        self._invoice(self.acme, 0, lines=lines)
        self.assertAlmostEqual(self._facts(self.acme)["discount_rate"], 0.1)

    def test_discount_of_orders_is_read_in_ordered_basis(self):
        self._order(self.acme, 100, line={"discount": 25})
        policy = self._policy(basis="ordered")
        self.assertAlmostEqual(self._facts(self.acme, policy)["discount_rate"], 0.25)

    def test_customer_without_purchase_has_unknown_rates(self):
        self._ticket(self.acme)
        facts = self._facts(self.acme)
        self.assertEqual(facts["purchase_count"], 0)
        for name in (
            "growth",
            "return_rate",
            "discount_rate",
            "kept_rate",
            "days_late",
        ):
            self.assertNotEqual(facts[name], facts[name], name)
