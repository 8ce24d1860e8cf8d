"""What a ticket costs is in the cost to serve, to the cent, unless it is our fault."""

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from ..common import ago
from .complaint_common import ComplaintCommon

MONEY = [
    "value_time_cost",
    "value_goods_cost",
    "value_credit_cost",
    "value_ticket_cost",
]


@tagged("post_install", "-at_install")
class TestComplaintCost(ComplaintCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.value_hour_cost = 37.45
        cls._purchases(cls.acme, (100, 9))
        cls._purchases(cls.other, (100, 9))

    def _served(self, customer=None):
        self._refresh()
        return self._profile(customer or self.acme).service_cost

    def test_time_goods_and_money_are_added_to_the_cent(self):
        ticket = self._ticket(self.ann, ago(5))
        self._score()
        self.assertEqual(self._served(), 20)
        ticket.value_goods_cost = 12.34
        self.assertEqual(self._served(), 32.34)
        ticket.write({"value_hours": 1.25, "value_credit_cost": 0.01})
        self.assertEqual(ticket.value_time_cost, 46.81)  # 1.25 × 37.45 = 46.8125
        self.assertEqual(ticket.value_ticket_cost, 59.16)
        self.assertEqual(self._served(), 59.16)
        self._ticket(self.acme, ago(4))
        self.assertEqual(self._served(), 79.16)

    def test_another_rate_does_not_change_what_was(self):
        ticket = self._ticket(self.ann, ago(5), value_hours=2)
        self.company.value_hour_cost = 100
        ticket.invalidate_recordset()
        self.assertEqual(ticket.value_time_cost, 74.9)
        ticket.value_hours = 3
        self.assertEqual(ticket.value_time_cost, 300)

    def test_without_a_rate_a_ticket_costs_what_the_policy_says(self):
        self.company.value_hour_cost = 0
        self._ticket(self.ann, ago(5), value_hours=7)
        self._score()
        self.assertEqual(self._served(), 20)

    def test_no_customer_pays_for_our_own_fault(self):
        ticket = self._ticket(
            self.ann,
            ago(5),
            category_id=self.complaint.id,
            value_hours=10,
            value_goods_cost=500,
        )
        self._score()
        found = {False: self._served()}
        for cause in (self.ours, self.supplier, self.theirs):
            ticket.value_cause_id = cause
            found[cause.name] = self._served()
        expected = {False: 0, "Ours": 0, "Supplier": 0, "Theirs": 874.5}
        self.assertEqual(found, expected)
        self.assertEqual(self._profile(self.acme).ticket_count, 1)

    def test_an_upheld_complaint_lowers_no_score(self):
        for customer in (self.acme, self.other):
            self._ticket(customer, ago(5))
        ticket = self._ticket(self.acme, ago(4), category_id=self.complaint.id)
        ticket.write({"value_cause_id": self.ours.id, "value_credit_cost": 900})
        self._score()
        scores = [self._profile(c).score_service for c in (self.acme, self.other)]
        self.assertEqual(scores[0], scores[1])

    def test_agents_enter_hours_and_see_no_money(self):
        ticket = self._complain()
        ticket.value_hours = 2
        self.assertEqual(ticket.sudo().value_ticket_cost, 74.9)
        shown = ticket.get_view(view_type="form")["arch"]
        self.assertIn("value_hours", shown)
        for name in MONEY:
            self.assertNotIn(name, shown)
            with self.assertRaises(AccessError):
                ticket.read([name])
            with self.assertRaises(AccessError):
                ticket.search([(name, ">", 0)])
        officer = new_test_user(
            self.env,
            "complaint_officer",
            "crm_value.group_officer,helpdesk_mgmt.group_helpdesk_user",
            company_id=self.company.id,
            company_ids=self.company.ids,
        )
        shown = ticket.with_user(officer).get_view(view_type="form")["arch"]
        self.assertTrue(all(name in shown for name in MONEY))

    def test_each_company_counts_at_its_own_rate(self):
        there = self._create_company("There", self.env.ref("base.EUR"))
        there.value_hour_cost = 10
        ticket = self._open(self.ann, value_hours=2, company_id=there.id)
        self.assertEqual(ticket.value_time_cost, 20)
        self.assertEqual(ticket.value_currency_id, there.currency_id)

    def test_queries_of_the_facts_stay_the_same(self):
        def count(size):
            for _ in range(size):
                self._ticket(self.acme, ago(5), value_hours=1)
            before = self.env.cr.sql_log_count
            self._facts(self.acme)
            return self.env.cr.sql_log_count - before

        count(1)
        self.assertEqual(count(2), count(20))
