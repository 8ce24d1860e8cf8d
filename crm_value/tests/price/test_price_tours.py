"""A salesperson sees a colleague's price, and sends the own one with a reason."""

from odoo.tests import HttpCase, tagged

from ..common import ago
from ..quotation.selling_common import SellingCommon


@tagged("post_install", "-at_install")
class TestPriceTours(HttpCase, SellingCommon):
    def test_salesperson_sends_with_a_reason(self):
        self.acme.email = "acme@example.com"
        self._invoice(self.acme, 95, ago(30), invoice_user_id=self.wang.id)
        theirs = self._quote(self.acme, 88, self.wang)
        mine = self._quote(self.acme, 92, self.li)
        self.start_tour(f"/odoo/orders/{mine.id}", "crm_value_one_face", login="li")
        self.assertEqual(mine.state, "sent")
        self.assertEqual(mine.order_line.price_unit, 92)
        for order in (mine, theirs):
            notes = " ".join(order.message_ids.mapped("body"))
            self.assertIn("Agreed with Wang", notes)
