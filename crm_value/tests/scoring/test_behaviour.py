"""How customers keep agreements, and what serving them costs."""

from odoo.fields import Command
from odoo.tests import tagged

from ...models.purchases.sale_order import CONFIRMED
from ..common import TODAY, ValueCommon, ago


@tagged("post_install", "-at_install")
class TestBehaviour(ValueCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.acme = cls._customer("Acme")
        cls.other = cls._customer("Other")

    def _late(self, **options):
        facts = self._facts(self.acme, **options)
        return facts["days_late"], facts["overdue_share"]

    # --- payments ---

    def test_invoice_not_due_leaves_lateness_unknown(self):
        self._invoice(self.acme, 100, ago(10), due=ago(-20))
        days_late, overdue = self._late()
        self.assertNotEqual(days_late, days_late)
        self.assertEqual(overdue, 0)

    def test_payment_before_due_date_is_not_late(self):
        self._pay(self._invoice(self.acme, 100, ago(30), due=ago(5)), ago(20))
        days_late, overdue = self._late()
        self.assertEqual(days_late, 0)
        self.assertNotEqual(overdue, overdue)

    def test_days_late_are_weighted_by_money(self):
        self._pay(self._invoice(self.acme, 900, ago(60), due=ago(50)), ago(40))
        self._pay(self._invoice(self.acme, 100, ago(60), due=ago(50)), ago(20))
        self.assertAlmostEqual(self._late()[0], 0.9 * 10 + 0.1 * 30)

    def test_partial_payments_count_each_at_its_day(self):
        invoice = self._invoice(self.acme, 100, ago(60), due=ago(50))
        self._pay(invoice, ago(50), 40)
        self._pay(invoice, ago(30), 35)
        # 40 in time, 35 twenty days late, 25 still open for fifty days
        self.assertAlmostEqual(self._late()[0], (35 * 20 + 25 * 50) / 100)
        self.assertEqual(self._late()[1], 1)

    def test_payment_after_as_of_is_not_known_yet(self):
        invoice = self._invoice(self.acme, 100, ago(60), due=ago(50))
        self._pay(invoice, ago(10))
        self.assertAlmostEqual(self._late()[0], 40)
        self.assertAlmostEqual(self._late(as_of=ago(20))[0], 30)

    def test_credit_note_settles_without_being_late(self):
        invoice = self._invoice(self.acme, 100, ago(60), due=ago(50))
        self._reverse(invoice, ago(5), 60)
        self._pay(invoice, ago(45))
        self.assertAlmostEqual(self._late()[0], 5)

    def test_receipt_is_due_as_an_invoice(self):
        self._invoice(self.acme, 30, ago(60), due=ago(10), move_type="out_receipt")
        self.assertEqual(self._late(), (10, 1))

    # --- bad debts ---

    def test_debt_written_off_with_a_payment_was_not_paid(self):
        self._write_off(self._invoice(self.acme, 100, ago(60), due=ago(50)), ago(2), 20)
        facts = self._facts(self.acme)
        self.assertAlmostEqual(facts["written_off_share"], 0.8)
        self.assertAlmostEqual(facts["kept_rate"], 0.2)
        # 20 paid 48 days late, 80 never
        self.assertAlmostEqual(facts["days_late"], 0.2 * 48 + 0.8 * 50)
        self.assertNotEqual(facts["overdue_share"], facts["overdue_share"])
        self.assertAlmostEqual(facts["revenue"], 100)
        self.assertAlmostEqual(facts["margin"], 40 - 80)
        facts = self._facts(self.acme, as_of=ago(3))
        self.assertEqual((facts["kept_rate"], facts["margin"]), (1, 40))
        self.assertEqual(facts["overdue_share"], 1)

    def test_debt_written_off_by_hand_loses_no_tax(self):
        tax = self.env["account.tax"].create({"name": "Tax", "amount": 20})
        lines = [self._line(100, tax_ids=[Command.set(tax.ids)])]
        invoice = self._invoice(self.acme, 0, ago(60), lines=lines)
        owed = invoice.line_ids.filtered(
            lambda line: line.display_type == "payment_term"
        )
        taxed = invoice.line_ids.filtered("tax_line_id")
        loss = self.env["account.account"].create(
            {"name": "Bad debts", "code": "BAD", "account_type": "expense_other"}
        )
        entry = self.env["account.move"].create(
            {
                "move_type": "entry",
                "date": ago(5),
                "line_ids": [
                    Command.create({"account_id": loss.id, "debit": 100}),
                    Command.create(
                        {
                            "account_id": taxed.account_id.id,
                            "debit": 20,
                            "tax_repartition_line_id": taxed.tax_repartition_line_id.id,
                        }
                    ),
                    Command.create(
                        {
                            "account_id": owed.account_id.id,
                            "partner_id": self.acme.id,
                            "credit": 120,
                        }
                    ),
                ],
            }
        )
        entry.action_post()
        self._settle(invoice, entry)
        facts = self._facts(self.acme)
        self.assertEqual((facts["written_off_share"], facts["kept_rate"]), (1, 0))
        self.assertAlmostEqual(facts["margin"], 40 - 100)
        self._invoice(self.other, 100)
        self.assertEqual(self._facts(self.other)["kept_rate"], 1)

    def test_open_overdue_share_is_by_money(self):
        self._invoice(self.acme, 30, ago(60), due=ago(10))
        self._invoice(self.acme, 90, ago(60), due=ago(-10))
        self.assertAlmostEqual(self._late()[0], 10)
        self.assertAlmostEqual(self._late()[1], 0.25)

    def test_instalments_count_each_at_its_due_date(self):
        term = self.env["account.payment.term"].create(
            {
                "name": "Half now, half in 30 days",
                "line_ids": [
                    Command.create(
                        {"value": "percent", "value_amount": 50, "nb_days": 0}
                    ),
                    Command.create(
                        {"value": "percent", "value_amount": 50, "nb_days": 30}
                    ),
                ],
            }
        )
        invoice = self._invoice(
            self.acme, 100, ago(40), invoice_payment_term_id=term.id
        )
        self._pay(invoice, ago(40), 50)
        self._pay(invoice, ago(4), 50)
        self.assertAlmostEqual(self._late()[0], 3)

    def test_foreign_payment_is_weighted_in_company_money(self):
        euro = self._currency("EUR", 2.0)
        invoice = self._invoice(
            self.acme, 200, ago(60), due=ago(50), currency_id=euro.id
        )
        self._pay(invoice, ago(40))
        self._pay(self._invoice(self.acme, 100, ago(60), due=ago(50)), ago(50))
        self.assertAlmostEqual(self._late()[0], 5)

    # --- orders ---

    def test_cancelled_orders_and_returns_lower_agreements_kept(self):
        for _n in range(3):
            self._order(self.acme, 10)
        self._order(self.acme, 10)._action_cancel()
        facts = self._facts(self.acme)
        self.assertEqual(
            (facts["order_count"], facts["cancelled_order_count"], facts["kept_rate"]),
            (4, 1, 0.75),
        )
        five = [self._line(20, quantity=5)]
        self._reverse(self._invoice(self.acme, 0, ago(3), lines=five), amount=20)
        self.assertAlmostEqual(self._facts(self.acme)["kept_rate"], 0.75 * 0.8)

    def test_quotation_cancelled_before_anybody_confirmed_it_breaks_nothing(self):
        self._order(self.acme, 10)
        self._order(self.acme, 10, confirm=False)._action_cancel()
        facts = self._facts(self.acme)
        self.assertEqual(facts["order_count"], 1)
        self.assertEqual((facts["cancelled_order_count"], facts["kept_rate"]), (0, 1))

    def test_confirmed_order_stays_an_agreement_whatever_becomes_of_it(self):
        order = self._order(self.acme, 10)
        order._action_cancel()
        order.action_draft()
        order._action_cancel()
        self.assertEqual(self._facts(self.acme)["kept_rate"], 0)
        self.assertFalse(order.copy().value_confirmed)

    def test_confirmations_of_the_past_are_found(self):
        kept, invoiced = self._order(self.acme, 10), self._order(self.acme, 10)
        invoiced.order_line.qty_delivered = 1
        invoiced._create_invoices()
        logged = self._order(self.acme, 10)
        logged.message_post(body=logged.name, subtype_xmlid="sale.mt_order_confirmed")
        never = self._order(self.acme, 10, confirm=False)
        orders = kept + invoiced + logged + never
        orders[1:]._action_cancel()
        orders.value_confirmed = False
        self.env.flush_all()
        self.env.cr.execute(CONFIRMED)
        orders.invalidate_recordset()
        self.assertEqual(orders.filtered("value_confirmed"), orders[:3])

    def test_quotation_is_no_agreement(self):
        self._order(self.acme, 10, confirm=False)
        facts = self._facts(self.acme)
        self.assertEqual((facts["order_count"], facts["quotation_count"]), (0, 1))
        self.assertEqual((facts["purchase_count"], facts["revenue_total"]), (0, 0))

    # --- service ---

    def test_day_of_a_ticket_is_that_of_the_company(self):
        self._order(self.acme, 10)
        ticket = self._ticket(self.acme, ago(365))
        self.env.cr.execute(  # 05:00 of the first day of the window in Tokyo
            "UPDATE helpdesk_ticket SET create_date = %s WHERE id = %s",
            (f"{ago(365)} 20:00:00", ticket.id),
        )
        self.assertEqual(self._facts(self.acme)["ticket_count"], 0)
        self.company.partner_id.tz = "Asia/Tokyo"
        self.assertEqual(self._facts(self.acme)["ticket_count"], 1)

    def test_service_cost_is_unknown_without_any_ticket(self):
        self._invoice(self.acme, 100)
        facts = self._facts(self.acme)
        self.assertNotEqual(facts["service_cost"], facts["service_cost"])
        self._score()
        profile = self._profile(self.acme)
        self.assertIs(profile.service_cost, False)
        self.assertIs(profile.score_service, False)

    def test_service_cost_is_zero_where_others_have_tickets(self):
        self._invoice(self.acme, 100)
        self._ticket(self.other, ago(9), ago(3))
        self._ticket(self.other, ago(9))
        self.assertEqual(self._facts(self.acme)["service_cost"], 0)
        facts = self._facts(self.other)
        self.assertEqual(facts["service_cost"], 40)
        self.assertEqual((facts["ticket_count"], facts["resolution_days"]), (2, 6))

    def test_first_ticket_of_the_company_leaves_past_days_unknown(self):
        self._invoice(self.acme, 100, ago(60))
        self._ticket(self.other, ago(2))
        cost = self._facts(self.acme, as_of=ago(30))["service_cost"]
        self.assertNotEqual(cost, cost)

    def test_tickets_of_contacts_count_for_the_customer(self):
        contact = self._customer("Ann", parent=self.acme)
        self._ticket(contact, ago(9), ago(3))
        self.assertEqual(self._facts(self.acme)["ticket_count"], 1)

    def test_ticket_before_window_does_not_count(self):
        self._invoice(self.acme, 100)
        self._ticket(self.acme, ago(365), ago(360))
        self.assertEqual(self._facts(self.acme)["ticket_count"], 0)
        self._ticket(self.acme, ago(364), ago(360))
        self.assertEqual(self._facts(self.acme)["ticket_count"], 1)

    def test_ticket_closed_after_as_of_is_open_then(self):
        self._ticket(self.acme, ago(9), ago(3))
        facts = self._facts(self.acme, as_of=ago(5))
        self.assertEqual(facts["ticket_count"], 1)
        self.assertNotEqual(facts["resolution_days"], facts["resolution_days"])

    def test_deleted_ticket_makes_customer_stale(self):
        ticket = self._ticket(self.acme)
        self._forget_stale()
        ticket.unlink()
        self.assertEqual(self._stale(), self.acme)

    def test_everything_today_counts(self):
        self._ticket(self.acme, TODAY, TODAY)
        facts = self._facts(self.acme)
        self.assertEqual((facts["ticket_count"], facts["resolution_days"]), (1, 0))
