"""Two open offers of one product to one customer do not go out unseen."""

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from ..common import TODAY, ago
from ..quotation.selling_common import ALL_LEADS, SellingCommon

# pylint: disable=translation-required


@tagged("post_install", "-at_install")
class TestFace(SellingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.theirs = cls._quote(cls.acme, 88, cls.wang)
        cls.mine = cls._quote(cls.ann, 92).with_user(cls.li)

    def _face(self, value):
        self.company.value_face = value

    def _dialog(self, action):
        self.assertEqual(action["res_model"], "crm.value.price.face")
        dialogs = self.env["crm.value.price.face"].with_user(self.li)
        return Form(dialogs.with_context(**action["context"]))

    def _notes(self, order):
        return " ".join(order.sudo().message_ids.mapped("body"))

    def _offer(self, order, reader=None):
        found = self._panel_lines(order, reader or self.li)
        return [line for code, line in found.items() if code.startswith("offer")]

    # --- shown while it is written ---

    def test_other_offer_is_told_to_both_with_no_way_into_a_colleagues_document(self):
        [line] = self._offer(self.mine)
        said = f"Wang offers Widget at $\xa088.00 in {self.theirs.name}"
        self.assertEqual(line["text"].replace("\xa0", " "), said.replace("\xa0", " "))
        self.assertEqual((line["tone"], line["opens"]), ("danger", False))
        self.assertEqual(self.mine.value_panel["first"]["code"], line["code"])
        [line] = self._offer(self.theirs, self.wang)
        self.assertIn("Li offers Widget at", line["text"])
        [line] = self._offer(self.theirs, self.officer)
        self.assertEqual(line["opens"]["id"], self.mine.id)

    def test_line_is_marked_while_the_price_is_typed(self):
        self.assertEqual(self.mine.order_line.value_price["wrong"], "conflict")
        with Form(self.mine) as form, form.order_line.edit(0) as line:
            line.price_unit = 88
            self.assertEqual(line.value_price["wrong"], "")
            self.assertEqual(line.value_price["price"], 88)
            line.price_unit = 79.2
            self.assertEqual(line.value_price["wrong"], "conflict")

    def test_same_price_of_a_colleague_is_said_more_quietly(self):
        self.mine.order_line.price_unit = 88
        [line] = self._offer(self.mine)
        self.assertIn("at the same price", line["text"])
        self.assertEqual((line["tone"], line["first"]), ("warning", None))
        self.theirs.user_id = self.li
        self.assertFalse(self._offer(self.mine))

    def test_what_is_no_open_offer_of_the_product_to_the_customer_is_none(self):
        for change in (
            {"state": "cancel"},
            {"state": "sale"},
            {"validity_date": ago(1)},
            {"partner_id": self.other.id},
        ):
            with self.subTest(change=change), self.env.cr.savepoint() as savepoint:
                self.theirs.write(change)
                self.assertFalse(self._offer(self.mine))
                savepoint.rollback()
                self.env.invalidate_all()
        self.theirs.validity_date = TODAY
        self.assertTrue(self._offer(self.mine))
        self.theirs.order_line = [Command.clear()]
        self.theirs.order_line = [
            Command.create({"display_type": "line_section", "name": "Widget"}),
            Command.create({"display_type": "line_note", "name": "Widget"}),
            Command.create(
                {
                    "product_id": self.product.id,
                    "is_downpayment": True,
                    "price_unit": 5,
                }
            ),
        ]
        self.assertFalse(self._offer(self.mine))

    def test_optional_product_nobody_has_taken_is_an_offer(self):
        self.theirs.order_line.write({"product_uom_qty": 0, "price_unit": 88})
        [line] = self._offer(self.mine)
        self.assertIn("88.00", line["text"])
        self.theirs.order_line.tax_ids = self.env["account.tax"].create(
            {"name": "In", "amount": 10, "price_include_override": "tax_included"}
        )
        self.assertFalse(self._offer(self.mine))

    def test_mine_is_compared_before_anybody_has_taken_it(self):
        self.mine.order_line.write({"product_uom_qty": 0, "price_unit": 88})
        [line] = self._offer(self.mine)
        self.assertIn("at the same price", line["text"])

    def test_other_company_offers_what_it_wants(self):
        company = self._create_company("Sister", self.usd)
        self.theirs.action_cancel()
        self._quote(
            self.acme, 50, self.env.user, company=company, line={"name": "Widget"}
        )
        self.assertFalse(self._offer(self.mine))

    def test_units_and_currencies_are_compared_as_one(self):
        euro = self._currency("EUR", 0.5)
        pricelist = self.env["product.pricelist"].create(
            {"name": "Euro", "currency_id": euro.id, "company_id": self.company.id}
        )
        self.theirs.order_line = [Command.clear()]
        self.theirs.pricelist_id = pricelist
        line = {"product_id": self.product.id, "product_uom_id": self.dozen.id}
        price = {"price_unit": 12 * 46, "tax_ids": False}
        self.theirs.order_line = [Command.create({**line, **price})]
        self.assertEqual(self.theirs.currency_id, euro)
        [line] = self._offer(self.mine)
        self.assertIn("at the same price", line["text"])
        self.theirs.order_line.price_unit = 12 * 45
        [line] = self._offer(self.mine)
        self.assertIn("90.00", line["text"])

    # --- asked when it is sent ---

    def test_reason_is_asked_for_and_noted_on_both(self):
        action = self.mine.action_quotation_send()
        with self._dialog(action) as dialog:
            self.assertIn(self.theirs.name, dialog.offers)
            dialog.reason = "Agreed with Wang"
        going = dialog.record.action_answer()
        self.assertEqual(going["res_model"], "mail.compose.message")
        self.assertEqual(self.mine.state, "draft")
        for order in (self.mine, self.theirs):
            self.assertIn("Agreed with Wang", self._notes(order))
        self.assertIn(self.mine.name, self._notes(self.theirs))
        self.mine.with_context(mark_so_as_sent=True).message_post(body="Here it is")
        self.assertEqual(self.mine.state, "sent")

    def test_what_was_answered_is_not_asked_again_until_it_changes(self):
        dialog = self._dialog(self.mine.action_quotation_sent())
        dialog.reason = "Agreed"
        dialog.save().action_answer()
        self.assertEqual(self.mine.state, "sent")
        going = self.mine.action_quotation_send()
        self.assertEqual(going["res_model"], "mail.compose.message")
        self.theirs.order_line.price_unit = 80
        self.env.invalidate_all()
        self._dialog(self.mine.action_quotation_send())
        self.assertFalse(self.mine.copy().sudo().value_face_answered)

    def test_every_way_out_is_held(self):
        for way in (
            lambda order: order.write({"state": "sent"}),
            lambda order: order.write({"state": "sale"}),
            lambda order: order.with_context(mark_so_as_sent=True).message_post(),
        ):
            with self.assertRaisesRegex(UserError, self.theirs.name):
                way(self.mine)
        self._dialog(self.mine.action_confirm())
        self.assertEqual(self.mine.state, "draft")

    def test_confirmation_goes_on_after_the_reason(self):
        dialog = self._dialog(self.mine.action_confirm())
        dialog.reason = "They signed on paper"
        self.assertEqual(dialog.save().action_answer()["tag"], "soft_reload")
        self.assertEqual(self.mine.state, "sale")

    def test_what_was_sent_before_is_confirmed_without_a_question(self):
        self.mine.sudo().state = "sent"
        self.mine.action_confirm()
        self.assertEqual(self.mine.state, "sale")

    def test_warning_is_noted_and_holds_nothing(self):
        self._face("warn")
        self.mine.action_quotation_sent()
        self.assertEqual(self.mine.state, "sent")
        self.assertIn("Wang offers", self._notes(self.mine))
        self.assertIn("Li now offers", self._notes(self.theirs))

    def test_block_takes_no_reason(self):
        self._face("block")
        for way in ("action_quotation_send", "action_quotation_sent", "action_confirm"):
            with self.assertRaisesRegex(UserError, "Agree on one"):
                getattr(self.mine, way)()
        self.mine.order_line.price_unit = 88
        self.theirs.user_id = self.li
        self.mine.action_quotation_sent()
        self.assertEqual(self.mine.state, "sent")

    def test_several_are_refused_together(self):
        again = self._quote(self.acme, 70).with_user(self.li)
        with self.assertRaisesRegex(UserError, again.name):
            (self.mine | again).action_quotation_sent()

    def test_customers_who_sign_are_never_held_up(self):
        self._face("block")
        self.mine.sudo().action_confirm()
        self.assertEqual(self.mine.state, "sale")

    def test_nobody_is_asked_while_the_part_is_off(self):
        users = self.env.ref("crm_value.group_user")
        users._remove_group(self.env.ref("crm_value.group_part_selling"))
        self.mine.action_quotation_sent()
        self.assertEqual(self.mine.state, "sent")

    # --- rights ---

    def test_dialog_is_its_authors(self):
        action = self.mine.action_quotation_sent()
        dialog = self._dialog(action)
        dialog.reason = "Mine"
        record = dialog.save()
        with self.assertRaises(AccessError):
            record.with_user(self.wang).read(["reason"])
        boss = self._seller("boss", ALL_LEADS)
        forged = (
            self.env["crm.value.price.face"]
            .with_user(self.wang)
            .create({"order_id": self.mine.id, "step": "sent", "reason": "Not mine"})
        )
        with self.assertRaises(AccessError):
            forged.action_answer()
        self.assertTrue(self.mine.with_user(boss).action_quotation_sent())
