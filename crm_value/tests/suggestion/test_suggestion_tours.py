"""Suggestions in a browser."""

from odoo.tests import HttpCase, tagged

from .suggestion_common import OFFER, SuggestionCommon


@tagged("post_install", "-at_install")
class TestSuggestionTours(HttpCase, SuggestionCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("en_US")

    def test_salesperson_adds_one_and_dismisses_one(self):
        order = self._quote(self.tea)
        self.start_tour(
            f"/odoo/orders/{order.id}",
            "crm_value_suggestions",
            login="suggestion_seller",
        )
        self.assertIn(self.cup, order.order_line.product_id)
        offers = self.env[OFFER].search([("partner_id", "=", self.customer.id)])
        self.assertEqual(
            {offer.product_id.name: offer.outcome for offer in offers},
            {"Cup": "added", "Pot": "dismissed"},
        )

    def test_salesperson_adds_one_in_the_catalog(self):
        order = self._quote(self.tea)
        self.start_tour(
            f"/odoo/orders/{order.id}",
            "crm_value_suggestions_catalog",
            login="suggestion_seller",
        )
        self.assertIn(self.pot, order.order_line.product_id)
