"""A salesperson asks, a manager approves, the customer signs; in a browser."""

from odoo.tests import HttpCase, tagged

from .authority_common import AuthorityCommon


@tagged("post_install", "-at_install")
class TestAuthorityTours(HttpCase, AuthorityCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("en_US")

    def test_salesperson_asks_manager_approves_customer_signs(self):
        order = self._quote(12, require_signature=True, require_payment=False).sudo()
        order.validity_date = False
        order._portal_ensure_token()
        self.start_tour(
            f"/odoo/orders/{order.id}",
            "crm_value_authority_ask",
            login="authority_seller",
        )
        approval = order.value_approval_ids
        self.assertEqual(approval.state, "asked")
        self.start_tour(
            "/odoo/discount-approvals",
            "crm_value_authority_approve",
            login=approval.approver_id.login,
        )
        self.assertEqual(approval.state, "approved")
        self.start_tour(order.get_portal_url(), "crm_value_authority_sign", login=None)
        self.assertEqual(order.state, "sale")
        self.assertEqual(order.signed_by, "Ann Acme")

    def test_manager_sets_the_first_authority(self):
        rules = self.env["crm.value.authority"]
        rules.search([("company_id", "=", self.company.id)]).unlink()
        self.start_tour(
            "/odoo/discount-authority",
            "crm_value_authority_set",
            login="authority_manager",
        )
        made = rules.search([("company_id", "=", self.company.id)])
        self.assertEqual(made.max_discount, 15)
