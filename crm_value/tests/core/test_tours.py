from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.tests import HttpCase, new_test_user, tagged

from odoo.addons.base.models.ir_cron import IrCron

from ...analytics.forecast import fitting
from ...analytics.statistics import ranking
from ..forecast.forecast_samples import AS_OF, RULES, days_of, regular

SIZES = {"Tour Large": 4000, "Tour Middle": 900, "Tour Small": 120, "Tour Tiny": 15}


@tagged("post_install", "-at_install")
class TestTours(HttpCase):
    """The screens in a browser, as people of different rights walk through them."""

    # High enough that no form scrolls: scrolling closes a field's list of choices.
    browser_size = "1920x1080"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # So that a handful of customers stands for many.
        cls.startClassPatcher(patch.object(ranking, "FEWEST", 1))
        cls.env["res.lang"]._activate_lang("en_US")
        cls.company = cls.env["res.company"].create({"name": "Tour Company"})
        cls.salesperson = cls._user(
            "tour_salesperson", "sales_team.group_sale_salesman"
        )
        cls.manager = cls._user(
            "tour_manager", "crm_value.group_manager,sales_team.group_sale_manager"
        )
        cls.customers = cls.env["res.partner"].create(
            [
                {"name": name, "is_company": True, "user_id": cls.salesperson.id}
                for name in SIZES
            ]
        )
        cls._buy()
        with patch.object(IrCron, "_commit_progress", lambda *_a, **_k: float("inf")):
            run = cls.env["crm.value.run"]._request(cls.company)
            run._execute()
            run._request_missing_months()
            for past in run.search([("state", "=", "queued")]):
                past._execute()

    @classmethod
    def _user(cls, login, groups):
        return new_test_user(
            cls.env,
            login=login,
            groups=f"base.group_user,base.group_partner_manager,{groups}",
            company_id=cls.company.id,
            company_ids=cls.company.ids,
            lang="en_US",
        )

    @classmethod
    def _buy(cls):
        """Give each customer six monthly purchases of its size."""
        today = fields.Date.today()
        cls._transact(
            (
                customer,
                today - timedelta(days=30 * month + 1),
                SIZES[customer.name] + month,
            )
            for customer in cls.customers
            for month in range(6)
        )

    @classmethod
    def _transact(cls, purchases):
        """Create imported purchases: customer, date, amount."""
        cls.env["crm.value.transaction"].create(
            [
                {
                    "partner_id": customer.id,
                    "company_id": cls.company.id,
                    "currency_id": cls.company.currency_id.id,
                    "date": date,
                    "document": f"{customer.name} {date}",
                    "amount": amount,
                    "source_key": f"{customer.name} {date}",
                }
                for customer, date, amount in purchases
            ]
        )

    def test_salesperson_walks_from_customers_to_documents(self):
        self.start_tour(
            "/odoo/customer-value", "crm_value_explanation", login="tour_salesperson"
        )

    def test_manager_drags_a_customer_to_another_stage(self):
        self.start_tour(
            "/odoo/customer-lifecycle", "crm_value_lifecycle", login="tour_manager"
        )
        made = self.env["crm.value.override"].search([("kind", "=", "stage")])
        self.assertEqual(made.user_id, self.manager)
        self.assertEqual(made.stage_id.code, "decline")

    def test_manager_drags_a_member_to_another_tier(self):
        self.start_tour(
            "/odoo/customer-members", "crm_value_tier", login="tour_manager"
        )
        made = self.env["crm.value.override"].search([("kind", "=", "tier")])
        self.assertEqual((made.user_id, made.tier_id.name), (self.manager, "Platinum"))
        self.assertEqual(made.tier_id.company_id, self.company)

    def test_salesperson_sees_what_is_missing_for_a_tier(self):
        self.start_tour(
            "/odoo/customer-members", "crm_value_tier_user", login="tour_salesperson"
        )

    def _fade(self, *names):
        """Return customers of the salesperson who have stopped to buy."""
        today = fields.Date.today()
        fading = self.env["res.partner"].create(
            [
                {"name": name, "is_company": True, "user_id": self.salesperson.id}
                for name in names
            ]
        )
        self._transact(
            (customer, today - timedelta(days=70 + 30 * month), 100)
            for customer in fading
            for month in range(14)
        )
        with patch.object(IrCron, "_commit_progress", lambda *_a, **_k: float("inf")):
            self.env["crm.value.run"]._request(self.company)._execute()
        return fading

    def test_salesperson_works_today_s_customers(self):
        fading = self._fade("Fading A", "Fading B", "Fading C", "Fading D")
        self.start_tour(
            "/odoo/my-customers-today", "crm_value_worklist", login="tour_salesperson"
        )
        decided = self.env["crm.value.decision"].search(
            [("partner_id", "in", fading.ids)], order="partner_id, id"
        )
        self.assertEqual(decided.mapped("kind"), ["done", "snooze", "reject", "done"])
        self.assertEqual(decided.user_id, self.salesperson)
        self.assertEqual(decided[2].note, "Moved abroad")

    def test_salesperson_sees_what_matters(self):
        fading = self._fade("Overview Fading A", "Overview Fading B")
        self.start_tour(
            "/odoo/customer-overview", "crm_value_overview", login="tour_salesperson"
        )
        decided = self.env["crm.value.decision"].search(
            [("partner_id", "in", fading.ids)]
        )
        self.assertEqual((decided.kind, decided.user_id), ("done", self.salesperson))

    def test_manager_sees_what_matters(self):
        self._fade("Overview Fading A", "Overview Fading B")
        self.start_tour(
            "/odoo/customer-overview",
            "crm_value_overview_manager",
            login="tour_manager",
        )

    def test_charts_open_customers(self):
        self.start_tour(
            "/odoo/customer-value-pareto", "crm_value_charts", login="tour_salesperson"
        )

    def test_salesperson_reads_the_loyalty_matrix(self):
        self.start_tour(
            "/odoo/customer-loyalty-matrix",
            "crm_value_loyalty_matrix",
            login="tour_salesperson",
        )

    def test_salesperson_compares_months(self):
        with patch.object(IrCron, "_commit_progress", lambda *_a, **_k: float("inf")):
            self.env["crm.value.month"]._work(self.company)
        self.start_tour(
            "/odoo/customer-value-channels",
            "crm_value_months",
            login="tour_salesperson",
        )

    def test_manager_reads_the_statement_of_equity(self):
        self.start_tour(
            "/odoo/customer-value-equity", "crm_value_equity", login="tour_manager"
        )

    def test_salesperson_reads_the_reports_on_the_lifecycle(self):
        self.start_tour(
            "/odoo/customer-migration",
            "crm_value_lifecycle_reports",
            login="tour_salesperson",
        )

    def test_manager_sees_what_retention_is_worth(self):
        self.start_tour(
            "/odoo/customer-retention", "crm_value_retention", login="tour_manager"
        )

    def test_manager_publishes_a_policy(self):
        self.start_tour(
            "/odoo/customer-value-policies", "crm_value_publish", login="tour_manager"
        )
        policy = self.env["crm.value.policy"]._published(self.company)
        self.assertEqual((policy.version, policy.window_days), (2, 180))

    def test_manager_reads_the_model_card_and_learns_again(self):
        self.start_tour(
            "/odoo/customer-value-runs", "crm_value_model_card", login="tour_manager"
        )
        waiting = self.env["crm.value.run"].search(
            [("company_id", "=", self.company.id), ("state", "=", "queued")]
        )
        self.assertTrue(waiting.refit)

    def test_salesperson_sees_how_good_the_forecast_was(self):
        found, card = fitting.fit(days_of(regular(80)), AS_OF, RULES)
        fit = self.env["crm.value.run"]._current(self.company).fit_id
        fit.write({"rule": found.rule, "card": card, "parameters": found.to_json()})
        self.start_tour(
            f"/odoo/customer-value-models/{fit.id}",
            "crm_value_model_card_past",
            login="tour_salesperson",
        )

    def test_partner_shows_its_value(self):
        self.start_tour(
            f"/odoo/contacts/{self.customers[0].id}",
            "crm_value_partner",
            login="tour_salesperson",
        )

    def test_salesperson_notes_the_share_of_wallet(self):
        profile = self.env["crm.value.profile"].search(
            [("partner_id", "=", self.customers[1].id)]
        )
        self.start_tour(
            f"/odoo/customer-value/{profile.id}",
            "crm_value_wallet",
            login="tour_salesperson",
        )
        self.assertEqual(profile.wallet_share, 0.25)
        self.assertEqual(profile.wallet_ids.user_id, self.salesperson)

    def test_salesperson_notes_who_referred_a_customer(self):
        small = self.customers[2]
        self.start_tour(
            f"/odoo/contacts/{small.id}",
            "crm_value_referral",
            login="tour_salesperson",
        )
        self.assertEqual(small.value_referrer_id, self.customers[0])

    def test_documents_carry_a_badge(self):
        order = self.env["sale.order"].create(
            {
                "partner_id": self.customers[0].id,
                "company_id": self.company.id,
                "user_id": self.salesperson.id,
            }
        )
        self.start_tour(
            f"/odoo/orders/{order.id}", "crm_value_badge", login="tour_salesperson"
        )

    def test_manager_sets_up_a_playbook(self):
        # Of all companies: what they share is changed by who works in each.
        self.manager.company_ids = self.env["res.company"].search([])
        self.start_tour(
            "/odoo/customer-playbooks", "crm_value_playbook_setup", login="tour_manager"
        )
        step = self.env.ref("crm_value.playbook_declining").template_ids[0]
        self.assertEqual(step.summary, "Diagnosis: visit and ask")

    def test_salesperson_starts_a_playbook(self):
        profile = self.env["crm.value.profile"].search(
            [
                ("partner_id", "=", self.customers[0].id),
                ("company_id", "=", self.company.id),
            ]
        )
        profile.stage_id = self.env.ref("crm_value.stage_decline")
        self.start_tour(
            f"/odoo/customer-value/{profile.id}",
            "crm_value_playbook_start",
            login="tour_salesperson",
        )
        activities = self.customers[0].activity_ids
        self.assertEqual(activities.user_id, self.salesperson)

    def test_empty_company_says_what_to_do(self):
        self.env["crm.value.profile"].search(
            [("company_id", "=", self.company.id)]
        ).unlink()
        self.start_tour(
            "/odoo/customer-value", "crm_value_empty", login="tour_salesperson"
        )

    def test_manager_of_an_empty_company_runs_or_imports(self):
        panels = self.env["onboarding.onboarding"].with_company(self.company)
        panels.action_value_close()
        self.env["crm.value.profile"].search(
            [("company_id", "=", self.company.id)]
        ).unlink()
        self.start_tour(
            "/odoo/customer-overview", "crm_value_overview_empty", login="tour_manager"
        )
