"""A customer neither signs nor pays what waits for an approval; over HTTP."""

from odoo import Command
from odoo.tests import HttpCase, tagged
from odoo.tests.common import JsonRpcException
from odoo.tools import mute_logger

from .authority_common import AuthorityCommon

PIXEL = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAA"
    "AABJRU5ErkJggg=="
)


@tagged("post_install", "-at_install")
class TestGatePortal(HttpCase, AuthorityCommon):
    def _offer(self, discount, **values):
        """Return a quotation that is to be signed, as the customer gets it."""
        values = {"require_signature": True, "require_payment": False, **values}
        order = self._quote(discount, **values).sudo()
        order.validity_date = False
        order._portal_ensure_token()
        return order

    def _call(self, order, route, **params):
        params["access_token"] = order.access_token
        return self.make_jsonrpc_request(f"/my/orders/{order.id}/{route}", params)

    def _page(self, order, **params):
        query = "".join(f"&{key}={value}" for key, value in params.items())
        page = self.url_open(order.get_portal_url(query_string=query))
        return page.text

    def _accept(self, order):
        return self._call(order, "accept", name="Ann", signature=PIXEL)

    def test_signature_is_not_taken_before_the_approval(self):
        order = self._offer(12)
        self.assertIn("error", self._accept(order))
        self.assertFalse(order.signature)
        self.assertEqual(order.state, "draft")
        page = self._page(order)
        self.assertIn("o_value_held", page)
        self.assertNotIn("12.00", page.split("o_value_held")[1][:400])
        self.assertNotIn("#modalaccept", page)
        order.with_user(self.seller)._value_ask_approval("Please", self.leader)
        order.with_user(self.leader).action_value_approve()
        self.assertNotIn("o_value_held", self._page(order))
        self.assertIn("redirect_url", self._accept(order))
        self.assertEqual(order.state, "sale")

    def test_signature_of_what_is_within_authority_is_taken(self):
        order = self._offer(10)
        self.assertIn("redirect_url", self._accept(order))
        self.assertEqual(order.state, "sale")

    @mute_logger("odoo.http")
    def test_payment_is_not_begun_before_the_approval(self):
        order = self._offer(12, require_payment=True, require_signature=False)
        with self.assertRaisesRegex(JsonRpcException, "ValidationError"):
            self._call(order, "transaction", **self._paying(order))
        self.assertFalse(order.transaction_ids)
        for params in ({}, {"payment_amount": order.amount_total}):
            self.assertNotIn("o_payment_form", self._page(order, **params))
        order.order_line.with_user(self.seller).discount = 5
        self._call(order, "transaction", **self._paying(order))
        self.assertTrue(order.transaction_ids)

    def _provider(self):
        provider = self.env["payment.provider"].search(
            [("company_id", "=", self.company.id), ("code", "=", "none")], limit=1
        )
        method = self.env["payment.method"].with_context(active_test=False)
        method = method.search([("code", "=", "unknown")], limit=1)
        provider = provider or self.env["payment.provider"].create(
            {
                "name": "Dummy",
                "code": "none",
                "company_id": self.company.id,
                "payment_method_ids": [Command.set(method.ids)],
            }
        )
        provider.state = "test"
        method.active = True
        return provider, method

    def _paying(self, order):
        provider, method = self._provider()
        return {
            "provider_id": provider.id,
            "payment_method_id": method.id,
            "token_id": None,
            "amount": order.amount_total,
            "flow": "direct",
            "tokenization_requested": False,
            "landing_route": "/my",
        }

    def _pay_for(self, order, state):
        provider, method = self._provider()
        return self.env["payment.transaction"].create(
            {
                "provider_id": provider.id,
                "payment_method_id": method.id,
                "reference": f"{order.name} {state}",
                "amount": order.amount_total,
                "currency_id": order.currency_id.id,
                "partner_id": order.partner_id.id,
                "operation": "online_direct",
                "state": state,
                "sale_order_ids": [Command.set(order.ids)],
            }
        )

    def test_money_that_came_is_kept_and_somebody_is_told(self):
        """Whoever enters it: the cron, a customer, or a colleague of less authority."""
        helper = self._person("helper", "sales_team.group_sale_salesman_all_leads")
        self._allow(1, "account.group_account_invoice", sequence=0)
        order = self._offer(12, require_payment=True)
        payment = self._pay_for(order, "done").with_user(helper).sudo()
        payment._check_amount_and_confirm_order()
        self.assertEqual(order.state, "draft")
        self.assertIn("Paid", order.activity_ids.summary)
        self.assertEqual(order.activity_ids.user_id, self.seller)
        order.with_user(self.leader).action_value_approve()
        payment._check_amount_and_confirm_order()
        self.assertEqual(order.state, "sale")

    def test_pending_money_raises_nothing(self):
        order = self._offer(12, require_payment=True)
        payment = self._pay_for(order, "pending")
        payment.with_user(self.seller).sudo()._post_process()
        self.assertEqual(order.state, "sent")

    def test_customers_choice_after_the_approval_is_checked_again(self):
        """Fewer options let a fixed discount weigh more."""
        section = {
            "name": "Options",
            "display_type": "line_section",
            "is_optional": True,
        }
        rebate = self._product("Rebate", 0)
        sold = {"product_id": self.product.id, "product_uom_qty": 1}
        order = self._offer(
            0,
            lines=[
                Command.create({**sold, "sequence": 1}),
                Command.create(
                    {"product_id": rebate.id, "price_unit": -24, "sequence": 2}
                ),
                Command.create({**section, "sequence": 3}),
                Command.create({**sold, "sequence": 4}),
            ],
        )
        order.with_user(self.seller)._value_ask_approval("Both", self.leader)
        order.with_user(self.leader).action_value_approve()
        self.assertFalse(order._value_held())
        option = order.order_line.sorted("sequence")[-1]
        self._call(order, "update_line_dict", line_id=option.id, input_quantity=0)
        self.assertEqual(option.product_uom_qty, 0)
        self.assertTrue(order._value_held())
        self.assertIn("error", self._accept(order))
        self.assertIn("choice", order.activity_ids.summary)
        self._call(order, "update_line_dict", line_id=option.id, input_quantity=2)
        self.assertIn("redirect_url", self._accept(order))

    def test_an_option_beyond_authority_needs_the_approval_from_the_start(self):
        section = {
            "name": "Options",
            "display_type": "line_section",
            "is_optional": True,
        }
        sold = {"product_id": self.product.id}
        order = self._offer(
            0,
            lines=[
                Command.create({**sold, "product_uom_qty": 1, "sequence": 1}),
                Command.create({**section, "sequence": 2}),
                Command.create(
                    {**sold, "product_uom_qty": 0, "discount": 40, "sequence": 3}
                ),
            ],
        )
        self.assertIn("error", self._accept(order))

    def test_token_of_another_order_opens_nothing(self):
        order = self._offer(12)
        answer = self.make_jsonrpc_request(
            f"/my/orders/{order.id}/accept",
            {"access_token": "wrong", "name": "Eve", "signature": PIXEL},
        )
        self.assertIn("error", answer)
        page = self.url_open(
            f"/my/orders/{order.id}?access_token=wrong&payment_amount=5"
        )
        self.assertNotIn("o_value_held", page.text)
