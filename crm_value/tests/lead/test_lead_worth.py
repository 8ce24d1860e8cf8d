from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from ..common import ago
from .lead_common import LeadCommon


@freeze_time("2026-06-15 12:00:00")
@tagged("post_install", "-at_install")
class TestLeadWorth(LeadCommon):
    """What an open lead is worth, to whom it is shown, and whether it was right."""

    def test_lead_is_worth_the_first_year_of_those_like_it(self):
        """Hotels brought 1,025 on average, shops 125; the weight is nearly one."""
        self._trades()
        lead = self._lead(value_industry_id=self.hotels.id, partner_name="New Hotel")
        other = self._lead(value_industry_id=self.shops.id)
        unknown = self._lead()
        self._value()
        worth = self._worth()
        self.assertEqual(worth.customer_count, 12)
        [group] = worth.group_ids.filtered(
            lambda group: group.industry_id == self.hotels and not group.kind
        )
        self.assertEqual(group.count, 6)
        self.assertAlmostEqual(group.revenue_mean, 1025, delta=1)  # ends are cut
        self.assertGreater(group.revenue_weight, 0.99)
        self.assertAlmostEqual(group.revenue, 1025, delta=5)
        self.assertAlmostEqual(lead.value_expected, 1025 / 2, delta=3)
        self.assertAlmostEqual(other.value_expected, 125 / 2, delta=3)
        self.assertAlmostEqual(unknown.value_expected, 575 / 2, delta=1)
        # Nothing costs anything here but the policy's default margin.
        rate = self._policy().default_margin_rate
        margin = lead.value_expected * rate
        self.assertAlmostEqual(lead.value_expected_margin, margin, delta=1)

    def test_it_follows_what_it_depends_on(self):
        self._trades()
        lead = self._lead(value_industry_id=self.hotels.id)
        self._value()
        full = lead.value_expected
        lead.probability = 25
        self.assertAlmostEqual(lead.value_expected, full / 2, delta=1)
        lead.value_industry_id = self.shops
        self.assertLess(lead.value_expected, 40)
        lead.action_set_lost()
        self.assertIs(lead.value_expected, False)

    def test_customer_who_buys_has_its_own_value_and_no_newcomer_s(self):
        self._trades()
        self._value()
        buyer = self.env["res.partner"].search([("name", "=", "Hotels 0")])
        lead = self._lead(partner_id=buyer.id)
        self.assertIs(lead.value_expected, False)
        self.assertIn("buys already", lead.value_why)
        self.assertEqual(lead.value_industry_id, self.hotels)

    def test_first_year_is_net_of_what_came_back_and_ends_after_a_year(self):
        customers = [self._customer(f"C {at}") for at in range(5)]
        for customer in customers:
            invoice = self._invoice(customer, 300, ago(500))
            self._reverse(invoice, ago(100), amount=100)
            self._invoice(customer, 70, ago(500 - 364))
            self._invoice(customer, 900, ago(500 - 365))
        fresh = self._customer("Fresh")
        self._invoice(fresh, 9000, ago(363))
        self._value()
        worth = self._worth()
        self.assertEqual(worth.customer_count, 5)
        self.assertEqual(worth.group_ids[0].revenue, 270)

    def test_too_few_say_nothing(self):
        for at in range(4):
            self._purchases(self._customer(f"C {at}"), (100, 500))
        lead = self._lead()
        self._value()
        self.assertFalse(self._worth().group_ids)
        self.assertIs(lead.value_expected, False)
        self.assertIn("fewer than 5", lead.value_why)
        self.assertIn("Too few to judge", self._worth().verdict)

    def test_source_is_that_of_the_first_lead_not_of_a_later_campaign(self):
        self._trades()
        hotels = self.env["res.partner"].search([("name", "=like", "Hotels _")])
        for hotel in hotels:
            self._won(hotel, 520, source_id=self.fair.id)
        for shop in self.env["res.partner"].search([("name", "=like", "Shops _")]):
            self._won(shop, 100, source_id=self.fair.id)
        self._value()
        groups = self._worth().group_ids.filtered("source_id")
        self.assertEqual(set(groups.mapped("count")), {6})
        lead = self._lead(source_id=self.fair.id)
        self.assertAlmostEqual(lead.value_expected, 1025 / 2, delta=3)

    def test_past_won_leads_are_held_against_what_was_expected(self):
        """Two cohorts a year and more apart: the first teaches, the second judges."""
        self._trades(days=1100)
        rate = self._policy().default_margin_rate
        for industry, amount in ((self.hotels, 1000), (self.shops, 100)):
            for at in range(12):
                customer = self._customer(f"Won {at}", industry_id=industry.id)
                self._won(customer, 420)
                self._purchases(customer, (amount + at, 400))
        self._value()
        worth = self._worth()
        self.assertEqual(worth.lead_count, 24)
        self.assertAlmostEqual(worth.actual, rate * 555.5, delta=1)
        self.assertAlmostEqual(worth.naive, rate * 575, delta=1)
        self.assertAlmostEqual(worth.expected, rate * 575, delta=1)
        self.assertLess(worth.error, 0.1 * worth.naive_error)
        self.assertGreater(worth.gain_low, 0.9)
        self.assertIn("Closer", worth.verdict)

    def test_two_companies_and_currencies_know_their_own_customers(self):
        self._trades()
        eur = self.env.ref("base.EUR")
        eur.active = True
        other = self._create_company("Lead Other", eur)
        for at in range(5):
            self.env["crm.value.transaction"].create(
                {
                    "partner_id": self._customer(f"Other {at}").id,
                    "company_id": other.id,
                    "date": ago(500),
                    "amount": 40,
                    "currency_id": eur.id,
                    "source_key": f"other {at}",
                }
            )
        mine = self._lead()
        theirs = self._lead(company_id=other.id, user_id=False)
        self._score(other)
        self._value()
        self.assertAlmostEqual(mine.value_expected, 575 / 2, delta=1)
        self.assertEqual(theirs.value_expected, 20)
        self.assertEqual(theirs.value_currency_id, eur)
        both = self.env["crm.lead"].with_context(
            allowed_company_ids=(self.company | other).ids
        )
        # The best of each company, not of all.
        most = both.search([("value_is_worth_most", "=", True)])
        self.assertFalse(most & theirs)  # one alone has no upper quarter
        seen = self.env["crm.value.lead.group"].with_user(self.everybody_s).search([])
        self.assertEqual(seen.company_id, self.company)

    def test_worth_most_are_the_upper_quarter(self):
        self._trades()
        leads = [self._lead(probability=10 * at + 10) for at in range(9)]
        self._value()
        found = self.env["crm.lead"].search([("value_is_worth_most", "=", True)])
        self.assertEqual(found.sorted("probability"), found.concat(*leads[6:]))
        self.assertTrue(leads[8].value_is_worth_most)
        self.assertFalse(leads[0].value_is_worth_most)

    # --- who sees what ---

    def test_margin_is_for_officers_in_columns_search_and_sort(self):
        self._trades()
        lead = self._lead(value_industry_id=self.hotels.id)
        self._value()
        plain = lead.with_user(self.seller)
        self.assertTrue(plain.value_expected)
        self.assertIn("1,0", plain.value_why)
        self.assertNotIn("Margin", plain.value_why)
        self.assertIn("Margin", lead.with_user(self.officer).value_why)
        for ask in (
            lambda: plain.value_expected_margin,
            lambda: plain.search([("value_expected_margin", ">", 0)]),
            lambda: plain.search([], order="value_expected_margin"),
            lambda: plain._read_group([], ["user_id"], ["value_expected_margin:sum"]),
        ):
            with self.assertRaises(AccessError):
                ask()
        groups = self.env["crm.value.lead.group"]
        with self.assertRaises(AccessError):
            groups.with_user(self.everybody_s).search([("margin", ">", 0)])

    def test_salesperson_of_own_documents_sees_no_sums_of_all_customers(self):
        self._trades()
        self._value()
        for model in ("crm.value.lead.worth", "crm.value.lead.group"):
            self.assertFalse(self.env[model].with_user(self.seller).search([]))
            self.assertTrue(self.env[model].with_user(self.everybody_s).search([]))
            for user in (self.seller, self.officer):
                with self.assertRaises(AccessError):
                    self.env[model].with_user(user).create({})

    def test_why_says_each_step_in_the_reader_s_language(self):
        self._trades()
        lead = self._lead(value_industry_id=self.hotels.id, partner_name="New")
        self._value()
        said = lead.with_user(self.seller).value_why
        for part in ("All new customers", "Hotels", "50.0%", "12"):
            self.assertIn(part, said)
        self.assertNotIn("Company", said)  # all of them are: it tells nothing
        self.assertIn("country, source", said)
        action = lead.with_user(self.seller).action_value_why()
        self.assertEqual((action["res_id"], action["target"]), (lead.id, "new"))

    # --- prospects ---

    def test_prospects_are_ranked_by_what_their_leads_are_worth(self):
        """Nobody has entered an amount; one that is entered counts as it is."""
        self._trades()
        prospects = [self._customer(name) for name in ("Much", "Little", "Entered")]
        for prospect, industry in zip(
            prospects, (self.hotels, self.shops, self.shops), strict=True
        ):
            prospect.industry_id = industry
            self._lead(partner_id=prospect.id, user_id=self.seller.id)
        entered = self.env["crm.lead"].search([("partner_id", "=", prospects[2].id)])
        entered.expected_revenue = 400
        self._value()
        self._refresh()
        much, little, said = (self._profile(prospect) for prospect in prospects)
        self.assertEqual(much.worklist, "identify")
        self.assertAlmostEqual(much.open_amount, 1025 / 2, delta=3)
        self.assertEqual(said.open_amount, 200)
        self.assertIn("Open leads: 1, expected to bring", much.worklist_reason)
        ranks = [one.stake_score for one in (much, said, little)]
        self.assertEqual(ranks, sorted(ranks, reverse=True))
        # A full run finds again what the refresh has found.
        found = [(one.open_amount, one.stake) for one in (much, little, said)]
        self._score()
        self.env.invalidate_all()
        self.assertEqual(
            [(one.open_amount, one.stake) for one in (much, little, said)], found
        )

    def test_nightly_job_marks_only_who_is_ranked_by_it(self):
        self._trades()
        prospect = self._customer("Prospect")
        lead = self._lead(partner_id=prospect.id)
        self._lead()
        self._value()
        self.assertIn(prospect, self._stale())
        self._forget_stale()
        with self._no_commit():
            self.env["crm.lead"]._cron_value_worth()
        self.assertFalse(self._stale())
        self.assertTrue(lead.value_expected)

    def test_many_leads_ask_as_often_as_few(self):
        self._trades()
        self._value()
        counts = []
        for size in (5, 60):
            leads = self.env["crm.lead"].concat(
                *(self._lead(value_industry_id=self.hotels.id) for _at in range(size))
            )
            self.env.flush_all()
            self.env.invalidate_all()
            leads.fetch(["company_id", "user_id", "partner_id", "won_status"])
            before = self.env.cr.sql_log_count
            leads._value_chains()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[0], counts[1])

    def test_industry_goes_over_to_the_customer(self):
        lead = self._lead(partner_name="Made", value_industry_id=self.hotels.id)
        lead._handle_partner_assignment(create_missing=True)
        customer = lead.partner_id.commercial_partner_id
        self.assertEqual(customer.industry_id, self.hotels)
