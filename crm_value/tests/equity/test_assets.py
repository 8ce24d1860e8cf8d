"""Which customers count as an asset: bought, reachable, permitted, complete."""

from odoo.tests import tagged

from ..common import TODAY, ValueCommon, ago


@tagged("post_install", "-at_install")
class TestAssets(ValueCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.country = cls.env.ref("base.us")

    def _buyer(self, **values):
        """Return a customer with a purchase; complete, but with no address."""
        customer = self._customer("Acme", country_id=self.country.id, **values)
        self._purchases(customer, (100, 30))
        return customer

    def _state(self, customer):
        """Return the state that a run stores for the customer."""
        self._score()
        return self._profile(customer).asset_state

    def _blacklist(self, email=None, phone=None):
        if email:
            self.env["mail.blacklist"]._add(email)
        if phone:
            self.env["phone.blacklist"].add(phone)

    def test_customer_with_an_address_is_an_asset(self):
        self.assertEqual(self._state(self._buyer(email="a@acme.example")), "qualified")

    def test_phone_alone_is_enough(self):
        self.assertEqual(self._state(self._buyer(phone="+12025550101")), "qualified")

    def test_order_without_a_purchase_is_no_relationship(self):
        customer = self._customer("Acme", email="a@acme.example")
        self._order(customer, 50, ago(3))
        self.assertEqual(self._state(customer), "no_purchase")

    def test_nobody_to_address_is_unreachable(self):
        self.assertEqual(self._state(self._buyer(email="", phone="")), "unreachable")

    def test_address_of_a_contact_reaches_the_customer(self):
        customer = self._buyer()
        self._customer("Ann", parent=customer, email="ann@acme.example")
        self.assertEqual(self._state(customer), "qualified")

    def test_archived_people_reach_nobody(self):
        customer = self._buyer(email="a@acme.example")
        ann = self._customer("Ann", parent=customer, email="ann@acme.example")
        customer.active = False
        self.assertEqual(self._state(customer), "qualified")
        ann.active = False
        self.assertEqual(self._state(customer), "unreachable")

    def test_blacklisted_addresses_only_are_no_consent(self):
        customer = self._buyer(email="A@acme.example")
        self._customer("Ann", parent=customer, email="Ann <ann@acme.example>")
        self._blacklist("a@acme.example")
        self.assertEqual(self._state(customer), "qualified")
        self._blacklist("ann@acme.example")
        self.assertEqual(self._state(customer), "no_consent")

    def test_phone_outside_its_blacklist_is_consent(self):
        customer = self._buyer(email="a@acme.example", phone="+12025550101")
        self._blacklist("a@acme.example")
        self.assertEqual(self._state(customer), "qualified")
        self._blacklist(phone="+12025550101")
        self.assertEqual(self._state(customer), "no_consent")

    def test_address_taken_off_the_blacklist_counts_again(self):
        customer = self._buyer(email="a@acme.example")
        self._blacklist("a@acme.example")
        self.env["mail.blacklist"]._remove("a@acme.example")
        self.assertEqual(self._state(customer), "qualified")

    def test_missing_country_is_incomplete(self):
        customer = self._buyer(email="a@acme.example")
        customer.country_id = False
        self.assertEqual(self._state(customer), "incomplete")

    def test_refresh_finds_what_a_run_finds(self):
        self._only_this_company()
        customers = [
            self._buyer(email="a@acme.example"),
            self._buyer(),
            self._buyer(phone="+12025550101"),
        ]
        self._score()
        before = [self._profile(customer).asset_state for customer in customers]
        self._purchases(customers[0], (5, 1))
        self._purchases(customers[1], (5, 1))
        self._refresh()
        after = [self._profile(customer).asset_state for customer in customers]
        self.assertEqual(before, ["qualified", "unreachable", "qualified"])
        self.assertEqual(after, before)

    def test_month_end_keeps_the_state_of_its_run(self):
        customer = self._buyer(email="a@acme.example")
        past = self._score(as_of=ago(15))
        customer.email = False
        self.assertEqual(self._state(customer), "unreachable")
        then = self._snapshot(customer, past.as_of)
        self.assertEqual(then.asset_state, "qualified")

    def test_company_without_documents_has_no_state_to_find(self):
        facts = self._facts(as_of=TODAY)
        self.assertFalse(facts["asset_state"].size)

    def test_gathering_takes_as_many_queries_at_any_size(self):
        self._facts()  # the rules are in the cache from here on
        counts = []
        for size in (3, 30):
            for number in range(size):
                self._buyer(email=f"{number}@acme.example")
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            self._facts()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[0], counts[1])
