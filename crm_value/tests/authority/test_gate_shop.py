"""A cart of Odoo's shop is paid and confirmed.

Runs where website_sale and payment_demo are installed.
"""

from odoo import Command
from odoo.tests import HttpCase, new_test_user, tagged

from .authority_common import AuthorityCommon


@tagged("post_install", "-at_install")
class TestGateShop(HttpCase, AuthorityCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if "website_id" not in cls.env["sale.order"]._fields:
            return
        cls.website = cls.env["website"].search([], limit=1)
        cls.website.write(
            {"company_id": cls.company.id, "salesperson_id": cls.seller.id}
        )
        cls.website.user_id.sudo().write(
            {
                "company_ids": [Command.link(cls.company.id)],
                "company_id": cls.company.id,
            }
        )
        cls.product.write(
            {"website_published": True, "sale_ok": True, "invoice_policy": "order"}
        )
        cls.shopper = new_test_user(
            cls.env,
            "shopper",
            "base.group_portal",
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
        )
        cls.shopper.partner_id.write({"parent_id": cls.acme.id, "lang": "en_US"})
        cls._half_price()

    @classmethod
    def _half_price(cls):
        """Let the shop ask half of what a Widget costs."""
        cls.env["product.pricelist"].search([]).active = False
        pricelist = cls.env["product.pricelist"].create(
            {
                "name": "Sale",
                "company_id": cls.company.id,
                "currency_id": cls.usd.id,
                "website_id": cls.website.id,
                "selectable": True,
                "item_ids": [
                    Command.create(
                        {
                            "compute_price": "percentage",
                            "applied_on": "3_global",
                            "percent_price": 50,
                        }
                    )
                ],
            }
        )
        cls.acme.with_company(cls.company).property_product_pricelist = pricelist

    def setUp(self):
        super().setUp()
        if "website_id" not in self.env["sale.order"]._fields:
            self.skipTest("website_sale is not installed")
        if not self.env["payment.provider"].search([("code", "=", "demo")]):
            self.skipTest("payment_demo is not installed")

    def _cart(self):
        self.authenticate("shopper", "shopper")
        template = self.product.product_tmpl_id
        asked = {"product_template_id": template.id, "product_id": self.product.id}
        self.make_jsonrpc_request("/shop/cart/add", {**asked, "quantity": 2})
        cart = self.env["sale.order"].search(
            [("partner_id", "=", self.shopper.partner_id.id)], limit=1, order="id DESC"
        )
        self.assertEqual(cart.website_id, self.website)
        return cart

    def _pay(self, cart):
        """Pay as a provider tells it, and come back to the shop."""
        demo = self.env["payment.provider"].search([("code", "=", "demo")], limit=1)
        provider = demo.copy({"company_id": self.company.id, "state": "test"})
        provider.journal_id = self.env["account.journal"].search(
            [("type", "=", "bank"), ("company_id", "=", self.company.id)], limit=1
        )
        method = self.env["payment.method"].with_context(active_test=False)
        payment = self.env["payment.transaction"].create(
            {
                "provider_id": provider.id,
                "payment_method_id": method.search([], limit=1).id,
                "reference": cart.name,
                "amount": cart.amount_total,
                "currency_id": cart.currency_id.id,
                "partner_id": cart.partner_id.id,
                "operation": "online_direct",
                "state": "done",
                "sale_order_ids": [Command.set(cart.ids)],
            }
        )
        payment.with_user(self.shopper).sudo()._post_process()

    def _ways_back(self):
        for path in ("/shop/payment/validate", "/shop/confirmation"):
            page = self.url_open(path, timeout=60)  # the shop's assets are made once
            self.assertEqual(page.status_code, 200, path)

    def test_what_the_shop_asks_of_everybody_needs_no_approval(self):
        self._allow(10)
        cart = self._cart()
        self.assertEqual(cart.amount_untaxed, 100)
        self.assertEqual(self._worst(cart), 50)
        self._pay(cart)
        self.assertEqual(cart.state, "sale")
        self._ways_back()

    def test_cart_that_a_colleague_made_cheaper_is_kept_with_its_money(self):
        cart = self._cart()
        cart.with_user(self.seller).order_line.discount = 60
        self._pay(cart)
        self.assertEqual(cart.state, "draft")
        self.assertIn("Paid", cart.activity_ids.summary)
        self._ways_back()

    def test_other_open_offer_never_holds_up_who_pays(self):
        self.company.value_face = "block"
        self._quote(partner_id=self.acme.id)
        cart = self._cart()
        self._pay(cart)
        self.assertEqual(cart.state, "sale")
