"""Risk of decline on the profile: found by run and refresh alike, and explained."""

from odoo.tests import tagged

from .common import ValueCommon, ago


@tagged("post_install", "-at_install")
class TestRisk(ValueCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._only_this_company()

    @classmethod
    def _crowd(cls, size=120):
        """Return customers in a rhythm of their own; every third one left once."""
        customers = cls.env["res.partner"].create(
            [{"name": f"Buyer {at}", "is_company": True} for at in range(size)]
        )
        for at, customer in enumerate(customers):
            gap, left = 15 + at % 30, (at * 37) % 700 if at % 3 == 0 else 1
            days = range(left + at % gap, 800, gap)
            cls._purchases(customer, *((50 + at, day) for day in days))
        return customers

    def _risks(self, customers):
        return {
            customer: self._profile(customer).decline_risk for customer in customers
        }

    def test_refresh_finds_the_risk_of_a_full_run(self):
        crowd = self._crowd()
        self._ticket(crowd[1], ago(40), ago(5))
        run = self._score()
        self.assertNotEqual(run.fit_id.risk_parameters["rule"], "none")
        before = {customer: self._row(self._profile(customer)) for customer in crowd}
        self.assertTrue(any(0 < row["decline_risk"] < 1 for row in before.values()))
        some = crowd[:7]
        self.env["crm.value.stale"]._mark(some, self.company)
        self._refresh()
        for customer in crowd:
            self.assertEqual(self._row(self._profile(customer)), before[customer])

    def test_lost_customers_and_prospects_have_no_risk(self):
        crowd = self._crowd()
        silent = self._customer("Silent")
        self._purchases(silent, (10, 500), (10, 520), (10, 540))
        asking = self._customer("Asking")
        self._order(asking, 50, confirm=False)
        self._score()
        self.assertTrue(self._risks(crowd[1:3])[crowd[1]])
        for customer in (silent, asking):
            profile = self._profile(customer)
            self.assertIs(profile.decline_risk, False)
            self.assertFalse(profile.risk_state)

    def test_few_customers_are_not_enough(self):
        crowd = self._crowd(20)
        run = self._score()
        self.assertEqual(run.fit_id.risk_parameters["rule"], "none")
        self.assertEqual(set(self._risks(crowd).values()), {False})

    def test_limit_of_the_policy_says_who_is_at_risk(self):
        crowd = self._crowd()
        for limit in (0.0, 1.0):
            self._policy(risk_limit=limit)
            self._score()
            active = [
                p for p in map(self._profile, crowd) if p.decline_risk is not False
            ]
            states = {profile.risk_state for profile in active}
            self.assertEqual(states, {"safe" if limit else "at_risk"})

    def test_category_that_is_not_bought_any_more_is_found(self):
        kinds = self.env["product.category"].create(
            [{"name": "Furniture"}, {"name": "Paper"}]
        )
        chair, paper = self.env["product.product"].create(
            [
                {"name": kind.name, "categ_id": kind.id, "taxes_id": False}
                for kind in kinds
            ]
        )
        customer = self._customer("Picky")
        for day in range(10, 400, 30):
            lines = [self._line(20, product_id=paper.id)]
            if day > 150:
                lines.append(self._line(80, product_id=chair.id))
            self._invoice(customer, 0, ago(day), lines=lines)
        self._score()
        profile = self._profile(customer)
        self.assertEqual(profile.overdue_category_id, kinds[0])
        self.assertAlmostEqual(profile.category_overdue, 160 / 30)
        self.assertGreater(profile.category_share, 0.6)

    def test_purchase_known_by_name_is_of_the_category_of_that_product(self):
        kind = self.env["product.category"].create({"name": "Furniture"})
        self.env["product.product"].create({"name": "Oak chair", "categ_id": kind.id})
        customer = self._customer("Imported")
        for day in (300, 270, 240, 210):
            self._transaction(customer, 50, ago(day), product_name="Oak chair")
            self._transaction(customer, 5, ago(day - 200), product_name="Unheard of")
        self._score()
        profile = self._profile(customer)
        self.assertEqual(profile.overdue_category_id, kind)
        self.assertEqual(profile.category_overdue, 7.0)

    def test_past_run_finds_the_same_again(self):
        crowd = self._crowd()
        for _time in range(2):
            self._score(as_of=ago(40))
        rows = [self._snapshot(customer, ago(40)) for customer in crowd[:30]]
        self.assertTrue(any(row[0].decline_risk is not False for row in rows if row))
        for first, second in (row for row in rows if row):
            self.assertEqual(first.decline_risk, second.decline_risk)

    def test_slow_tickets_are_counted_as_the_analytics_count_them(self):
        customer = self._customer("Asking")
        self._purchases(customer, (10, 30))
        self._ticket(customer, ago(60), ago(50))
        self._ticket(customer, ago(60), ago(58))
        self._ticket(customer, ago(9))
        self._ticket(customer, ago(3))
        self._score()
        profile = self._profile(customer)
        self.assertEqual((profile.ticket_count, profile.slow_ticket_count), (4, 2))
        self.assertIs(self._profile(self._quiet()).slow_ticket_count, False)

    def _quiet(self):
        """Return a customer of a company without any ticket."""
        customer = self._customer("Quiet")
        self._purchases(customer, (10, 30))
        self.env["helpdesk.ticket"].search([]).unlink()
        self._score()
        return customer

    def test_run_and_refresh_cost_no_query_each(self):
        few, many = self._crowd(60), self._crowd(60)
        self._score()
        counts = []
        for customers in (few[:5], many):
            self.env["crm.value.stale"]._mark(customers, self.company)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._refresh()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[0], counts[1])
