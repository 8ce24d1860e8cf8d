"""How customers keep agreements, and what serving them costs."""

from odoo.fields import Command
from odoo.tests import tagged

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
        self._reverse(self._invoice(self.acme, 100, ago(3)), amount=20)
        self.assertAlmostEqual(self._facts(self.acme)["kept_rate"], 0.75 * 0.8)

    def test_quotation_is_no_agreement(self):
        self._order(self.acme, 10, confirm=False)
        facts = self._facts(self.acme)
        self.assertEqual((facts["order_count"], facts["quotation_count"]), (0, 1))
        self.assertEqual((facts["purchase_count"], facts["revenue_total"]), (0, 0))

    # --- service ---

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
