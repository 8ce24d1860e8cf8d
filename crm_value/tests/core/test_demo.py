from unittest import SkipTest
from unittest.mock import patch

from odoo.tests import TransactionCase, tagged

from ...demo.core import histories
from ...demo.satisfaction import responses


@tagged("post_install", "-at_install")
class TestDemo(TransactionCase):
    """A viewer finds each character of the demo data where its name says."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        installed = cls.env["ir.module.module"].search([("name", "=", "crm_value")])
        if not installed.demo:
            raise SkipTest("crm_value is installed without demo data")
        cls.company = cls.env.ref("base.main_company")
        run = cls.env["crm.value.run"]._request(cls.company)
        cls.classPatch(type(run), "_commit", lambda self: None)
        run._execute()
        cls.run_record = run
        # Odoo's own demo customers may be of another day: what they owe grows old.
        named = cls.env["ir.model.data"].search(
            [("module", "=", "crm_value"), ("model", "=", "res.partner")]
        )
        cls.profiles = cls.env["crm.value.profile"].search(
            [
                ("company_id", "=", cls.company.id),
                ("partner_id", "in", named.mapped("res_id")),
                ("purchase_count", ">", 0),
            ]
        )

    def profile(self, character):
        partner = self.env.ref(f"crm_value.demo_partner_{character}")
        return self.profiles.filtered(lambda p: p.partner_id == partner).ensure_one()

    def test_platinum_account_is_platinum_and_champion(self):
        profile = self.profile("platinum")
        self.assertEqual(profile.quadrant, "platinum")
        self.assertEqual(
            profile.rfm_segment, self.env.ref("crm_value.rfm_segment_champion")
        )
        self.assertEqual(profile.pareto_rank, 1)
        self.assertEqual(profile.days_late, 0)

    def test_platinum_account_counts_the_orders_of_its_contacts(self):
        partner = self.env.ref("crm_value.demo_partner_platinum")
        orders = self.env["sale.order"].search(
            [("partner_id", "child_of", partner.id), ("state", "=", "sale")]
        )
        self.assertGreater(len(orders.partner_id), 1)
        self.assertEqual(self.profile("platinum").order_count, len(orders))

    def test_fading_account_was_frequent_and_is_silent(self):
        profile = self.profile("fading")
        self.assertLessEqual(profile.rfm_r, 2)
        self.assertGreaterEqual(profile.rfm_f, 4)
        self.assertLess(profile.growth, -0.3)
        self.assertEqual(profile.quadrant, "gold")

    def test_nobody_of_few_purchases_carries_the_equity(self):
        """Who bought less than five times may weigh what its revenue weighs.

        Odoo's own Acme has three large orders, all within the last weeks.
        """
        buyers = self.env["crm.value.profile"].search(
            [("company_id", "=", self.company.id), ("purchase_count", ">", 0)]
        )
        equity = sum(profile.clv or 0.0 for profile in buyers)
        revenue = sum(buyers.mapped("revenue_total"))
        for profile in buyers.filtered(lambda profile: profile.purchase_count < 5):
            share = (profile.clv or 0.0) / equity
            own = profile.revenue_total / revenue
            self.assertLessEqual(share, max(0.05, own), profile.display_name)

    def test_price_of_a_shelf_is_compared_with_that_of_customers_alike(self):
        shelf = self.env.ref("crm_value.demo_product_shelf")
        memory = self.env["crm.value.price.memory"]
        partner = self.env.ref("crm_value.demo_partner_bargain")
        currency = self.company.currency_id
        found = memory._alike(self.company, currency, partner, shelf.ids)[shelf.id]
        self.assertGreaterEqual(found["count"], 8)
        self.assertLess(found["low"], found["high"])

    def test_one_time_buyer_bought_once(self):
        profile = self.profile("once")
        self.assertEqual(profile.purchase_count, 1)
        self.assertEqual(profile.rfm_f, 1)
        self.assertEqual(profile.quadrant, "lead")

    def test_bargain_hunter_has_the_deepest_discount_and_no_margin(self):
        profile = self.profile("bargain")
        self.assertEqual(profile.discount_rate, max(self._known("discount_rate")))
        self.assertLess(profile.score_margin, 10)
        self.assertGreater(profile.score_volume, 80)
        self.assertGreater(profile.cancelled_order_count, 0)
        self.assertGreater(profile.return_rate, 0)

    def test_late_payer_has_the_lowest_credit(self):
        profile = self.profile("late")
        self.assertGreater(profile.days_late, 45)
        self.assertGreater(profile.overdue_share, 0)
        self.assertEqual(profile.score_credit, min(self._known("score_credit")))
        self.assertIn(profile.credit_grade, ("d", "e"))
        self.assertIn("overdue", profile.credit_words)

    def test_platinum_account_pays_in_time(self):
        self.assertIn(self.profile("platinum").credit_grade, ("a", "b"))

    def test_somebody_decided_about_a_costly_customer_and_is_to_look_again(self):
        profile = self.profile("bargain")
        self.assertLess(profile.net_margin, 0)
        self.assertTrue(profile.review_id.is_due)

    def test_seasonal_buyer_keeps_to_one_season(self):
        profile = self.profile("seasonal")
        days = self.env["crm.value.transaction"].search(
            [("partner_id", "=", profile.partner_id.id)]
        )
        for year in (1, 2):
            ages = {
                (profile.as_of - day).days - 365 * year for day in days.mapped("date")
            }
            self.assertTrue(any(95 < age < 160 for age in ages))
        self.assertEqual(profile.purchase_count, 12)
        self.assertLess(profile.median_gap_days, 30)

    def test_customers_fill_every_quadrant_and_a_fifth_makes_most_revenue(self):
        quadrants = self.profiles.grouped("quadrant")
        for quadrant in ("lead", "iron", "gold", "platinum"):
            # The limits that part them are those of Odoo's demo customers too.
            self.assertGreater(len(quadrants[quadrant]), 4, quadrant)
        self.assertLess(len(quadrants["platinum"]), len(self.profiles) / 6)
        self.assertGreater(len(self.profiles), 300)
        self.assertTrue(0.15 < self.run_record.pareto_percent < 0.3)

    def test_tickets_were_opened_in_the_past(self):
        """Their creation date can be set while the add-on is being installed."""
        tickets = self.env["helpdesk.ticket"].search(
            [("partner_id", "=", self.env.ref("crm_value.demo_partner_late").id)]
        )
        closed = tickets.filtered("closed")
        self.assertEqual((len(tickets), len(closed)), (3, 2))
        self.assertTrue(all(t.closed_date > t.create_date for t in closed))

    def test_desk_is_at_work(self):
        """Some tickets are late, one waits, one came back, others were kept or not."""
        desk = self.env["helpdesk.ticket"]
        mine = [("company_id", "=", self.company.id), ("partner_id", "!=", False)]
        late = desk.search([*mine, ("value_due", "<", "now")])
        self.assertGreaterEqual(len(late), 3)
        for name in ("value_waiting_since", "value_reopened"):
            self.assertTrue(desk.search_count([*mine, (name, "!=", False)]), name)
        judged = desk.search([*mine, ("value_response_kept", "!=", False)])
        self.assertEqual(set(judged.mapped("value_response_kept")), {0.0, 100.0})
        self.assertGreater(len(judged.team_id), 1)
        contact = self.env.ref("crm_value.demo_contact_platinum_1")
        fresh = desk.search([("partner_id", "=", contact.id), ("closed", "=", False)])
        self.assertEqual(fresh.value_opened_tier_id.name, "Platinum")
        self.assertIn("orders", str(fresh.value_panel["open"]))

    def test_installing_twice_adds_nothing(self):
        before = self.env["crm.value.transaction"].search_count([])
        self.env["crm.value.demo"]._install()
        self.assertEqual(self.env["crm.value.transaction"].search_count([]), before)

    def test_histories_depend_on_the_day_only(self):
        day = self.company.create_date.date()
        rows = histories.purchases(40, day)
        self.assertEqual(rows, histories.purchases(40, day))
        self.assertLess(max(row.date for row in rows), day)

    def test_characters_answer_as_they_buy(self):
        names = ("satisfaction_quadrant", "loyalty_class")
        said = {
            who: tuple(self.profile(who)[name] for name in names)
            for who in ("platinum", "fading", "bargain")
        }
        expected = {
            "platinum": ("apostle", "loyal"),
            "fading": ("defector", "none"),
            "bargain": ("hostage", "spurious"),
        }
        self.assertEqual(said, expected)

    def test_customers_who_answer_fill_every_corner(self):
        for name in ("satisfaction_quadrant", "loyalty_class"):
            groups = self.profiles.grouped(name)
            found = {key: len(customers) for key, customers in groups.items()}
            self.assertGreaterEqual(len(found), 5, name)
            self.assertGreater(min(found.values()), 10, name)

    def test_each_whole_quarter_has_answers_for_a_model(self):
        results = self.env["crm.value.index.result"]
        results._request_periods()
        found = results.search([("company_id", "=", self.company.id)])
        waiting = found.filtered(lambda result: result.state == "queued")
        waiting.times = 0  # no intervals
        with patch.object(type(results), "_commit", lambda self: None):
            for result in waiting:
                result._execute()
        self.assertEqual(set(found.mapped("state")), {"done"})
        # The first answers may come late in a quarter, too few then for a model.
        began = min(found.index_id.survey_ids.user_input_ids.mapped("end_datetime"))
        whole = found.filtered(lambda result: result.date_from >= began.date())
        self.assertGreaterEqual(len(whole), 5)
        self.assertTrue(all(result.has_model for result in whole))

    def test_answers_depend_on_the_day_only(self):
        day = self.company.create_date.date()
        rows = histories.purchases(60, day)
        found = responses.answers(60, rows, day)
        self.assertEqual(found, responses.answers(60, rows, day))
        self.assertLess(max(one.date for one in found), day)

    def _known(self, name):
        return [p[name] for p in self.profiles if p[name] is not False]
