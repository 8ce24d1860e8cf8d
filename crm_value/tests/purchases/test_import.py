import csv
import io
from base64 import b64decode, b64encode
from datetime import date, datetime
from unittest.mock import patch

import openpyxl
import psycopg2
import xlsxwriter

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.sql_db import db_connect
from odoo.tests import TransactionCase, new_test_user, tagged
from odoo.tools import mute_logger

STORE = "odoo.addons.crm_value.models.purchases.crm_value_import_store"
JOBS = "odoo.addons.crm_value.models.core.crm_value_queue"
CHECK = "odoo.addons.crm_value.models.purchases.crm_value_import_check"
HEADER = ["Date", "Customer Reference", "Amount", "Document"]


def csv_file(rows, encoding="utf-8", delimiter=","):
    output = io.StringIO()
    csv.writer(output, delimiter=delimiter).writerows(rows)
    return output.getvalue().encode(encoding)


def xlsx_file(rows):
    output = io.BytesIO()
    options = {"default_date_format": "yyyy-mm-dd"}
    with xlsxwriter.Workbook(output, options) as workbook:
        sheet = workbook.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return output.getvalue()


class ImportCase(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env["res.company"].create(
            {"name": "Import Co", "currency_id": cls.env.ref("base.EUR").id}
        )
        cls.env.user.company_ids = [Command.link(cls.company.id)]
        cls.env.user.lang = "en_US"  # the cron answers in the user's language
        cls.env = cls.env(
            context={"allowed_company_ids": cls.company.ids, "lang": "en_US"}
        )
        cls.imports = cls.env["crm.value.import"]
        cls.ann = cls.env["res.partner"].create(
            {"name": "Ann Import", "ref": "IMP-1", "email": "ann@import.example"}
        )
        cls.bob = cls.env["res.partner"].create(
            {"name": "Bob Import", "ref": "IMP-2", "vat": "BE0477472701"}
        )

    def make(self, rows, filename="purchases.csv", **values):
        content = rows if isinstance(rows, bytes) else csv_file(rows)
        return self.imports.create(
            {"file": b64encode(content), "filename": filename, **values}
        )

    def done(self, rows, **values):
        record = self.make(rows, **values)
        record.action_check()
        self.assertFalse(record.bad_count, self.reasons(record))
        record.action_import()
        self.assertEqual(record.state, "done")
        return record

    def bought(self, record=None):
        domain = [("company_id", "=", self.company.id)]
        if record:
            domain.append(("import_id", "=", record.id))
        return self.env["crm.value.transaction"].search(domain, order="id")

    def reasons(self, record):
        if not record.bad_file:
            return []
        text = b64decode(record.bad_file).decode("utf-8-sig")
        return [
            (int(row[0]), row[1]) for row in list(csv.reader(io.StringIO(text)))[1:]
        ]

    def reason(self, row, header=None, **values):
        record = self.make([header or HEADER, row], **values)
        record.action_check()
        reasons = self.reasons(record)
        return reasons[0][1] if reasons else ""


@tagged("post_install", "-at_install")
class TestImport(ImportCase):
    def test_csv_imports_purchases_and_returns(self):
        rows = [
            HEADER,
            ["2024-03-05", "IMP-1", "1,234.56", "S1"],
            ["2024-03-06 10:15", "IMP-2", "(34.50)", "S2"],
        ]
        record = self.done(rows)
        self.assertEqual(record.amount_total, 1200.06)
        self.assertEqual(record.date_from, date(2024, 3, 5))
        self.assertEqual(
            [
                (b.partner_id, b.date, b.amount, b.document, b.margin)
                for b in self.bought()
            ],
            [
                (self.ann, date(2024, 3, 5), 1234.56, "S1", False),
                (self.bob, date(2024, 3, 6), -34.5, "S2", False),
            ],
        )
        self.assertEqual(record.line_count, 2)
        self.assertFalse(self.env["crm.value.import.line"].search([]))

    def test_second_import_adds_nothing(self):
        rows = [HEADER, ["2024-03-05", "IMP-1", "10", "S1"]]
        self.done(rows)
        again = self.make(rows)
        again.action_check()
        self.assertEqual((again.good_count, again.known_count), (0, 1))
        again.action_import()
        self.assertEqual(len(self.bought()), 1)

    def test_csv_and_xlsx_of_same_purchases_have_same_keys(self):
        self.done(
            [
                HEADER,
                ["2024-03-05", "IMP-1", "10.50", "7"],
                ["2024-03-05 8:26 PM", "IMP-1", "10.50", "7"],
            ]
        )
        moments = [datetime(2024, 3, 5), datetime(2024, 3, 5, 20, 26)]
        book = xlsx_file([HEADER, *([moment, "IMP-1", 10.5, 7] for moment in moments)])
        record = self.done(book, filename="purchases.xlsx")
        self.assertEqual(record.known_count, 2)

    def test_identical_lines_all_count_once_per_file(self):
        rows = [HEADER] + [["2024-03-05", "IMP-1", "10", "S1"]] * 3
        self.done(rows)
        self.assertEqual(len(self.bought()), 3)
        self.done(rows + [rows[1]])
        self.assertEqual(len(self.bought()), 4)

    def test_bad_line_stops_everything_and_is_reported(self):
        rows = [
            HEADER,
            ["2024-03-05", "IMP-1", "10", "S1"],
            ["2024-02-30", "", "ten", "S2"],
            ["2024-03-05", "IMP-9", "10", "S3"],
        ]
        record = self.make(rows)
        record.action_check()
        self.assertEqual((record.good_count, record.bad_count), (1, 2))
        with self.assertRaises(UserError):
            record.action_import()
        self.assertFalse(self.bought())
        self.assertEqual(
            self.reasons(record),
            [
                (
                    3,
                    "“2024-02-30” is not a date; “ten” is not an amount; "
                    "The customer is missing (a contact for all such lines can be "
                    "chosen under “Lines without a Customer Belong to”)",
                ),
                (4, "No customer has the Reference “IMP-9”"),
            ],
        )

    def test_good_lines_only_then_mended_report_completes_the_file(self):
        rows = [
            HEADER,
            ["2024-03-05", "IMP-1", "10", "S1"],
            ["2024-03-05", "IMP-1", "ten", "S2"],
        ]
        record = self.make(rows)
        record.action_check()
        record.action_import_good()
        self.assertEqual((record.state, len(self.bought())), ("done", 1))
        mended = b64decode(record.bad_file).decode("utf-8-sig").replace("ten", "20")
        self.done(mended.encode())
        self.assertEqual(sum(self.bought().mapped("amount")), 30)

    def test_bad_lines_of_xlsx_come_back_as_xlsx(self):
        book = xlsx_file([HEADER, [datetime(2024, 3, 5), "IMP-9", 10.5, "=1+1"]])
        record = self.make(book, filename="purchases.xlsx")
        record.action_check()
        self.assertEqual(record.bad_filename, "purchases errors.xlsx")
        sheet = openpyxl.load_workbook(io.BytesIO(b64decode(record.bad_file))).active
        row = [cell.value for cell in sheet[2]]
        self.assertEqual(row[0], 2)
        self.assertIn("IMP-9", row[1])
        self.assertEqual(row[2], datetime(2024, 3, 5))

    # --- what files look like ---------------------------------------------------------

    def test_chinese_file_in_gb18030(self):
        self.ann.name = "上海贸易有限公司"
        rows = [
            ["日期", "客户名称", "金额", "商品"],
            ["2024年3月5日", "上海贸易有限公司", "￥1,250.00", "椅子"],
        ]
        content = csv_file(rows, "gb18030")
        record = self.make(content, currency_id=self.env.ref("base.CNY").id)
        self.assertEqual(record.encoding, "gb18030")
        self.assertEqual(
            record.column_ids.mapped("target"),
            ["date", "customer_name", "amount", "product"],
        )

    def test_latin_1_is_not_taken_for_chinese(self):
        rows = [
            ["Date", "Customer Name", "Amount"],
            ["2024-03-05", "Café Zoë né à Müü", "1"],
        ]
        self.assertEqual(self.make(csv_file(rows, "latin-1")).encoding, "cp1252")
        self.assertEqual(self.make(csv_file(rows, "utf-8-sig")).encoding, "utf-8-sig")
        self.assertEqual(self.make(csv_file(rows, "utf-16")).encoding, "utf-16")

    def test_decimal_comma_and_semicolon_are_detected(self):
        rows = [HEADER, ["25.12.2023", "IMP-1", "1.234,50", "S1"]]
        record = self.done(csv_file(rows, delimiter=";"))
        self.assertEqual((record.delimiter, record.decimal_comma), (";", True))
        self.assertEqual(self.bought().amount, 1234.5)
        self.assertEqual(self.bought().date, date(2023, 12, 25))

    def test_ambiguous_date_asks_for_the_format(self):
        row = ["03/04/2024", "IMP-1", "10", "S1"]
        self.assertIn("choose the date format", self.reason(row))
        record = self.make([HEADER, row])
        record.date_format = "dmy"
        record.action_check()
        self.assertEqual(record.date_from, date(2024, 4, 3))

    def test_bad_values_have_a_reason(self):
        tomorrow = fields.Date.add(fields.Date.today(), days=2)
        for row, reason in [
            ([tomorrow, "IMP-1", "10", "S1"], "in the future"),
            (["2024-03-05", "IMP-1", "free", "S1"], "not an amount"),
            (["2024-03-05", "IMP-1", "nan", "S1"], "amount is missing"),
            (["2024-03-05", "IMP-1", "", "S1"], "amount is missing"),
            (["2024-03-05", "IMP-1", "$ 5", "S1"], "not written in EUR"),
            (["453560", "IMP-1", "5", "S1"], "is a number, not a date"),
            (["2024-03-05", "IMP-1", "5"], "has 3 cells"),
            (["2024-03-05", "IMP-1", "5", "S1", "x"], "has 5 cells"),
            (["2024-03-05", "IMP-1", "5", "EXAMPLE"], "template's example"),
            (["2024-03-05", "IMP-1", "5", "S" * 501], "too long"),
        ]:
            with self.subTest(reason=reason):
                self.assertIn(reason, self.reason(row))

    def test_zero_is_a_purchase_and_empty_margin_is_unknown(self):
        header = [*HEADER, "Margin"]
        self.done(
            [
                header,
                ["2024-03-05", "IMP-1", "0.00", "S1", ""],
                ["2024-03-05", "IMP-1", "5", "S2", "0"],
            ]
        )
        self.assertEqual(self.bought().mapped("amount"), [0, 5])
        self.env.cr.execute(
            "SELECT margin FROM crm_value_transaction WHERE id = ANY(%s) ORDER BY id",
            [self.bought().ids],
        )
        self.assertEqual(self.env.cr.fetchall(), [(None,), (0.0,)])

    @mute_logger("odoo.http")
    def test_unusable_files_are_sentences(self):
        book = xlsx_file([HEADER, [1, 2, 3, 4]])
        secret = (
            b"\xd0\xcf\x11\xe0" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")
        )
        for content, sentence in [
            (b" \n", "empty"),
            (b"\0\1\2\0\0\3 what", "neither a csv nor an xlsx"),
            (b"PK\x03\x04 not a workbook", "not a readable xlsx"),
            (book[:-200], "not a readable xlsx"),
            (secret, "protected by a password"),
            (b"\xd0\xcf\x11\xe0" + b"\0" * 99, "old Excel file"),
            (b"\x1f\x8b\x08\0\0\0\0\0\0\3cut", "compressed file is damaged"),
            (b"2024-03-05,IMP-1,10\n", "first row holds data"),
            (b"Date,Amount,Amount\n", "Two columns have the name"),
            (b'Date,Customer,Amount\n2024-03-05,"IMP-1,10\n', "quotation mark"),
            (",".join(f"c{n}" for n in range(400)).encode(), "more than 300 columns"),
        ]:
            with (
                self.subTest(sentence=sentence),
                self.assertRaisesRegex(UserError, sentence),
            ):
                self.make(content)

    def test_missing_matching_is_a_sentence(self):
        for header, sentence in [
            (["Date", "Customer", "What"], "Choose the column that holds: Amount"),
            (["Date", "Amount", "What"], "names the customer"),
        ]:
            record = self.make([header, ["2024-03-05", "1", "2"]])
            with self.assertRaisesRegex(UserError, sentence):
                record.action_check()
        record = self.make([HEADER, ["2024-03-05", "IMP-1", "2", "S"]])
        record.column_ids[3].target = "amount"
        with self.assertRaisesRegex(UserError, "Two columns are matched"):
            record.action_check()
        with self.assertRaisesRegex(UserError, "no purchases below"):
            self.make([HEADER]).action_check()

    def test_fifty_columns_and_blank_rows(self):
        extra = [f"Extra {n}" for n in range(50)]
        rows = [
            HEADER + extra,
            ["2024-03-05", "IMP-1", "2", "S"] + [""] * 50,
            [],
            [" "],
        ]
        self.assertEqual(self.done(rows).line_count, 1)

    def test_preview_shows_how_rows_are_understood(self):
        record = self.make([HEADER, ["05.03.2024", "IMP-1", "<b>", "S1"]])
        self.assertIn("&lt;b&gt;", record.preview)
        record = self.make([HEADER, ["05.03.2024", "IMP-1", "7", "S1"]])
        self.assertIn("2024-03-05", record.preview)
        self.assertIn("Ann Import (IMP-1)", record.preview)

    # --- customers --------------------------------------------------------------------

    def test_customers_by_each_key(self):
        header = ["Date", "Customer VAT", "Customer E-mail", "Customer Name", "Amount"]
        rows = [
            header,
            ["2024-03-05", "be 0477.472.701", "", "", "1"],
            ["2024-03-05", "", "Ann@Import.example", "", "2"],
            ["2024-03-05", "", "", "BOB import", "3"],
        ]
        record = self.done(rows)
        self.assertEqual(
            self.bought(record).mapped(lambda b: b.partner_id.name),
            ["Bob Import", "Ann Import", "Bob Import"],
        )

    def test_ambiguous_customer_is_bad(self):
        self.bob.ref = "IMP-1"
        reason = self.reason(["2024-03-05", "IMP-1", "5", "S1"])
        self.assertEqual(reason, "2 customers have the Reference “IMP-1”")

    def test_contacts_of_one_company_are_not_ambiguous(self):
        self.env["res.partner"].create(
            {"name": "Contact", "parent_id": self.bob.id, "ref": "IMP-2"}
        )
        self.done([HEADER, ["2024-03-05", "IMP-2", "5", "S1"]])
        self.assertEqual(self.bought().partner_id, self.bob)

    def test_archived_customer_matches_unless_an_active_one_does(self):
        self.ann.active = False
        self.done([HEADER, ["2024-03-05", "IMP-1", "5", "S1"]])
        self.assertEqual(self.bought().partner_id, self.ann)
        new = self.env["res.partner"].create({"name": "New Ann", "ref": "IMP-1"})
        record = self.done([HEADER, ["2024-03-05", "IMP-1", "5", "S2"]])
        self.assertEqual(self.bought(record).partner_id, new)

    def test_customer_of_other_company_is_not_used(self):
        self.ann.company_id = self.env.ref("base.main_company")
        reason = self.reason(["2024-03-05", "IMP-1", "5", "S1"])
        self.assertIn("No customer has", reason)

    def test_missing_customers_are_created_once(self):
        header = [*HEADER, "Customer Name", "Country"]
        rows = [
            header,
            ["2024-03-05", "IMP-8", "5", "S1", "Eve", "france"],
            ["2024-03-06", "IMP-8", "5", "S2", "Eve", "france"],
        ]
        record = self.make(rows, create_missing=True)
        record.action_check()
        self.assertEqual(record.new_customer_count, 1)
        self.assertFalse(self.env["res.partner"].search([("ref", "=", "IMP-8")]))
        record.action_import()
        eve = self.env["res.partner"].search([("ref", "=", "IMP-8")])
        self.assertEqual((eve.name, eve.country_id.code), ("Eve", "FR"))
        self.assertFalse(eve.company_id)
        self.assertEqual(self.bought(record).partner_id, eve)
        self.assertEqual(record.action_view_customers()["res_id"], eve.id)

    # --- keys, currencies -------------------------------------------------------------

    def test_own_key_is_the_key_and_stands_once(self):
        header = [*HEADER, "Source Key"]
        first = ["2024-03-05", "IMP-1", "5", "S1", "till-1"]
        self.done([header, first])
        self.assertEqual(self.bought().source_key, "till-1")
        record = self.make([header, ["2024-03-06", "IMP-1", "6", "S1", "till-1"]])
        record.action_check()
        self.assertEqual((record.known_count, record.good_count), (1, 0))
        twice = [["2024-03-05", "IMP-1", "5", f"S{n}", "till-2"] for n in range(2)]
        record = self.make([header, *twice])
        record.action_check()
        self.assertEqual(
            self.reasons(record),
            [(3, "The source key “till-2” already appears in row 2")],
        )

    def test_currency_converts_as_odoo_does(self):
        usd = self.env.ref("base.USD")
        usd.active = True
        self.env["res.currency.rate"].search([("currency_id", "=", usd.id)]).unlink()
        for day, rate in [("2024-01-01", 1.0873), ("2024-03-01", 1.1119)]:
            self.env["res.currency.rate"].create(
                {
                    "name": day,
                    "rate": rate,
                    "currency_id": usd.id,
                    "company_id": self.company.id,
                }
            )
        header = [*HEADER, "Currency", "Margin"]
        days = ["2023-12-31", "2024-01-01", "2024-02-29", "2024-03-01", "2024-06-01"]
        rows = [[d, "IMP-1", f"{n}7.35", d, "usd", "3.33"] for n, d in enumerate(days)]
        self.done([header, *rows, ["2024-06-01", "IMP-1", "9.99", "own", "", "1"]])
        *foreign, own = self.bought()
        for bought in foreign:
            expected = usd._convert(
                bought.amount_original,
                self.company.currency_id,
                self.company,
                bought.date,
            )
            self.assertEqual(bought.amount, expected)
            expected = usd._convert(
                3.33, self.company.currency_id, self.company, bought.date
            )
            self.assertEqual(bought.margin, expected)
        self.assertEqual((own.currency_id.name, own.amount), ("EUR", 9.99))

    def test_currency_unknown_or_without_rate_is_bad(self):
        header = [*HEADER, "Currency"]
        yen = self.env.ref("base.JPY")
        yen.active = True
        self.env["res.currency.rate"].search([("currency_id", "=", yen.id)]).unlink()
        row = ["2024-03-05", "IMP-1", "5", "S1"]
        self.assertIn("no rate of JPY", self.reason([*row, "JPY"], header))
        self.assertIn("“XXQ” is not known", self.reason([*row, "XXQ"], header))

    # --- round trips, undo ------------------------------------------------------------

    def test_template_filled_and_imported(self):
        book = openpyxl.load_workbook(io.BytesIO(self.imports._template()))
        sheet = book.worksheets[0]
        labels = [cell.value for cell in sheet[1]]
        values = {"Date": datetime(2024, 3, 5), "Customer Reference": "IMP-1"}
        values |= {"Amount": 12.5, "Margin": 2.5, "Currency": "EUR", "Product": "Chair"}
        for position, label in enumerate(labels, start=1):
            sheet.cell(2, position).value = values.get(label)
        output = io.BytesIO()
        book.save(output)
        record = self.make(output.getvalue(), filename="template.xlsx")
        self.assertEqual(len(labels), 14)
        self.assertEqual(len(set(record.column_ids.mapped("target"))), 14)
        record.action_check()
        record.action_import()
        bought = self.bought()
        self.assertEqual((bought.amount, bought.margin), (12.5, 2.5))
        self.assertEqual(bought.product_name, "Chair")

    def test_untouched_template_imports_nothing(self):
        record = self.make(self.imports._template(), filename="template.xlsx")
        record.action_check()
        self.assertEqual((record.good_count, record.bad_count), (0, 1))

    def test_exported_list_imported_again_adds_nothing(self):
        self.done([HEADER] + [["2024-03-05", "IMP-1", "10", "S1"]] * 2)
        names = ["date", "partner_id", "document", "amount_original", "currency_id"]
        names += ["amount", "margin", "source_key"]
        described = self.env["crm.value.transaction"].fields_get(names)
        exported = self.bought().export_data(names)["datas"]
        rows = [[described[name]["string"] for name in names], *exported]
        record = self.make(xlsx_file(rows), filename="export.xlsx")
        record.action_check()
        self.assertEqual((record.known_count, record.line_count), (2, 2))

    def test_undo_takes_back_this_import_only(self):
        keep = self.done([HEADER, ["2024-03-05", "IMP-1", "10", "S1"]])
        record = self.done([HEADER, ["2024-03-05", "IMP-2", "10", "S2"]])
        with self.assertRaises(UserError):
            record.unlink()
        record.action_undo()
        self.assertEqual(self.bought().import_id, keep)
        self.assertEqual((record.state, record.undone_by_id), ("undone", self.env.user))
        self.assertIn("removed: 1", record.message)
        self.done([HEADER, ["2024-03-05", "IMP-2", "10", "S2"]])

    def test_import_and_undo_ask_for_a_refresh(self):
        stale = self.env["crm.value.stale"]
        domain = [("company_id", "=", self.company.id)]
        self.env["crm.value.run"].create(  # so that one customer is a small part
            {"company_id": self.company.id, "state": "done", "buyer_count": 100}
        )
        stale.search(domain).unlink()  # the company itself
        record = self.done([HEADER, ["2024-03-05", "IMP-1", "10", "S1"]])
        self.assertEqual(stale.search(domain).partner_id, self.ann)
        stale.search(domain).unlink()
        record.action_undo()
        self.assertEqual(stale.search(domain).partner_id, self.ann)

    def test_first_import_asks_for_a_run(self):
        self.done([HEADER, ["2024-03-05", "IMP-1", "1", "S"]])
        runs = self.env["crm.value.run"].search([("company_id", "=", self.company.id)])
        self.assertEqual(runs.state, "queued")

    def test_many_customers_ask_for_a_run(self):
        with patch(f"{STORE}.FEW_CUSTOMERS", 1):
            self.done([HEADER] + [["2024-03-05", f"IMP-{n}", "1", "S"] for n in (1, 2)])
        runs = self.env["crm.value.run"].search([("company_id", "=", self.company.id)])
        self.assertEqual(runs.state, "queued")

    def test_change_of_rules_drops_the_check(self):
        record = self.make([HEADER, ["2024-03-05", "IMP-1", "10", "S1"]])
        record.action_check()
        record.column_ids[3].target = False
        self.assertEqual((record.state, record.good_count), ("draft", 0))
        with self.assertRaisesRegex(UserError, "Check the file first"):
            record.action_import()


@tagged("post_install", "-at_install")
class TestImportQueue(ImportCase):
    def setUp(self):
        super().setUp()
        self.cron = self.env.ref("crm_value.ir_cron_import")
        self.rows = [HEADER] + [
            [f"2024-03-{n + 1:02}", "IMP-1", "10", f"S{n}"] for n in range(25)
        ]
        self.startPatcher(patch(f"{CHECK}.AT_ONCE", 5))
        self.startPatcher(patch(f"{CHECK}.CHUNK", 10))

    def run_cron(self):
        with self.enter_registry_test_mode():
            self.cron.method_direct_trigger()

    def test_long_file_waits_for_the_cron(self):
        record = self.make(self.rows)
        record.action_check()
        self.assertEqual(record.state, "queued")
        self.run_cron()
        self.assertEqual((record.state, record.rows_read), ("checked", 26))
        record.action_import()
        self.assertFalse(self.bought())
        self.run_cron()
        self.assertEqual((record.state, len(self.bought())), ("done", 25))

    def test_killed_check_goes_on_where_it_was(self):
        record = self.make(self.rows)
        record.action_check()
        original = type(record)._copy_lines
        calls = []

        def die_once(self, lines):
            calls.append(1)
            if len(calls) == 2:
                raise psycopg2.errors.SerializationFailure("killed")
            return original(self, lines)

        with patch.object(type(record), "_copy_lines", die_once), self.rollback_safe():
            self.run_cron()
            self.assertEqual(record.state, "running")
            self.run_cron()
        self.assertEqual((record.state, record.line_count), ("checked", 25))

    def rollback_safe(self):
        """A test's cursor cannot roll back to the commits it pretends to make."""
        return patch.object(type(self.imports), "_roll_back", lambda self: None)

    def test_failure_before_the_end_imports_nothing(self):
        record = self.make(self.rows, create_missing=True)
        record.action_check()
        self.run_cron()
        record.action_import()
        with patch.object(type(record), "_rescore", side_effect=ValueError("x")):
            self.run_cron()
        self.assertEqual(record.state, "failed")
        self.assertIn("nothing has been imported", record.message)
        self.assertFalse(self.bought())
        record.action_check()
        self.run_cron()
        record.action_import()
        self.run_cron()
        self.assertEqual(len(self.bought()), 25)

    def test_who_lost_the_right_holds_up_nobody(self):
        leaver = new_test_user(
            self.env,
            "import_demoted",
            groups="crm_value.group_officer",
            company_id=self.company.id,
            company_ids=[Command.set(self.company.ids)],
        )
        lost = self.make(self.rows).with_user(leaver)
        lost.action_check()
        behind = self.make(self.rows)
        behind.action_check()
        leaver.sudo().group_ids = self.env.ref("base.group_user")
        with self.rollback_safe(), mute_logger(JOBS):
            self.run_cron()
        self.assertEqual((lost.sudo().state, behind.state), ("failed", "checked"))

    def test_import_of_a_deleted_user_asks_for_another(self):
        record = self.make(self.rows)
        record.action_check()
        self.env.cr.execute("UPDATE crm_value_import SET user_id = NULL")
        record.invalidate_recordset()
        with self.rollback_safe():
            self.run_cron()
        self.assertEqual(record.state, "failed")
        self.assertIn("no longer a user", record.message)

    def test_endless_interruptions_end(self):
        record = self.make(self.rows)
        record.action_check()
        record.attempts = 5
        self.run_cron()
        self.assertEqual(record.state, "failed")
        self.assertIn("interrupted 5 times", record.message)

    def test_second_cron_leaves_a_locked_import_alone(self):
        record = self.make(self.rows)
        record.action_check()
        with db_connect(self.env.cr.dbname).cursor() as other:
            other.execute(
                "SELECT pg_advisory_lock(hashtext('crm.value.import'), %s)", [record.id]
            )
            self.run_cron()
            self.assertEqual(record.state, "queued")
            other.execute(
                "SELECT pg_advisory_unlock(hashtext('crm.value.import'), %s)",
                [record.id],
            )
        self.run_cron()
        self.assertEqual(record.state, "checked")

    def test_stopped_import_is_not_taken_up(self):
        record = self.make(self.rows)
        record.action_check()
        with self.assertRaisesRegex(UserError, "is running"):
            record.create_missing = True
        record.action_stop()
        self.run_cron()
        self.assertEqual(record.state, "draft")

    def test_query_count_does_not_grow_with_lines(self):
        def queries(size):
            record = self.make(self.rows[: size + 1])
            with patch(f"{CHECK}.CHUNK", 100), patch(f"{CHECK}.AT_ONCE", 100):
                before = self.env.cr.sql_log_count
                record.action_check()
                record.action_import()
                self.env.flush_all()
            return self.env.cr.sql_log_count - before

        queries(1)
        self.assertEqual(queries(5), queries(25))


@tagged("post_install", "-at_install")
class TestImportRights(ImportCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users = {
            role: new_test_user(
                cls.env,
                f"import_{role}",
                groups=f"crm_value.group_{role}",
                company_id=cls.company.id,
                company_ids=[Command.set(cls.company.ids)],
            )
            for role in ("user", "officer", "manager")
        }
        cls.rows = [HEADER, ["2024-03-05", "IMP-1", "10", "S1"]]

    def as_role(self, role, record=None):
        return (self.imports if record is None else record).with_user(self.users[role])

    def test_officer_imports_and_only_manager_undoes(self):
        content = b64encode(csv_file(self.rows))
        record = self.as_role("officer").create({"file": content, "filename": "a.csv"})
        record.action_check()
        record.action_import()
        self.assertEqual(record.state, "done")
        with self.assertRaises(AccessError):
            record.action_undo()
        self.as_role("manager", record).action_undo()
        self.assertFalse(self.bought())

    def test_user_reads_results_but_no_files_and_starts_nothing(self):
        record = self.make(self.rows)
        self.assertEqual(self.as_role("user", record).state, "draft")
        with self.assertRaises(AccessError):
            self.as_role("user", record).read(["file"])
        with self.assertRaises(AccessError):
            self.as_role("user", record).action_check()
        with self.assertRaises(AccessError):
            self.as_role("user").create({"filename": "a.csv"})
        with self.assertRaises(AccessError):
            self.env["crm.value.import.line"].with_user(self.users["user"]).search([])

    def test_officer_without_contact_rights_creates_no_customers(self):
        record = self.make(self.rows, create_missing=True)
        with self.assertRaisesRegex(UserError, "not allowed to create contacts"):
            self.as_role("officer", record).action_check()

    def test_other_company_sees_nothing(self):
        record = self.done(self.rows)
        other = self.env["res.company"].create({"name": "Other Import Co"})
        stranger = new_test_user(
            self.env,
            "import_stranger",
            groups="crm_value.group_manager",
            company_id=other.id,
            company_ids=[Command.set(other.ids)],
        )
        env = self.env(user=stranger, context={"allowed_company_ids": other.ids})
        for model in (
            "crm.value.import",
            "crm.value.import.column",
            "crm.value.transaction",
        ):
            self.assertFalse(env[model].search([]), model)
        with self.assertRaises(AccessError):
            record.with_env(env).action_undo()
