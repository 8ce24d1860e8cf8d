"""Who is erased leaves money behind, and nothing that leads to the person."""

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from ..common import TODAY, ValueCommon


@tagged("post_install", "-at_install")
class TestErasure(ValueCommon):
    def test_imported_purchases_stay_as_nobodys(self):
        guest = self._customer("Guest")
        purchase = self._transaction(guest, 30, document="R-17")
        key = purchase.source_key
        self._score()
        guest.unlink()
        self.assertFalse(guest.exists())
        self.assertFalse(purchase.partner_id or purchase.document)
        self.assertEqual(
            (purchase.amount, purchase.date, purchase.source_key), (30, TODAY, key)
        )
        self.assertFalse(self._profile(guest))
        self.assertEqual(self._score().state, "done")

    def test_purchases_of_a_contact_stay_with_its_company(self):
        acme = self._customer("Acme")
        purchase = self._transaction(self._customer("Anna", parent=acme), 30)
        self._score()
        purchase.partner_id.unlink()
        self.assertEqual(purchase.partner_id, acme)
        self._score()
        self.assertEqual(self._profile(acme).revenue, 30)

    def test_month_end_stays_as_nobodys(self):
        guest = self._customer("Guest")
        self._transaction(guest, 30, "2026-03-10")
        run = self._score(as_of="2026-03-31")
        snapshot = self.env["crm.value.snapshot"].search([("run_id", "=", run.id)])
        snapshot = snapshot.filtered(lambda past: past.partner_id == guest)
        self.assertEqual(snapshot.revenue_total, 30)
        number = guest.id
        guest.unlink()
        self.assertEqual(
            (snapshot.partner_id.id, snapshot.origin_id, snapshot.revenue_total),
            (False, number, 30),
        )

    def test_a_purchase_needs_a_customer(self):
        with self.assertRaises(ValidationError):
            self.env["crm.value.transaction"].create({"amount": 3, "source_key": "x"})
