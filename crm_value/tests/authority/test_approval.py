"""Asking, deciding, and how long a decision holds."""

from odoo.exceptions import AccessError, RedirectWarning, UserError
from odoo.tests import Form, tagged

from .authority_common import AuthorityCommon

APPROVAL = "crm.value.approval"


@tagged("post_install", "-at_install")
class TestApproval(AuthorityCommon):
    def test_salesperson_asks_and_the_approver_has_an_activity(self):
        order = self._quote(12)
        self.assertEqual(order.value_approval_state, "needed")
        told = "88.00 instead of $ 100.00, which is 12% off; 10% allowed"
        self.assertIn(
            told, order.value_approval_text.replace("\N{NO-BREAK SPACE}", " ")
        )
        action = order.action_value_ask()
        dialogs = self.env[action["res_model"]].with_user(self.seller)
        with Form(dialogs.with_context(**action["context"])) as form:
            self.assertIn(self.leader, form.candidate_ids[:])
            form.approver_id = self.leader
            form.note = "They compare"
        form.record.action_ask()
        self.assertEqual(order.value_approval_state, "asked")
        activity = order.sudo().activity_ids
        self.assertEqual(activity.user_id, self.leader)
        self.assertIn("They compare", str(activity.note))
        approval = order.value_approval_ids
        self.assertEqual((approval.discount, approval.allowed_discount), (12, 10))
        self.assertEqual(approval.reason, "They compare")

    def test_approver_decides_and_the_salesperson_is_told(self):
        order = self._asked()
        seen = order.with_user(self.leader)
        self.assertTrue(seen.value_may_approve)
        seen.action_value_approve()
        self.assertEqual(order.value_approval_state, "approved")
        self.assertFalse(order.sudo().activity_ids)
        told = order.sudo().message_ids.mapped("body")
        self.assertTrue(any("Leader has approved" in body for body in told))
        order.action_quotation_sent()
        self.assertEqual(order.state, "sent")

    def test_refusal_has_a_reason_and_can_be_asked_again(self):
        order = self._asked()
        order.with_user(self.leader)._value_decide_approval("refused", "Too much")
        self.assertEqual(order.value_approval_state, "refused")
        self.assertEqual(order.value_approval_ids.note, "Too much")
        with self.assertRaises(RedirectWarning):
            order.action_confirm()
        order._value_ask_approval("Once more", self.leader)
        self.assertEqual(order.value_approval_state, "asked")

    def test_more_than_asked_for_is_not_approved_unseen(self):
        order = self._asked(12)
        order.order_line.discount = 25
        with self.assertRaises(UserError):
            order.with_user(self.leader).action_value_approve()
        order._value_ask_approval("More", self.leader)
        self.assertEqual(len(order.value_approval_ids), 1)
        order.with_user(self.leader).action_value_approve()
        self.assertEqual(order.value_approval_state, "approved")

    def test_question_goes_with_its_need(self):
        order = self._asked(12)
        order.order_line.discount = 9
        order.action_quotation_sent()
        self.assertFalse(order.value_approval_ids)
        self.assertFalse(order.sudo().activity_ids)
        cancelled = self._asked(12)
        cancelled.action_cancel()
        self.assertFalse(cancelled.value_approval_ids)

    def test_four_eyes(self):
        order = self._asked()
        with self.assertRaises(AccessError):
            order.action_value_approve()
        own = self._quote(50, self.manager)
        self.assertFalse(own.value_may_approve)
        with self.assertRaises(AccessError):
            own.action_value_approve()
        boss = self._person(
            "boss", "crm_value.group_manager,sales_team.group_sale_manager"
        )
        own._value_ask_approval("Mine", boss)
        own.with_user(boss).action_value_approve()
        self.assertEqual(own.value_approval_state, "approved")

    def test_beyond_the_leaders_authority_a_manager_decides(self):
        order = self._quote(50)
        with self.assertRaises(UserError):
            order._value_ask_approval("Please", self.leader)
        order._value_ask_approval("Please", self.manager)
        with self.assertRaises(AccessError):
            order.with_user(self.leader).action_value_approve()
        order.with_user(self.manager).action_value_approve()
        self.assertEqual(order.value_approval_state, "approved")

    def test_approval_holds_while_the_order_gets_no_worse(self):
        order = self._approved(12)
        for discount, state in ((12, "approved"), (10, "approved"), (12.01, "needed")):
            order.order_line.discount = discount
            self.assertEqual(order.value_approval_state, state, discount)
        with self.assertRaises(RedirectWarning):
            order.action_confirm()
        order.order_line.discount = 11
        order.action_confirm()
        self.assertEqual(order.state, "sale")

    def test_another_product_or_customer_is_not_covered(self):
        order = self._approved(12)
        order.order_line.product_id = self._product("Other", 100)
        order.order_line.discount = 12
        self.assertEqual(order.value_approval_state, "needed")
        order = self._approved(12)
        order.partner_id = self._customer("Somebody Else")
        order.order_line.discount = 12
        self.assertEqual(order.value_approval_state, "needed")

    def test_lower_margin_than_approved_is_asked_again(self):
        self.rule.margin_floor = 38
        order = self._approved(5)
        self.assertEqual(order.value_approval_ids.sudo().margin, 36.84)
        order.order_line.purchase_price = 61
        self.assertEqual(order.value_approval_state, "needed")

    def test_cost_of_a_confirmed_order_changes_nothing(self):
        self.rule.margin_floor = 38
        order = self._approved(5)
        order.action_confirm()
        order.order_line.purchase_price = 95
        self.assertFalse(order.value_approval_state)
        self.assertEqual(order.state, "sale")

    def test_copy_starts_anew(self):
        copied = self._approved(12).copy()
        self.assertFalse(copied.value_approval_ids)
        copied.order_line.discount = 12
        self.assertEqual(copied.value_approval_state, "needed")

    def test_margin_in_words_to_who_may_not_see_it(self):
        self.rule.margin_floor = 38
        order = self._asked(5)
        self.assertIn("below what is asked for", order.value_approval_text)
        self.assertNotIn("38", order.value_approval_text)
        self.assertIn("38", order.with_user(self.leader).value_approval_text)
        approval = order.value_approval_ids
        for name in ("margin", "margin_floor"):
            with self.assertRaises(AccessError):
                approval.read([name])
            with self.assertRaises(AccessError):
                approval.search([(name, "<", 50)])
        self.assertFalse({"margin", "discounts"} & approval.read()[0].keys())

    def test_who_decides_reads_who_asks_and_why(self):
        order = self._asked()
        asked = order.value_approval_ids
        for user in (self.seller, self.leader):
            told = order.with_user(user).value_approval_text
            self.assertIn(f"{self.seller.name} asks for it: {asked.reason}", told)

    def test_nobody_writes_approvals_by_hand(self):
        order = self._asked()
        approval = order.value_approval_ids
        for user in (self.seller, self.leader, self.manager):
            with self.assertRaises(AccessError):
                approval.with_user(user).write({"state": "approved"})
            with self.assertRaises(AccessError):
                self.env[APPROVAL].with_user(user).create({"order_id": order.id})
            with self.assertRaises(AccessError):
                approval.with_user(user).unlink()

    def test_approvals_are_read_by_who_is_concerned(self):
        approval = self._asked().value_approval_ids
        approval.partner_id.user_id = self.seller
        other = self._person("other", "sales_team.group_sale_salesman")
        found = self.env[APPROVAL].search([])
        self.assertIn(approval, found.with_user(self.seller).search([]))
        self.assertIn(approval, found.with_user(self.leader).search([]))
        self.assertNotIn(approval, found.with_user(other).search([]))
        elsewhere = self._create_company("Elsewhere", self.usd)
        stranger = self._person("stranger", "crm_value.group_manager", elsewhere)
        found = found.with_context(allowed_company_ids=elsewhere.ids)
        self.assertNotIn(approval, found.with_user(stranger).search([]))

    def test_waiting_quotations_are_found(self):
        order = self._asked()
        self._quote(12)
        waiting = [("value_approval_ids.state", "=", "asked")]
        found = self.env["sale.order"].with_user(self.leader).search(waiting)
        self.assertEqual(found, order)
        action = order.action_value_open_approvals()
        self.assertEqual(action["domain"], [("order_id", "=", order.id)])
        opened = order.value_approval_ids.action_open_order()
        self.assertEqual(opened["res_id"], order.id)

    def test_form_says_it_while_one_types(self):
        form = Form(self.env["sale.order"].with_user(self.seller))
        form.partner_id = self.acme
        with form.order_line.new() as line:
            line.product_id = self.product
            line.price_unit = 80
        self.assertEqual(form.value_approval_state, "needed")
        with form.order_line.edit(0) as line:
            line.price_unit = 95
        self.assertFalse(form.value_approval_state)

    def test_nothing_is_asked_or_decided_without_need(self):
        order = self._quote(5)
        with self.assertRaises(UserError):
            order._value_ask_approval("For nothing", self.leader)
        with self.assertRaises(UserError):
            order.with_user(self.leader).action_value_approve()
