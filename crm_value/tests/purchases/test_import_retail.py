from odoo.tests import TransactionCase, tagged

from .retail_file import RETAIL, require_retail


@tagged("post_install", "-at_install")
class TestImportRetail(TransactionCase):
    """Two years of a real shop, 396,388 lines, into a fresh company."""

    def setUp(self):
        super().setUp()
        require_retail(self)

    def test_retail_reconciles_and_adds_nothing_twice(self):
        pound = self.env.ref("base.GBP")
        pound.active = True
        company = self.env["res.company"].create(
            {"name": "Retail Import", "currency_id": pound.id}
        )
        imports = self.env["crm.value.import"]
        record = imports._import_file(RETAIL, company)
        self.assertEqual((record.state, record.bad_count), ("done", 0))
        self.assertEqual(record.good_count, 396_388)
        self.assertEqual(record.new_customer_count, 4_371)
        self.assertEqual(record.amount_total, 8_300_065.81)
        count, total = self.env["crm.value.transaction"]._read_group(
            [("company_id", "=", company.id)], [], ["__count", "amount:sum"]
        )[0]
        self.assertEqual((count, round(total, 2)), (396_388, 8_300_065.81))
        again = imports._import_file(RETAIL, company)
        self.assertEqual((again.known_count, again.good_count), (396_388, 0))
        self.assertEqual(again.new_customer_count, 0)
