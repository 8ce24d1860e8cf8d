"""A combo has one price for all of it: none of its parts has a price of its own."""

from odoo import Command
from odoo.tests import tagged

from ..common import ago
from ..quotation.selling_common import SellingCommon


@tagged("post_install", "-at_install")
class TestPriceCombo(SellingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.box = cls._box(80, cls.product)
        cls.part = cls.product

    def _theirs(self):
        memory = self.env["crm.value.price.memory"]
        products = (self.box | self.part).ids
        return memory._theirs(self.company, self.usd, self.acme, products)

    def _boxed(self, **values):
        """Return a quotation of a box with what is in it."""
        line = {"product_id": self.box.id, "price_unit": 0}
        order = self._quote(self.acme, 0, line=line, **values)
        self._fill(order.order_line)
        return order

    def test_neither_the_combo_nor_its_parts_is_marked(self):
        order = self._boxed()
        self.assertEqual(len(order.order_line), 2)
        self.assertEqual(order.amount_untaxed, 80)
        lines = order.order_line.with_user(self.officer)
        self.assertFalse(any(lines.mapped("value_price")))

    def test_part_of_a_combo_is_no_price_of_the_product(self):
        order = self._boxed(day=ago(20))
        order.action_confirm()
        self.assertFalse(self._theirs())
        invoice = order._create_invoices()
        invoice.invoice_date = ago(10)
        invoice.action_post()
        self.assertFalse(self._theirs())
        self._order(self.acme, 95, ago(9))
        self.assertEqual(self._theirs()[self.part.id]["order"]["price"], 95)

    def test_part_of_a_combo_is_no_other_offer(self):
        self._boxed(user=self.wang)
        mine = self._quote(self.acme, 92).with_user(self.li)
        self.assertEqual(mine.order_line.value_price["wrong"], "")
        mine.action_quotation_sent()
        self.assertEqual(mine.state, "sent")

    def test_combo_bears_its_share_of_what_lowers_the_order(self):
        order = self._boxed()
        sold = {"product_id": self._else.id, "price_unit": 120, "tax_ids": False}
        order.order_line = [
            Command.create(sold),
            Command.create({**sold, "name": "Goodwill", "price_unit": -50}),
        ]
        line = order.order_line.filtered(lambda line: line.price_unit == 120)
        self.assertAlmostEqual(line.with_user(self.li).value_price["price"], 90)

    @property
    def _else(self):
        return self.env["product.product"].create({"name": "Else", "taxes_id": False})
