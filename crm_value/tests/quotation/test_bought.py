"""What a customer bought of which product, and what it has given back."""

from odoo.tests import tagged

from ...const import to_day
from ..common import TODAY, ago
from .selling_common import SellingCommon


@tagged("post_install", "-at_install")
class TestBought(SellingCommon):
    def _items(self, customer=None):
        """Return (product, days ago, quantity) of what counts as bought."""
        items = self.env["crm.value.facts"]._gather_items(
            self.company, TODAY, (customer or self.acme).ids
        )
        columns = (items[name].tolist() for name in ("product", "day", "quantity"))
        rows = zip(*columns, strict=True)
        return [(product, to_day(TODAY) - day, q) for product, day, q in rows]

    def _invoiced(self, *days, **values):
        """Return orders of one Widget so many days ago, invoiced on the day."""
        orders = self.env["sale.order"]
        for day in days:
            order = self._order(self.acme, 10, ago(day), **values)
            order._create_invoices().invoice_date = ago(day)
            order.invoice_ids.action_post()
            orders += order
        return orders

    def test_order_that_was_wholly_credited_is_bought_no_more(self):
        kept, returned = self._invoiced(50, 20)
        self.assertEqual(len(self._items()), 2)
        self._reverse(returned.invoice_ids, ago(5))
        self.assertEqual(self._items(), [(self.product.id, 50, 1)])
        self._reverse(kept.invoice_ids, ago(4))
        self.assertEqual(self._items(), [])

    def test_lower_price_takes_no_goods_back(self):
        order = self._invoiced(20)
        self._reverse(order.invoice_ids, ago(5), amount=4)
        self.assertEqual(len(self._items()), 1)
        self._reverse(order.invoice_ids, ago(4), amount=6)
        self.assertEqual(self._items(), [], "in two steps, all of it")

    def test_corrected_invoice_is_no_return(self):
        order = self._invoiced(20)
        self._reverse(order.invoice_ids, ago(5))
        again = order._create_invoices()
        again.invoice_date = ago(4)
        again.action_post()
        self.assertEqual(self._items(), [(self.product.id, 20, 1)])

    def test_goods_not_invoiced_yet_are_still_bought(self):
        self.product.invoice_policy = "order"
        order = self._order(self.acme, 10, ago(20), line={"product_uom_qty": 10})
        bill = order._create_invoices()
        bill.invoice_line_ids.quantity = 5
        bill.invoice_date = ago(19)
        bill.action_post()
        self._reverse(bill, ago(5))
        self.assertEqual(self._items(), [(self.product.id, 20, 10)])

    def test_invoice_without_an_order_is_given_back_by_product(self):
        other = self.env["product.product"].create({"name": "Other"})
        lines = [self._line(10), self._line(10, product_id=other.id)]
        invoice = self._invoice(self.acme, 0, ago(30), lines=lines)
        self.assertEqual(len(self._items()), 2)
        credit = invoice._reverse_moves([{"date": ago(9), "invoice_date": ago(9)}])
        credit.invoice_line_ids.filtered(lambda line: line.product_id == other).unlink()
        credit.action_post()
        self.assertEqual(self._items(), [(other.id, 30, 1)])

    def test_credit_note_that_names_nothing_takes_nothing_back(self):
        self._invoice(self.acme, 10, ago(30))
        self._credit(self.acme, 10, ago(9))
        self.assertEqual(len(self._items()), 1)

    def test_combo_is_one_choice_and_its_parts_are_none(self):
        box = self._box(30, self.product)
        line = {"product_id": box.id}
        order = self._order(self.acme, 0, ago(20), confirm=False, line=line)
        self._fill(order.order_line)
        order.action_confirm()
        order.date_order = ago(20)
        self.assertEqual([row[0] for row in self._items()], [box.id])

    def test_other_companies_credit_notes_take_nothing_back(self):
        self._invoiced(20)
        company = self._create_company("Sister", self.usd)
        theirs = self._invoice(self.acme, 10, ago(20), company=company)
        self._reverse(theirs, ago(5))
        self.assertEqual(len(self._items()), 1)
