"""Benefits and their costs in a browser."""

from odoo import Command
from odoo.tests import HttpCase, new_test_user, tagged

from .benefit_common import BenefitCommon


@tagged("post_install", "-at_install")
class TestBenefitTours(HttpCase, BenefitCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("en_US")
        cls.silver.payment_term_id = cls.env["account.payment.term"].create(
            {"name": "45 days"}
        )
        cls.user = new_test_user(
            cls.env,
            "benefit_tour",
            "crm_value.group_officer,sales_team.group_sale_salesman_all_leads",
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
            lang="en_US",
        )

    def test_salesperson_applies_a_suggestion(self):
        order = self._quote(self.acme, user_id=self.user.id)
        self.start_tour(
            f"/odoo/orders/{order.id}", "crm_value_benefit_order", login="benefit_tour"
        )
        self.assertEqual(order.payment_term_id.name, "45 days")

    def test_officer_reads_what_loyalty_costs(self):
        self._quote(self.acme).action_confirm()
        self._score()
        self._join(self.acme, self.silver)
        self.start_tour(
            "/odoo/loyalty-costs", "crm_value_tier_cost", login="benefit_tour"
        )
