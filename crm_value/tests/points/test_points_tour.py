"""Earning and spending points in the back office, in a browser."""

from unittest.mock import patch

from odoo import Command
from odoo.tests import HttpCase, new_test_user, tagged

from odoo.addons.base.models.ir_cron import IrCron


@tagged("post_install", "-at_install")
class TestPointsTour(HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("en_US")
        cls.company = cls.env["res.company"].create({"name": "Tour Points"})
        cls.env["account.chart.template"].try_loading(
            "generic_coa", company=cls.company, install_demo=False
        )
        cls.env.user.company_ids += cls.company
        cls.env = cls.env(
            context=dict(cls.env.context, allowed_company_ids=cls.company.ids)
        )
        cls.env["loyalty.program"].action_value_set_up()
        cls.program = cls.company.with_env(cls.env)._value_points_program()
        cls.program.value_return_days = 0
        cls.seller = new_test_user(
            cls.env,
            "points_seller",
            "base.group_user,sales_team.group_sale_salesman_all_leads,"
            "account.group_account_invoice",
            company_id=cls.company.id,
            company_ids=cls.company.ids,
            lang="en_US",
        )
        cls.product = cls.env["product.product"].create(
            {
                "name": "Widget",
                "type": "service",
                "invoice_policy": "order",
                "taxes_id": False,
            }
        )
        cls.acme = cls.env["res.partner"].create(
            {"name": "Tour Customer", "is_company": True}
        )

    def _quotation(self, amount):
        return self.env["sale.order"].create(
            {
                "partner_id": self.acme.id,
                "user_id": self.seller.id,
                "company_id": self.company.id,
                "order_line": [
                    Command.create(
                        {
                            "product_id": self.product.id,
                            "price_unit": amount,
                            "tax_ids": False,
                        }
                    )
                ],
            }
        )

    def _walk(self, order, tour):
        path = f"/odoo/action-sale.action_quotations_with_onboarding/{order.id}"
        self.start_tour(path, tour, login="points_seller")

    def test_order_earns_and_the_next_one_spends_and_gives_back(self):
        self._walk(self._quotation(5000), "crm_value_points_earn")
        with patch.object(IrCron, "_commit_progress", lambda *_a, **_k: float("inf")):
            self.env["crm.value.points"]._cron_points()
        self._walk(self._quotation(200), "crm_value_points_spend")
        card = self.env["loyalty.card"]._value_card_of(self.program, self.acme)
        card.invalidate_recordset()
        self.assertEqual(card.points, 5000)
        self.start_tour(
            "/odoo/points-movements",
            "crm_value_points_movements",
            login="points_seller",
        )
