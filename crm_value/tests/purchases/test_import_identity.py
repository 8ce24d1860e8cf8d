"""Who and what a file names: customers by several keys, documents, moments."""

from base64 import b64encode
from pathlib import Path
from unittest.mock import patch

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from .test_import import HEADER, ImportCase

CASES = Path(__file__).parent / "cases"


class IdentityCase(ImportCase):
    def case(self, name, **values):
        """Return the checked import of one of the kept files."""
        content = (CASES / name).read_bytes()
        record = self.imports.create(
            {"file": b64encode(content), "filename": name, **values}
        )
        record.action_check()
        return record

    def take(self, name):
        record = self.case(name, create_missing=True)
        self.assertFalse(record.bad_count, self.reasons(record))
        record.action_import()
        return record

    def total(self):
        return round(sum(self.bought().mapped("amount")), 2)

    def contacts(self, *numbers):
        partners = self.env["res.partner"].search([("ref", "in", numbers)], order="ref")
        return [(p.ref, p.name, p.email or "") for p in partners]


@tagged("post_install", "-at_install")
class TestImportCustomers(IdentityCase):
    def test_one_person_by_number_email_and_name_is_one_contact(self):
        record = self.case("35_mixed_keys.csv", create_missing=True)
        self.assertEqual(record.shared_customer_count, 1)
        self.assertEqual(
            self.reasons(record),
            [(5, "“C2” has the e-mail address of “C1”: one customer or two?")],
        )
        record.action_customers_apart()
        self.assertEqual((record.bad_count, record.new_customer_count), (0, 2))
        record.action_import()
        self.assertEqual(
            self.contacts("C1", "C2"),
            [("C1", "Ann Example", "ann@example.com"), ("C2", "Ann Example (C2)", "")],
        )
        self.take("35b_next_month.csv")
        self.assertEqual(self.total(), 260)
        self.assertEqual(len(self.bought().partner_id), 2)
        self.assertEqual(
            len(self.env["res.partner"].search([("name", "like", "Ann Example")])), 2
        )

    def test_two_numbers_may_be_one_customer(self):
        record = self.case("35_mixed_keys.csv", create_missing=True)
        record.action_same_customer()
        record.action_import()
        self.assertEqual(len(self.bought().partner_id), 1)
        self.assertEqual(self.total(), 185)

    def test_contact_without_number_is_found_by_its_email(self):
        self.ann.ref = False
        header = [*HEADER, "Email", "Customer Name"]
        row = ["2024-03-05", "N-1", "5", "S1", "Ann <ANN@import.example>", ""]
        self.done([header, row])
        self.assertEqual(self.bought().partner_id, self.ann)

    def test_number_with_the_email_of_another_number_is_asked(self):
        header = [*HEADER, "Email"]
        row = ["2024-03-05", "N-1", "5", "S1", "ann@import.example"]
        record = self.make([header, row], create_missing=True)
        record.action_check()
        self.assertIn("the e-mail address of “IMP-1”", self.reasons(record)[0][1])
        record.action_same_customer()
        record.action_import()
        self.assertEqual(self.bought().partner_id, self.ann)

    def test_name_of_two_numbers_is_ambiguous(self):
        header = ["Date", "Customer ID", "Customer Name", "Amount"]
        rows = [
            header,
            ["2024-03-05", "N-1", "John Smith", "1"],
            ["2024-03-05", "N-2", "John Smith", "2"],
            ["2024-03-05", "", "john  smith", "4"],
        ]
        record = self.make(rows, create_missing=True)
        record.action_check()
        self.assertEqual(
            self.reasons(record), [(4, "2 customers have the Name “john smith”")]
        )

    def test_odd_letters_case_and_spaces_are_one_customer(self):
        self.ann.name = "Zoe\u0308  Import"
        header = ["Date", "Customer Name", "Amount"]
        names = [
            "Zoë Import",
            "ZOE\u0308 IMPORT",
            "Zoë\u200b\u00a0Import ",
            "\ufeffzoë import",
        ]
        self.done(
            [header, *(["2024-03-05", n, f"{i + 1}"] for i, n in enumerate(names))]
        )
        self.assertEqual(self.bought().partner_id, self.ann)
        self.assertEqual(self.total(), 10)

    def test_number_in_other_capitals_is_found_unless_two_differ_so(self):
        self.done([HEADER, ["2024-03-05", "imp-1", "5", "S1"]])
        self.assertEqual(self.bought().partner_id, self.ann)
        self.bob.ref = "imp-1"
        record = self.done([HEADER, ["2024-03-05", "imp-1", "5", "S2"]])
        self.assertEqual(self.bought(record).partner_id, self.bob)

    def test_numbers_in_other_capitals_are_one_customer_if_names_agree(self):
        header = ["Date", "Customer ID", "Customer Name", "Amount"]
        rows = [
            header,
            ["2024-03-05", "k-1a", "Eve", "1"],
            ["2024-03-06", "K-1A", "EVE", "2"],
            ["2024-03-07", "k-1A", "Adam", "4"],
        ]
        record = self.done(rows, create_missing=True)
        self.assertEqual(
            self.bought(record).mapped(lambda b: b.partner_id.ref),
            ["k-1a", "k-1a", "k-1A"],
        )

    def test_numbers_of_a_spreadsheet_lose_their_point(self):
        self.ann.ref, self.bob.ref = "13085", "16321.0"
        rows = [
            ["2024-03-05", "13085.0", "5", "S1"],
            ["2024-03-05", "1.6321E4", "6", "S2"],
        ]
        self.done([HEADER, *rows])
        self.assertEqual(self.bought().partner_id, self.ann | self.bob)

    def test_numbers_keep_their_point_unless_all_have_it(self):
        self.ann.ref, self.bob.ref = "1.0", "2"
        rows = [[f"2024-03-{n % 28 + 1}", "1.0", f"{n}", "S"] for n in range(1, 1100)]
        self.bob.ref = "A2"
        record = self.done([HEADER, *rows, ["2024-03-05", "A2", "7", "T"]])
        self.assertEqual(record.good_count, 1100)
        self.assertEqual(self.bought().partner_id, self.ann | self.bob)

    def test_purchases_of_pointed_numbers_are_known(self):
        """Earlier versions took them as they stood."""
        row = ["2024-03-05", "13085.0", "5"]
        with patch.object(type(self.imports), "_has_whole_numbers", lambda _s: False):
            self.done([HEADER[:3], row], create_missing=True)
        self.assertEqual(self.bought().partner_id.ref, "13085.0")
        again = self.done([HEADER[:3], row], create_missing=True)
        self.assertEqual((again.known_count, self.total()), (1, 5))

    def test_name_in_front_of_an_address_is_the_name(self):
        header = ["Date", "Customer E-mail", "Amount"]
        rows = [header, ["2024-03-05", "Eve Doe <Eve@new.example>", "5"]]
        self.done(rows, create_missing=True)
        eve = self.bought().partner_id
        self.assertEqual((eve.name, eve.email), ("Eve Doe", "eve@new.example"))

    def test_currencies_as_people_spell_them(self):
        for code in ("USD", "CNY", "GBP"):
            self.env.ref(f"base.{code}").active = True
            self.env["res.currency.rate"].create(
                {
                    "name": "2020-01-01",
                    "rate": 2,
                    "currency_id": self.env.ref(f"base.{code}").id,
                    "company_id": self.company.id,
                }
            )
        header = [*HEADER, "Currency"]
        spelled = {
            "EUR": ["Euro", "€", "euros"],
            "USD": ["US Dollar", "US$", "美元"],
            "CNY": ["人民币", "RMB", "Chinese Yuan"],
            "GBP": ["£", "pounds sterling"],
        }
        texts = [(code, text) for code, found in spelled.items() for text in found]
        rows = [
            ["2024-03-05", "IMP-1", "5", f"S{number}", text]
            for number, (_code, text) in enumerate(texts)
        ]
        self.done([header, *rows])
        self.assertEqual(
            self.bought().mapped("currency_id.name"), list(dict.fromkeys(spelled))
        )
        self.assertEqual(
            [bought.currency_id.name for bought in self.bought()],
            [code for code, _text in texts],
        )

    def test_shell_answers_beforehand_what_a_check_asks(self):
        record = self.imports._import_file(
            CASES / "35_mixed_keys.csv", self.company, shared_email="apart"
        )
        self.assertEqual((record.state, self.total()), ("done", 185))


@tagged("post_install", "-at_install")
class TestImportDocuments(IdentityCase):
    def test_same_sale_at_another_till_counts_and_same_file_does_not(self):
        self.take("10_twins_shop1.csv")
        self.take("10b_twins_shop2.csv")
        self.assertEqual((len(self.bought()), self.total()), (5, 17.5))
        for name in ("10_twins_shop1.csv", "10b_twins_shop2.csv"):
            self.assertEqual(self.take(name).good_count, 0)
        self.assertEqual(self.total(), 17.5)

    def test_old_excel_workbook_is_read(self):
        record = self.take("40_old_excel.xls")
        self.assertEqual((record.good_count, self.total()), (3, 1220))
        self.assertEqual(
            [(str(b.date), b.partner_id, b.product_name) for b in self.bought()],
            [
                ("2024-03-05", self.ann, "Stuhl"),
                ("2024-03-06", self.bob, "Tisch «Grün»"),
                ("2024-03-07", self.ann, False),
            ],
        )

    def test_damaged_old_workbook_says_so(self):
        content = (CASES / "40_old_excel.xls").read_bytes()
        for damaged in (content[:3000], content[:600] + b"\xff" * 3000):
            with self.assertRaisesRegex(UserError, "Save it as .xlsx|save it again"):
                self.make(damaged, "damaged.xls")

    def test_same_invoice_with_the_time_of_day_is_the_same(self):
        self.take("28_time_precision_a.csv")
        again = self.take("28b_time_precision_b.csv")
        self.assertEqual((again.known_count, self.total()), (1, 100))

    def test_one_moment_in_three_zones_is_one_line_of_the_companys_day(self):
        self.company.partner_id.tz = "Asia/Shanghai"
        record = self.take("13_timezones.csv")
        self.assertEqual((record.known_count, self.total()), (2, 10))
        self.assertEqual(str(self.bought().date), "2025-04-01")

    def test_time_zone_is_asked_for_until_somebody_says_it(self):
        self.company.partner_id.tz = False
        record = self.case("13_timezones.csv", create_missing=True)
        self.assertTrue(record.asks_zone)
        record.company_tz = "Asia/Shanghai"
        self.assertEqual(self.company.partner_id.tz, "Asia/Shanghai")
        self.assertEqual((record.state, record.asks_zone), ("draft", False))
        record.action_check()
        self.assertEqual(str(record.date_to), "2025-04-01")
        record.company_tz = "Europe/Paris"  # not from here
        self.assertEqual(self.company.partner_id.tz, "Asia/Shanghai")

    def corrected(self, amount):
        content = (CASES / "10c_corrected.csv").read_text().replace("1000.00", amount)
        record = self.imports.create(
            {"file": b64encode(content.encode()), "filename": "corrected.csv"}
        )
        record.action_check()
        return record

    def test_document_with_other_figures_is_asked_about(self):
        self.take("10c_corrected.csv")
        record = self.corrected("900.00")
        self.assertEqual(self.reasons(record), [(2, "INV1 is there with 1,000.00")])
        self.assertEqual(record.conflict_count, 1)
        with self.assertRaises(UserError):
            record.action_import()
        record.action_skip_documents()
        self.assertEqual((record.good_count, record.known_count), (0, 1))
        record.action_keep_both_documents()
        self.assertEqual(record.good_count, 1)
        record.action_import()
        self.assertEqual(self.total(), 1900)

    def test_replaced_document_comes_back_by_undo(self):
        first = self.take("10c_corrected.csv")
        record = self.corrected("900.00")
        record.action_replace_documents()
        record.action_import()
        self.assertEqual(self.total(), 900)
        with self.assertRaisesRegex(UserError, "Undo that one first"):
            first.action_undo()
        record.action_undo()
        self.assertEqual((self.total(), self.bought().import_id), (1000, first))
        self.assertIn("had been replaced and are back: 1", record.message)
        first.action_undo()
        self.assertFalse(self.bought())

    def test_lines_that_are_missing_complete_a_document(self):
        rows = [[*HEADER, "Product"], ["2024-03-05", "IMP-1", "5", "S1", "Chair"]]
        self.done(rows)
        record = self.done([*rows, ["2024-03-05", "IMP-1", "7", "S1", "Table"]])
        self.assertEqual((record.known_count, self.total()), (1, 12))

    def test_replacing_takes_only_the_lines_that_differ(self):
        header = [*HEADER, "Product"]
        chair = ["2024-03-05", "IMP-1", "5", "S1", "Chair"]
        self.done([header, chair, ["2024-03-05", "IMP-1", "7", "S1", "Table"]])
        kept = self.bought()[0]
        record = self.make([header, chair, ["2024-03-05", "IMP-1", "8", "S1", "Table"]])
        record.action_check()
        self.assertEqual(self.reasons(record), [(3, "S1 is there with 12.00")])
        record.action_replace_documents()
        record.action_import()
        self.assertEqual(self.total(), 13)
        self.assertIn(kept, self.bought())

    def test_number_of_another_customer_day_or_till_is_another_document(self):
        header = [*HEADER, "Channel"]
        self.done([header, ["2024-03-05", "IMP-1", "5", "17", "Till 1"]])
        record = self.done(
            [
                header,
                ["2024-03-05", "IMP-2", "6", "17", "Till 1"],
                ["2024-03-06", "IMP-1", "7", "17", "Till 1"],
                ["2024-03-05", "IMP-1", "8", "17", "Till 2"],
            ]
        )
        self.assertEqual((record.conflict_count, self.total()), (0, 26))

    def test_purchases_of_earlier_versions_are_known(self):
        """Their keys know neither the channel nor the zone."""
        self.done([HEADER[:3], ["2025-03-31 17:30:00", "IMP-1", "5"]])
        self.bought().channel = "Till 1"
        header = [*HEADER[:3], "Channel"]
        for till, known in (("Till 1", 1), ("Till 2", 0)):
            row = ["2025-03-31T17:30:00Z", "IMP-1", "5", till]
            record = self.make([header, row])
            record.action_check()
            self.assertEqual(record.known_count, known, till)

    def test_undone_while_checked_is_imported(self):
        rows = [HEADER, ["2024-03-05", "IMP-1", "10", "S1"]]
        first = self.done(rows)
        again = self.make(rows)
        again.action_check()
        self.assertEqual(again.known_count, 1)
        first.action_undo()
        again.action_import()
        self.assertEqual((again.good_count, self.total()), (1, 10))


@tagged("post_install", "-at_install")
class TestImportScreen(IdentityCase):
    rows = [HEADER, *(["2024-03-05", f"N-{n % 3}", "5", f"S{n}"] for n in range(9))]

    def test_missing_customers_are_offered_and_created(self):
        record = self.make([*self.rows, ["2024-03-07", "IMP-1", "5", "S"]])
        record.action_check()
        self.assertEqual(
            record.missing_question,
            "3 customers are not in Odoo yet. Create them?",
        )
        self.assertEqual(record.missing_names, "N-0, N-1, N-2")
        self.assertEqual((record.asking_count, record.error_count), (9, 0))
        self.assertEqual((record.amount_total, record.asking_total), (5, 50))
        record.action_create_customers()
        self.assertEqual((record.state, record.bad_count), ("checked", 0))
        self.assertEqual((record.asking_count, record.missing_names), (0, False))
        record.action_import()
        self.assertEqual(len(self.bought().partner_id), 4)

    def test_reasons_are_grouped_with_their_first_rows(self):
        record = self.make([*self.rows, ["2024-02-30", "IMP-1", "ten", "<b>"]])
        record.action_check()
        self.assertEqual(
            record.problems,
            [
                ["No customer has the Reference “N-0”", 3, [2, 5, 8], 0],
                ["No customer has the Reference “N-1”", 3, [3, 6, 9], 0],
                ["No customer has the Reference “N-2”", 3, [4, 7, 10], 0],
                ["“2024-02-30” is not a date", 1, [11], 0],
                ["“ten” is not an amount", 1, [11], 0],
            ],
        )
        self.assertIn("2, 5, 8", record.problem_table)
        self.assertEqual((record.asking_count, record.error_count), (9, 1))
        record._forget_file()
        self.assertFalse(record.problems)

    def test_many_reasons_of_one_kind_say_how_many_they_are(self):
        rows = [["2024-03-05", f"N-{n}", "5", f"S{n}"] for n in range(6)]
        record = self.make([HEADER, *rows])
        record.action_check()
        text = "No customer has the Reference “N-0”"
        self.assertEqual(record.problems, [[text, 6, [2, 3, 4, 5, 6], 5]])
        self.assertIn(f"{text}, and 5 like it", record.problem_table)

    def test_each_reason_counts_its_own_lines(self):
        header = [*HEADER, "Currency", "Margin"]
        codes = ["XXA", "XXB", "XXB"]
        rows = [["2024-03-05", "IMP-1", "5", "S", code, ""] for code in codes]
        odd = ["a; b", "IMP-1", "x", "S", "EUR", "y"]
        record = self.make([header, *rows, odd])
        record.action_check()
        self.assertEqual(
            [(reason, count) for reason, count, *_rows in record.problems],
            [
                ("The currency “XXB” is not known or not active", 2),
                ("The currency “XXA” is not known or not active", 1),
                ("“a; b” is not a date", 1),
                ("“x” is not an amount", 1),
                ("“y” is not an amount", 1),
            ],
        )

    def test_one_person_is_missing_for_one_reason_and_counted_once(self):
        record = self.case("35_mixed_keys.csv")
        self.assertEqual(
            record.missing_question,
            "One customer is not in Odoo yet. Create this customer?",
        )
        self.assertEqual(
            record.problems[0],
            ["No customer has the Reference “C1”", 3, [2, 3, 4], 0],
        )

    def test_question_shows_both_who_share_an_email(self):
        record = self.case("35_mixed_keys.csv")
        for text in ("Ann Example, C2", "Ann Example, C1", "ann@example.com"):
            self.assertIn(f"<td>{text}</td>", record.shared_table)
        record.action_customers_apart()
        record.action_create_customers()
        record.action_import()
        self.assertFalse(record.shared_table)

    def test_preview_names_customers(self):
        header = ["Date", "Customer Reference", "Customer Name", "Amount"]
        row = ["2024-03-05", "N-1", "Eve <b>", "5"]
        preview = self.make([header, row]).preview
        self.assertIn("Eve &lt;b&gt; (N-1)", preview)
        self.assertIn(
            "Ann Import (IMP-1)",
            self.make(self.rows[:1] + [["2024-03-05", "IMP-1", "5", "S1"]]).preview,
        )

    def test_missing_rate_leads_to_the_currency(self):
        usd = self.env.ref("base.USD")
        usd.active = True
        usd.rate_ids.unlink()
        self.env.ref("base.JPY").active = False
        header = [*HEADER, "Currency"]
        rows = [
            ["2024-03-05", "IMP-1", "5", f"S{code}", code] for code in ("USD", "JPY")
        ]
        record = self.make([header, *rows])
        record.action_check()
        self.assertIn("USD, JPY", record.rate_question)
        action = record.action_enter_rates()
        self.assertEqual(action["res_model"], "res.currency")
        for code, rate in (("USD", 2), ("JPY", 100)):
            currency = self.env.ref(f"base.{code}")
            currency.active = True
            currency.rate_ids = [Command.create({"name": "2020-01-01", "rate": rate})]
        record.action_check()
        self.assertEqual((record.bad_count, record.rate_question), (0, False))

    def test_each_import_has_a_name_of_its_own(self):
        rows = [HEADER, ["2024-03-05", "IMP-1", "5", "S1"]]
        names = []
        for filename, row in [
            ("a.csv", ["2024-04-05", "IMP-1", "5", "S2"]),
            ("a.csv", ["2024-04-05", "IMP-1", "6", "S3"]),
        ]:
            record = self.make([*rows, row], filename=filename)
            record.action_check()
            names.append(record.name)
        self.assertEqual(
            names,
            ["a.csv, 2024-03-05 – 2024-04-05", "a.csv, 2024-03-05 – 2024-04-05 (2)"],
        )
        record.write({"filename": "b.csv", "file": record.file})
        self.assertEqual(record.name, "b.csv")
        record.name = "Spring"
        record.action_check()
        self.assertEqual(record.name, "Spring")

    def test_form_names_the_import_by_its_file(self):
        self.assertEqual(Form(self.imports).name, "Purchases")
        record = self.make(self.rows, "shop.csv", name="Purchases", create_missing=True)
        record.action_check()
        self.assertEqual(record.name, "shop.csv, 2024-03-05")

    def test_erased_customer_is_gone_from_what_was_replaced(self):
        rows = [HEADER, ["2024-03-05", "IMP-1", "5", "S1"]]
        self.done(rows)
        record = self.make([HEADER, ["2024-03-05", "IMP-1", "6", "S1"]])
        record.action_check()
        record.action_replace_documents()
        record.action_import()
        self.ann.unlink()
        replaced = self.env["crm.value.import.replaced"].sudo().search([])
        self.assertEqual(
            (replaced.document, replaced.partner_id.id, replaced.amount),
            (False, False, 5),
        )
