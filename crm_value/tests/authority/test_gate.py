"""What gives too much is not sent or confirmed, whatever the way."""

from odoo import SUPERUSER_ID, Command
from odoo.exceptions import AccessError, RedirectWarning, UserError
from odoo.tests import tagged

from .authority_common import AuthorityCommon

# pylint: disable=translation-required


@tagged("post_install", "-at_install")
class TestGate(AuthorityCommon):
    def test_each_way_of_sending_and_confirming_is_refused(self):
        order = self._quote(12)
        sending = order.with_context(mark_so_as_sent=True)
        for way in (
            order.action_quotation_send,
            order.action_quotation_sent,
            order.action_confirm,
            lambda: order.write({"state": "sale"}),
            lambda: order.write({"state": "sent"}),
            lambda: sending.message_post(body="Here it is"),
            lambda: order.with_context(proforma=True).action_quotation_send(),
        ):
            with self.assertRaises(RedirectWarning):
                way()
            order.invalidate_recordset()
            self.assertEqual(order.state, "draft")

    def test_cancelled_quotation_is_no_way_around(self):
        order = self._quote(12)
        order.action_cancel()
        with self.assertRaises(RedirectWarning):
            order.write({"state": "sale"})

    def test_refusal_says_why_and_offers_to_ask(self):
        order = self._quote(12)
        with self.assertRaises(RedirectWarning) as refused:
            order.action_confirm()
        message, action, _button, context = refused.exception.args
        self.assertIn("which is 12% off; 10% allowed", message)
        self.assertEqual(context["default_order_id"], order.id)
        found = self.env["ir.actions.act_window"].browse(action)
        self.assertEqual(found.res_model, "crm.value.approval.dialog")

    def test_many_are_confirmed_together_or_not_at_all(self):
        orders = self._quote(5) | self._quote(12) | self._quote(15)
        with self.assertRaises(UserError) as refused:
            orders.action_confirm()
        self.assertIn(orders[1].name, str(refused.exception))
        self.assertIn(orders[2].name, str(refused.exception))
        self.assertNotIn(orders[0].name, str(refused.exception))

    def test_created_as_confirmed_is_refused(self):
        with self.assertRaises(UserError):
            self._quote(12, state="sale")
        with self.assertRaises(UserError):
            self._quote(12, state="sent")
        self.assertEqual(self._quote(9, state="sent").state, "sent")

    def test_made_worse_with_the_state_or_after_sending_is_refused(self):
        order = self._quote(5)
        line = Command.update(order.order_line.id, {"discount": 40})
        with self.assertRaises(UserError):
            order.write({"state": "sale", "order_line": [line]})
        order = self._quote(5)
        order.action_quotation_sent()
        order.order_line.discount = 40
        sending = order.with_context(mark_so_as_sent=True)
        with self.assertRaises(RedirectWarning):
            sending.message_post(body="Again")

    def test_another_salesperson_on_the_order_changes_nothing(self):
        order = self._quote(12)
        order.sudo().user_id = self.leader
        self.assertTrue(order._value_held())
        own = self._quote(5, self.leader)
        self.assertFalse(own._value_held())
        own.order_line.sudo(False).with_user(self.manager).discount = 40
        self.assertTrue(own._value_held())

    def test_who_priced_a_line_is_not_claimed(self):
        order = self._quote(12)
        order.order_line.write({"value_priced_by_id": self.leader.id})
        self.assertEqual(order.order_line.value_priced_by_id, self.seller)
        order.order_line.write({"discount": 13, "value_priced_by_id": self.leader.id})
        self.assertEqual(order.order_line.value_priced_by_id, self.seller)

    def test_cheaper_currency_is_the_deed_of_who_chose_it(self):
        order = self._quote(0, self.leader)
        euro = self._currency("EUR", 2.0)
        pricelist = self.env["product.pricelist"].create(
            {"name": "Euro", "currency_id": euro.id, "company_id": self.company.id}
        )
        seller = self._person("all", "sales_team.group_sale_salesman_all_leads")
        order.with_user(seller).pricelist_id = pricelist
        self.assertEqual(order.order_line.value_priced_by_id, seller)
        with self.assertRaises(RedirectWarning):
            order.with_user(seller).action_confirm()

    def test_within_own_authority_it_is_kept_as_approved(self):
        order = self._quote(20)
        order.with_user(self.leader).action_quotation_sent()
        approval = order.value_approval_ids
        self.assertEqual(approval.state, "approved")
        self.assertEqual(approval.decided_by_id, self.leader)
        self.assertFalse(order._value_held())

    def test_who_is_named_by_no_rule_allows_nothing_of_others(self):
        order = self._quote(12)
        books = self._person("books", "account.group_account_manager")
        seen = order.with_user(books)
        self.assertFalse(order._value_may_approve(books))
        with self.assertRaises(AccessError):
            seen.action_value_approve()
        with self.assertRaises(RedirectWarning):
            seen.write({"state": "sale"})

    def test_assistant_sends_what_its_author_may_give(self):
        order = self._quote(20, self.leader)
        helper = self._person("helper", "sales_team.group_sale_salesman_all_leads")
        order.with_user(helper).action_quotation_sent()
        self.assertFalse(order._value_held())

    def test_confirmed_order_gets_no_cheaper_by_the_way(self):
        order = self._quote(5)
        order.action_confirm()
        with self.assertRaises(UserError):
            order.order_line.discount = 40
        order.invalidate_recordset()
        goodwill = {
            "order_id": order.id,
            "product_id": self.product.id,
            "price_unit": -50,
        }
        with self.assertRaises(UserError):
            self.env["sale.order.line"].with_user(self.seller).create(goodwill)
        order.order_line.discount = 9
        order.order_line.product_uom_qty = 4
        self.assertEqual(order.amount_untaxed, 364)

    def test_old_order_may_become_less_bad(self):
        self.rule.active = False
        order = self._quote(40)
        order.action_confirm()
        self.rule.active = True
        order.order_line.discount = 35
        self.assertEqual(order.amount_untaxed, 65)

    def test_system_confirms_nothing_that_is_held_and_tells(self):
        order = self._quote(12)
        order.with_user(SUPERUSER_ID).action_confirm()
        self.assertEqual(order.state, "draft")
        activity = order.sudo().activity_ids
        self.assertEqual(activity.user_id, self.seller)
        order.with_user(SUPERUSER_ID).action_confirm()
        self.assertEqual(len(order.sudo().activity_ids), 1)

    def test_payment_link_is_not_given(self):
        order = self._quote(12)
        context = {"active_id": order.id, "active_model": "sale.order"}
        links = self.env["payment.link.wizard"].with_user(self.seller)
        link = links.with_context(**context).create({})
        self.assertIn("needs an approval", link.warning_message)
        order.order_line.discount = 5
        link = links.with_context(**context).create({})
        self.assertFalse(link.warning_message)

    def test_order_without_an_author_of_ours_has_the_rules_for_everybody(self):
        """Orders of a shop have no author of ours: rules for everybody count."""
        everybody = self._allow(0, sequence=9)
        rules = self.rule | everybody
        nobody = self.env["res.users"]
        profile = self.env["crm.value.profile"]
        self.assertEqual(rules._strictest(nobody, profile).discount, 0)
        self.assertEqual(rules._strictest(self.seller, profile).discount, 10)
