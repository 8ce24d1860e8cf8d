"""Currencies, reversals of reversals, down payments: what was bought, and when."""

from odoo.fields import Command
from odoo.tests import tagged

from ...const import to_day
from .lines_common import LinesCommon, ago


@tagged("post_install", "-at_install")
class TestChains(LinesCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.euro = cls._currency("EUR", 1.0)

    def _rate(self, rate, days):
        self._currency("EUR", rate, day=str(ago(days)))

    def _euros(self, amount, days, **values):
        return self._invoice(
            self.acme, amount, ago(days), currency_id=self.euro.id, **values
        )

    def _untaxed(self):
        moves = self.env["account.move"].search(
            [
                ("company_id", "=", self.company.id),
                ("state", "=", "posted"),
                ("move_type", "in", ("out_invoice", "out_refund")),
            ]
        )
        return sum(moves.mapped("amount_untaxed_signed"))

    # --- currency is not behaviour ---

    def test_foreign_invoice_fully_credited_at_another_rate_is_no_purchase(self):
        self._rate(1.25, 100)
        invoice = self._euros(1000, 160)
        credit = self._back(invoice, ago(8))
        self.assertEqual(invoice.payment_state, "reversed")
        self.assertEqual(credit.amount_untaxed_signed, -800)
        facts = self._facts(self.acme)
        self.assertFigures(facts, purchase_count=0, margin_total=0, return_rate=1)
        self.assertFigures(facts, refund_total=1000, revenue_total=self._untaxed())
        self.assertUnknown(facts, "days_late", "overdue_share", "cost_known_share")

    def test_part_of_foreign_invoice_comes_back_at_the_rate_it_was_sold_at(self):
        self._rate(1.25, 100)
        lines = [self._line(100, quantity=4)]
        invoice = self._euros(0, 160, lines=lines)
        self._back(invoice, ago(8), quantity=1)
        facts = self._facts(self.acme)
        self.assertFigures(facts, revenue=320, refund_total=100, return_rate=0.25)
        self.assertFigures(facts, margin=300 - 180, cost_known_share=1)
        self.assertFigures(facts, purchase_count=1)

    def test_early_payment_at_another_rate_is_not_late(self):
        self._rate(1.1, 40)
        invoice = self._euros(1000, 60, due=ago(10))
        self._pay(invoice, ago(15))
        self.assertEqual(invoice.amount_residual, 0)
        self._book_difference(invoice, ago(0))
        facts = self._facts(self.acme)
        self.assertFigures(facts, days_late=0, purchase_count=1)
        self.assertUnknown(facts, "overdue_share")

    def _book_difference(self, invoice, day):
        """Let the entry of the exchange difference be of a later day."""
        parts = invoice.line_ids.matched_credit_ids
        difference = parts.filtered(lambda part: not part.debit_amount_currency)
        self.assertTrue(difference)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE account_partial_reconcile SET max_date = %s WHERE id = ANY(%s)",
            (day, difference.ids),
        )
        self.env.invalidate_all()

    def test_late_part_payment_at_another_rate_counts_in_its_own_currency(self):
        self._rate(2, 40)
        invoice = self._euros(100, 60, due=ago(30))
        self._pay(invoice, ago(20), 50)
        facts = self._facts(self.acme)
        self.assertFigures(facts, days_late=(50 * 10 + 50 * 30) / 100)
        self.assertFigures(facts, overdue_share=1)

    def test_credit_in_another_currency_counts_at_its_own_rate(self):
        invoice = self._invoice(self.acme, 100, ago(60))
        yen = self._currency("JPY", 150)
        self._invoice(
            self.acme,
            0,
            ago(5),
            move_type="out_refund",
            lines=[self._line(1500, product_id=False)],
            currency_id=yen.id,
            reversed_entry_id=invoice.id,
        )
        self.assertFigures(self._facts(self.acme), revenue=90, margin=30)

    # --- chains ---

    def test_reversed_credit_note_leaves_the_purchase_of_the_first_day(self):
        invoice = self._invoice(self.acme, 100, ago(60))
        again = self._back(self._back(invoice, ago(40)), ago(5))
        self.assertEqual(again.move_type, "out_invoice")
        facts = self._facts(self.acme)
        self.assertFigures(facts, purchase_count=1, revenue=100, margin=40)
        self.assertFigures(facts, refund_total=0, return_rate=0, kept_rate=1)
        self.assertEqual(facts["last_purchase_date"], to_day(ago(60)))

    def test_refund_of_a_refund_of_a_refund_is_a_return(self):
        move = self._invoice(
            self.acme, 100, ago(60), lines=[self._line(50, discount=20)]
        )
        for days in (50, 40, 30):
            move = self._back(move, ago(days))
        facts = self._facts(self.acme)
        self.assertFigures(facts, purchase_count=0, revenue=0, margin=0)
        self.assertFigures(facts, refund_total=40, return_rate=1, discount_rate=0.2)

    def test_reversed_goodwill_gives_nothing(self):
        invoice = self._invoice(self.acme, 100, ago(60))
        sorry = self._back(invoice, ago(40), price_unit=10)
        self._back(sorry, ago(5))
        facts = self._facts(self.acme)
        self.assertFigures(facts, purchase_count=1, revenue=100, margin=40)
        self.assertFigures(facts, refund_total=0, discount_rate=0)

    def test_reversed_credit_of_no_document_gives_nothing(self):
        self._invoice(self.acme, 100, ago(60))
        for line in (self._line(30), self._line(30, product_id=False)):
            credit = self._credit(self.acme, 0, ago(40), lines=[line])
            self._back(credit, ago(5))
        facts = self._facts(self.acme)
        self.assertFigures(facts, purchase_count=1, revenue=100, margin=40)
        self.assertFigures(facts, refund_total=0, discount_rate=0)

    def test_chain_ends_at_the_day_that_is_asked_for(self):
        invoice = self._invoice(self.acme, 100, ago(60))
        self._back(self._back(invoice, ago(40)), ago(5))
        facts = self._facts(self.acme, as_of=ago(6))
        self.assertFigures(facts, purchase_count=0, refund_total=100)

    def test_foreign_order_credited_at_another_rate_came_back_on_both_bases(self):
        pricelist = self.env["product.pricelist"].create(
            {"name": "Euro", "currency_id": self.euro.id}
        )
        self._rate(1.1, 60)
        order = self._order(self.acme, 1000, ago(60), pricelist_id=pricelist.id)
        self._rate(1.0, 40)
        invoice = self._bill(order, ago(40))
        self._back(invoice, ago(20))
        facts = self._ordered()
        self.assertFigures(facts, purchase_count=0, return_rate=1, discount_rate=0)

    # --- down payments ---

    def _paid_down(self, line=None):
        order = self._order(self.acme, 1000, ago(60), line=line)
        self._bill(order, ago(60), "percentage", amount=30)
        return order

    def test_down_payment_is_money_and_no_purchase(self):
        self._paid_down()
        facts = self._facts(self.acme)
        self.assertFigures(facts, revenue=300, purchase_count=0, product_count=0)
        self.assertFigures(facts, margin=90, cost_known_share=0)
        self.assertUnknown(facts, "last_purchase_date", "return_rate")

    def test_order_with_down_payment_is_one_purchase_on_both_bases(self):
        order = self._paid_down()
        final = self._bill(order, ago(20))
        self.assertEqual(final.amount_untaxed, 700)
        for facts, day in ((self._facts(self.acme), 20), (self._ordered(), 60)):
            self.assertFigures(facts, purchase_count=1, revenue=1000, margin=940)
            self.assertFigures(facts, cost_known_share=1, refund_total=0)
            self.assertEqual(facts["last_purchase_date"], to_day(ago(day)))
        self._invoice(self.acme, 500, ago(80))
        invoiced = self._policy(basis="invoiced")
        self.assertFigures(self._facts(self.acme, invoiced), repeat_spend=1000)

    def test_order_paid_down_in_full_is_bought_when_it_is_billed(self):
        order = self._order(self.acme, 1000, ago(60))
        self._bill(order, ago(60), "percentage", amount=60)
        self._bill(order, ago(40), "percentage", amount=40)
        self._bill(order, ago(20))
        facts = self._facts(self.acme)
        self.assertFigures(facts, purchase_count=1, revenue=1000, margin=940)
        self.assertEqual(facts["last_purchase_date"], to_day(ago(20)))

    def test_credited_down_payment_is_no_return(self):
        order = self._paid_down()
        self._back(order.invoice_ids, ago(5))
        facts = self._facts(self.acme)
        self.assertFigures(facts, revenue=0, margin=0, purchase_count=0, refund_total=0)

    def test_ledger_is_met_to_the_cent(self):
        self._rate(1.37, 30)
        order = self._paid_down({"price_unit": 333.33, "discount": 7})
        self._discount(order, "so_discount", 0.13)
        self._bill(order, ago(50))
        move = self._euros(77.77, 45)
        for days in (25, 20):
            move = self._back(move, ago(days))
        self._back(self._euros(55.55, 40), ago(3), price_unit=11.11)
        self._invoice(
            self.acme,
            0,
            ago(2),
            lines=[self._line(9, tax_ids=[Command.clear()]), self._line(-1)],
        )
        facts = self._facts(self.acme)
        self.assertFigures(facts, revenue_total=round(self._untaxed(), 2))
