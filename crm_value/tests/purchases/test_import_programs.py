"""Imports of known programs' exports, as a user makes them."""

from base64 import b64encode
from unittest.mock import patch

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from .test_import import ImportCase
from .test_programs import FILES

# file → program, lines that count, their sum
RIGHT = {
    "amazon_order_report.txt": ("amazon_orders", 3, 85.0),
    "amazon_order_report_europe.txt": ("amazon_orders", 2, 70.0),
    "magento_orders_grid.csv": ("magento", 2, 1290.0),
    "magento_orders_grid_default.csv": ("magento", 1, 108.0),
    "odoo_invoices.csv": ("odoo_invoices", 3, 250.0),
    "odoo_invoices_chinese.csv": ("odoo_invoices", 2, 200.0),
    "odoo_invoices_lines.csv": ("odoo_invoices", 4, 120.0),
    "odoo_invoices_unsigned.csv": ("odoo_invoices", 2, 60.0),
    "odoo_orders.csv": ("odoo_orders", 2, 1500.5),
    "odoo_orders_chinese.csv": ("odoo_orders", 1, 300.0),
    "odoo_orders_lines.csv": ("odoo_orders", 4, 230.0),
    "paypal_activity.csv": ("paypal", 6, 139.0),
    "paypal_activity_german.csv": ("paypal", 3, 1129.0),
    "quickbooks_sales_by_customer_detail.csv": ("quickbooks_sales", 4, 1330.0),
    "quickbooks_transaction_list.csv": ("quickbooks_list", 3, 130.0),
    "quickbooks_transaction_list_by_customer.csv": ("quickbooks_list", 5, 1300.0),
    "shopify_orders.csv": ("shopify", 4, 210.0),
    "shopify_orders_tax_included.csv": ("shopify", 2, 150.0),
    "square_items.csv": ("square", 3, -18.0),
    "square_transactions.csv": ("square", 3, 1182.0),
    "stripe_payments.csv": ("stripe", 3, 194.9),
    "stripe_unified_payments.csv": ("stripe", 1, 1200.0),
    "taobao_orders.csv": ("taobao", 4, 333.5),
    "uci_online_retail.csv": ("online_retail", 4, 98.14),
    "uci_online_retail_ii.csv": ("online_retail", 3, 129.0),
    "woocommerce_advanced_export.csv": ("woocommerce_advanced", 2, 110.0),
    "woocommerce_analytics.csv": ("woocommerce_report", 2, 96.5),
    "woocommerce_order_export.csv": ("woocommerce_orders", 2, 130.0),
    "xero_sales_invoices.csv": ("xero", 4, 250.0),
    "youzan_orders.csv": ("youzan", 3, 788.1),
}


@tagged("post_install", "-at_install")
class TestImportPrograms(ImportCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        dollar = cls.env.ref("base.USD")
        dollar.active = True
        cls.company.currency_id = dollar
        for name in ("EUR", "GBP", "NZD"):
            currency = cls.env.ref(f"base.{name}")
            currency.active = True
            currency.rate_ids = [
                Command.create(
                    {"name": "2000-01-01", "rate": 1.0, "company_id": cls.company.id}
                )
            ]

    def upload(self, name, **values):
        content = b64encode((FILES / name).read_bytes())
        return self.imports.create({"file": content, "filename": name, **values})

    def targets(self, record):
        return {c.name: c.target for c in record.column_ids if c.target}

    def test_each_export_is_read_without_a_hand(self):
        for name, (program, good, total) in RIGHT.items():
            with self.subTest(file=name):
                record = self.upload(name, create_missing=True)
                record.action_check()
                self.assertEqual(
                    (record.program, record.good_count, record.amount_total),
                    (program, good, total),
                    self.reasons(record),
                )
                nobody = 1 if program == "online_retail" else 0
                self.assertEqual(record.bad_count, nobody, self.reasons(record))

    def test_all_files_are_tried(self):
        files = {path.name for path in FILES.glob("*.*")} - {"README.md"}
        self.assertEqual(files - set(RIGHT), {"amazon_settlement_v2.txt"})

    def test_settlement_is_of_the_contact_chosen_for_it(self):
        walk_in = self.env["res.partner"].create({"name": "Buyers at Amazon"})
        record = self.upload("amazon_settlement_v2.txt", walk_in_id=walk_in.id)
        record.action_check()
        self.assertEqual(
            (record.good_count, record.bad_count, record.skipped_count), (4, 0, 11)
        )
        self.assertEqual(record.amount_total, 52.49)  # 29.99 + 50 - 5 - 22.50
        record.action_import()
        self.assertEqual(self.bought().partner_id, walk_in)
        self.assertEqual(round(sum(self.bought().mapped("amount")), 2), 52.49)
        again = self.upload("amazon_settlement_v2.txt", walk_in_id=walk_in.id)
        again.action_check()
        self.assertEqual((again.good_count, again.known_count), (0, 4))

    def test_lines_that_name_nobody_reconcile_with_their_export(self):
        walk_in = self.env["res.partner"].create({"name": "Walk-in customers"})
        for name, (_program, good, total) in RIGHT.items():
            with self.subTest(file=name):
                values = {"create_missing": True, "walk_in_id": walk_in.id}
                record = self.upload(name, **values)
                record.action_check()
                nameless = name.startswith("uci_")  # a line of 0 each
                self.assertEqual(
                    (record.bad_count, record.good_count, record.amount_total),
                    (0, good + nameless, total),
                    self.reasons(record),
                )

    def test_settlement_says_that_it_names_nobody(self):
        record = self.upload("amazon_settlement_v2.txt")
        self.assertEqual(record.program, "amazon_settlement")
        with self.assertRaisesRegex(UserError, "names no customer"):
            record.action_check()

    def test_shopify_is_recognised_and_imported(self):
        record = self.upload("shopify_orders.csv", create_missing=True)
        self.assertEqual(record.program, "shopify")
        self.assertTrue(record.once_per_document)
        record.action_check()
        self.assertEqual(
            (record.good_count, record.bad_count, record.amount_total),
            (4, 0, 210.0),
            self.reasons(record),
        )
        meanings = {v.value: v.meaning for v in record.value_ids}
        self.assertEqual(meanings["paid"], "counts")
        self.assertEqual(meanings["partially_refunded"], "counts")
        self.assertEqual(meanings["cancelled"], "skipped")

    def test_chosen_status_is_obeyed(self):
        record = self.upload("shopify_orders.csv", create_missing=True)
        pending = record.value_ids.filtered(lambda v: v.value == "pending")
        pending.meaning = "counts"
        record.action_check()
        self.assertEqual(record.amount_total, 225.0)

    def test_program_can_be_changed_and_taken_away(self):
        record = self.upload("stripe_payments.csv")
        self.assertEqual(record.program, "stripe")
        self.assertNotIn("Tax", self.targets(record))
        record.program = False
        self.assertFalse(record.program)
        self.assertEqual(record.column_ids.mapped("name")[:1], ["id"])
        record.program = "stripe"
        self.assertEqual(self.targets(record)["Amount"], "amount_gross")
        self.assertNotIn("Tax", self.targets(record))

    def test_another_file_is_recognised_anew(self):
        record = self.upload("stripe_payments.csv")
        record.file = b64encode((FILES / "square_items.csv").read_bytes())
        self.assertEqual(record.program, "square")
        record.file = b64encode(b"Date,Customer,Amount\n2025-03-01,IMP-1,5\n")
        self.assertFalse(record.program)

    def test_months_of_the_published_data_come_first(self):
        record = self.upload("uci_online_retail.csv", create_missing=True)
        self.assertEqual((record.program, record.date_format), ("online_retail", "mdy"))
        record.action_check()
        self.assertEqual(str(record.date_from), "2010-12-01")
        self.assertEqual(record.amount_total, 98.14)

    def test_statuses_after_the_first_rows_mean_what_the_program_says(self):
        header, *lines = (FILES / "taobao_orders.csv").read_bytes().split(b"\r\n")
        late = next(line for line in lines if "卖家已发货".encode("gb18030") in line)
        many = [lines[0].replace(b"1234567890", str(n).encode()) for n in range(1200)]
        content = b"\r\n".join([header, *many, late])
        record = self.imports.create(
            {"file": b64encode(content), "filename": "t.csv", "create_missing": True}
        )
        record.action_check()
        self.assertFalse(record.bad_count, self.reasons(record)[:1])
        self.assertEqual(record.good_count, 1201)
        again = {v.value: v.meaning for v in record.value_ids}
        self.assertEqual(again["卖家已发货，等待买家确认"], "counts")

    def test_odoo_lists_in_the_words_of_the_user(self):
        order = self.env["sale.order"]
        words = {"name": "Auftrag", "date_order": "Bestellt am", "partner_id": "Kunde"}
        words |= {"amount_untaxed": "Nettobetrag", "state": "Stand"}
        told = order.fields_get(attributes=["string", "selection"])
        for name, label in words.items():
            told[name]["string"] = label
        told["state"]["selection"] = [("sale", "Verkauft"), ("draft", "Angeboten")]
        rows = [
            [words[name] for name in words],
            ["S1", "2025-03-01", "Ann Import", "90.0", "Verkauft"],
            ["S2", "2025-03-02", "Ann Import", "50.0", "Angeboten"],
        ]
        with patch.object(type(order), "fields_get", lambda *_args, **_kw: told):
            record = self.make(rows)
            self.assertEqual(record.program, "odoo_orders")
            record.action_check()
        self.assertEqual((record.good_count, record.amount_total), (1, 90.0))

    def test_file_of_the_project_itself_is_no_program(self):
        record = self.make(
            [["document", "datetime", "customer", "product", "quantity", "amount"]]
            + [["S1", "2010-12-01 08:26", "17850", "LANTERN", "6", "20.34"]]
        )
        self.assertFalse(record.program)
