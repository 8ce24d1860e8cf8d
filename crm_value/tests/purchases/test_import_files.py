"""Files as programs write them: encoding, row of names, styles of numbers and dates."""

import gzip
import io
import zipfile
from base64 import b64encode
from datetime import date
from pathlib import Path

import openpyxl
import xlsxwriter

from odoo.exceptions import UserError
from odoo.tests import BaseCase, tagged

from ...models.purchases.crm_value_import_marks import ENCODINGS
from ...sheets.purchases import charsets, limits, reading
from ...sheets.purchases.problems import SheetError
from ...sheets.purchases.values import to_text
from .test_import import HEADER, ImportCase, csv_file, xlsx_file

CASES = Path(__file__).parent / "cases"
# encoding, and a file of two or three names
LISTS = [
    ("cp1252", "Datum;Kunde\n1;Müller & Söhne\n2;Café Größe „Eiche“\n3;5 €"),
    ("cp1252", "Fecha;Cliente\n1;Muñoz Ibáñez\n2;Peña y García"),
    ("cp1252", "Dato;Kunde;Beløb\n1;Søren Kjærgård\n2;Bjørn Ødegård"),
    ("cp1252", "Date,Customer,Amount\n1,Smith’s,£12.50\n2,O’Neill – Sons,£13.00"),
    ("cp1252", "Date,Customer,Amount\n1,José,12.50\n2,Ann,13.00"),
    ("cp1250", "Data;Klient\n1;Spółdzielnia Żółw\n2;Łukasz Wiśniewski"),
    ("cp1250", "Datum;Zákazník;Částka\n1;Jiří Dvořák\n2;Žaneta Křížová"),
    ("cp1250", "Dátum;Vevő;Összeg\n1;Szűcs Győző\n2;Őrsi Tűzép Kft."),
    ("iso8859_2", "Data;Klient\n1;Spółdzielnia Żółw\n2;Grażyna Święcicka"),
    ("cp1251", "Дата;Клиент;Сумма\n1;ООО Ромашка\n2;Иванов Пётр"),
    ("cp1251", "Дата;Клієнт;Сума\n1;Київські ґанки\n2;Шевченко Ївга"),
    ("cp1251", "DATE;CUSTOMER\n1;ООО ВЕКТОР\n2;ЗАО СТРОЙМАШ"),
    ("koi8_r", "Дата;Клиент;Сумма\n1;ООО Ромашка\n2;Иванов Пётр"),
    ("cp866", "Дата;Клиент;Сумма\n1;ООО Ромашка\n2;Иванов Пётр"),
    ("cp1253", "Ημερομηνία;Πελάτης;Ποσό\n1;Γιώργος Παπαδόπουλος\n2;Ελένη Άννα"),
    ("cp1254", "Tarih;Müşteri\n1;Gülşah Yılmaz\n2;İbrahim Çağlar\n3;Işık Ağaç"),
    ("cp1257", "Data;Klientas\n1;Žaliųjų šakų ūkis\n2;Čepaitė Ąžuolė"),
    ("cp1257", "Kuupäev;Klient\n1;Õnne Käär\n2;Jüri Tõnisson"),
    ("cp1256", "التاريخ;العميل;المبلغ\n1;محمد الأحمد\n2;شركة النور"),
    ("cp874", "วันที่;ลูกค้า;จำนวนเงิน\n1;สมชาย ใจดี\n2;บริษัท ไทยรุ่งเรือง"),
    ("cp932", "日付,顧客,金額\n1,株式会社山田商店\n2,鈴木一郎"),
    ("gb18030", "Date,Customer\n1,王小明\n2,李娜\n3,上海明珠贸易有限公司"),
    ("big5", "日期,客戶,金額\n1,台北明珠貿易有限公司\n2,陳怡君"),
    ("cp949", "날짜,고객,금액\n1,주식회사 한빛\n2,김민수"),
    ("mac_roman", "Datum;Kunde\n1;Müller & Söhne\n2;Größe Café"),
    ("cp850", "Date;Client\n1;Hélène Béranger\n2;Boulangerie Lefèvre"),
]


def case(name):
    return (CASES / name).read_bytes()


OPEN_SHEET = "application/vnd.oasis.opendocument.spreadsheet"
SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "table", "text", "style")
)


def open_document(rows):
    """Return an .ods with a hidden sheet and one of some rows."""
    hidden = '<table:table-properties table:display="false"/>'
    content = f"""<?xml version="1.0" encoding="UTF-8"?>
        <office:document-content {SPACES}><office:automatic-styles>
        <style:style style:name="ta1" style:family="table"/>
        <style:style style:name="ta2" style:family="table">{hidden}</style:style>
        </office:automatic-styles><office:body><office:spreadsheet>
        <table:table table:name="Notes" table:style-name="ta2">
            <table:table-row><table:table-cell/></table:table-row></table:table>
        <table:table table:name="Shop" table:style-name="ta1">
            <table:table-column/>{rows}</table:table>
        </office:spreadsheet></office:body></office:document-content>"""
    return archive(**{"mimetype": OPEN_SHEET, "content.xml": content})


def archive(**parts):
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w") as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return output.getvalue()


def layout_of(content, languages=()):
    return reading.detect(reading.unpack(io.BytesIO(content)), languages)


class TestFiles(BaseCase):
    def test_encodings_of_short_lists_are_guessed(self):
        for encoding, text in LISTS:
            with self.subTest(encoding=encoding, text=text[:30]):
                layout = layout_of(text.encode(encoding))
                self.assertFalse(layout.encoding_doubtful)
                self.assertEqual(text.encode(encoding).decode(layout.encoding), text)

    def test_a_tie_is_doubtful_unless_a_language_is_expected(
        self,
    ):
        content = "Date;Client\n1;Hélène Béranger\n2;Lefèvre".encode("cp1252")
        self.assertTrue(layout_of(content).encoding_doubtful)
        self.assertEqual(layout_of(content, {"fr"}).candidates, ("cp1252",))
        self.assertEqual(layout_of(content, {"cs"}).candidates, ("cp1250",))

    def test_utf_16_without_a_signature_is_read(self):
        text = "日期,客户,金额\n2024-03-05,王小明,5\n"
        for encoding in ("utf-16-le", "utf-16-be"):
            self.assertEqual(layout_of(text.encode(encoding)).encoding, encoding)
        self.assertEqual(layout_of(text.encode("utf-32")).encoding, "utf-32")

    def test_a_file_of_utf_8_that_is_damaged_is_not_taken_for_another(self):
        content = "Name\nMüller\nGröße\nJosé\n".encode() + b"Caf\xe9\n"
        layout = layout_of(content)
        self.assertEqual(layout.encoding, "utf-8")
        with self.assertRaisesRegex(SheetError, "not in the encoding"):
            list(reading.read_table(io.BytesIO(content), layout)[1])

    def test_every_encoding_that_is_guessed_can_be_chosen(self):
        self.assertLessEqual(set(charsets.ENCODINGS), set(dict(ENCODINGS)))

    def test_the_row_of_names_is_found(self):
        for name, row, header in [
            ("01e_sep_line.csv", 1, ["Date", "Customer ID", "Amount", "Invoice"]),
            (
                "04_title_rows.xlsx",
                4,
                ["Date", "Customer ID", "Customer Name", "Amount", "Invoice"],
            ),
            (
                "04b_two_header_rows.xlsx",
                2,
                ["Order Date", "Customer ID", "Customer Name", "Net", "Tax"],
            ),
        ]:
            with self.subTest(name=name):
                stream = io.BytesIO(case(name))
                layout = reading.detect(stream)
                self.assertEqual(layout.header_row, row)
                self.assertEqual(reading.read_table(stream, layout)[0], header)
        self.assertEqual(layout_of(case("08_quickbooks_detail.csv")).header_row, 5)

    def test_names_nobody_knows_stand_above_the_first_value(self):
        rows = [["Rapport"], [], ["Tid", "Hvem", "Sum"], ["2024-03-05", "Ann", "5"]]
        self.assertEqual(layout_of(csv_file(rows)).header_row, 3)
        self.assertEqual(layout_of(csv_file(rows[2:])).header_row, 1)

    def test_odd_files_are_told_what_they_are(self):
        sheet = b"<?xml version='1.0'?><Workbook xmlns='urn:schemas-microsoft-com:"
        for content, sentence in [
            (b"\xef\xbb\xbf", "empty"),
            (b"\xff\xfe", "empty"),
            (b"\xef\xbb\xbf \r\n\r\n", "empty"),
            (b"%PDF-1.7\n", "PDF"),
            (b"\x89PNG\r\n\x1a\n\0", "picture"),
            (b"<html><body><table><tr><td>Date</td></tr></table>", "web page"),
            (b"\xef\xbb\xbf<!DOCTYPE html>\n<table>", "web page"),
            (sheet + b"office:spreadsheet'>", "Excel 2003"),
            (b"<?xml version='1.0'?>\n<orders><order/></orders>", "XML file"),
            (b'[{"date": "2024-03-05", "amount": 5}]', "JSON"),
            (b'{"orders": []}', "JSON"),
            (b"{\\rtf1\\ansi Date}", "RTF"),
            (b"Rar!\x1a\x07\x00", "compressed archive"),
            (archive(**{"a.csv": "Date,Amount\n"}), "compressed archive"),
            (archive(**{"xl/workbook.bin": "x", "[Content_Types].xml": ""}), "xlsb"),
            (archive(mimetype=OPEN_SHEET), "not a readable"),
            (archive(**{"word/document.xml": "<w/>"}), "no sheet"),
        ]:
            with (
                self.subTest(sentence=sentence, content=content[:20]),
                self.assertRaisesRegex(SheetError, sentence),
            ):
                layout_of(content)
        self.assertEqual(layout_of(gzip.compress(csv_file([HEADER]))).delimiter, ",")
        self.assertEqual(layout_of(b"<DATE>;<AMOUNT>\n2024-03-05;5\n").delimiter, ";")

    def test_open_document_is_read_as_it_shows(self):
        content = open_document(
            """
            <table:table-row><table:table-cell table:number-columns-repeated="2"/>
                <table:table-cell office:value-type="string"><text:p>Sales</text:p>
                </table:table-cell></table:table-row>
            <table:table-row table:number-rows-repeated="2">
                <table:table-cell table:number-columns-repeated="16384"/>
            </table:table-row>
            <table:table-row>
                <table:table-cell office:value-type="string"><text:p>Date</text:p>
                    <office:annotation><text:p>a note</text:p></office:annotation>
                </table:table-cell>
                <table:table-cell office:value-type="string"><text:p>Customer</text:p>
                </table:table-cell>
                <table:table-cell office:value-type="string"><text:p>Amount</text:p>
                </table:table-cell></table:table-row>
            <table:table-row table:number-rows-repeated="2">
                <table:table-cell office:value-type="date"
                    office:date-value="2024-03-05"><text:p>05.03.24</text:p>
                </table:table-cell>
                <table:table-cell office:value-type="string"><text:p>Ann<text:s/>L &amp;
                    Co</text:p></table:table-cell>
                <table:table-cell office:value-type="currency" office:value="1234.5">
                    <text:p>1.234,50 €</text:p></table:table-cell></table:table-row>
            <table:table-row table:number-rows-repeated="1048500">
                <table:table-cell/></table:table-row>
            """
        )
        stream = io.BytesIO(content)
        layout = reading.detect(stream)
        self.assertEqual((layout.sheet, layout.header_row), ("Shop", 4))
        header, rows = reading.read_table(stream, layout)
        self.assertEqual(header[:3], ["Date", "Customer", "Amount"])
        self.assertEqual(
            [(n, to_text(row[0]), to_text(row[1]), row[2]) for n, row in rows],
            [(n, "2024-03-05", "Ann L & Co", 1234.5) for n in (5, 6)],
        )

    def test_open_document_cannot_expand_without_end(self):
        cell = "<table:table-cell table:number-columns-repeated='16384' {}/>"
        cell = cell.format("office:value-type='float' office:value='1'")
        rows = f"<table:table-row table:number-rows-repeated='%s'>{cell}"
        rows += "</table:table-row>"
        stream = io.BytesIO(open_document(rows % 1_000_000))
        layout = reading.detect(stream)
        layout.header_row = 1
        _number, row = next(iter(reading._filled(stream, layout, None)))
        self.assertEqual(len(row), limits.MOST_COLUMNS + 1)
        stream = io.BytesIO(open_document(rows % 10_000_000))
        with self.assertRaises(SheetError):
            next(iter(reading._filled(stream, layout, None)))

    def test_a_sheet_as_wide_as_any_is_a_sentence_or_is_read(self):
        wide = io.BytesIO()
        with xlsxwriter.Workbook(wide) as book:
            sheet = book.add_worksheet()
            sheet.write_row(0, 0, ["Date", "Amount"])
            for column in range(2, 16_384):
                sheet.write_blank(0, column, None, book.add_format({"bold": True}))
            sheet.write_row(1, 0, ["2024-03-05", 5])
        _header, rows = reading.read_table(wide, layout_of(wide.getvalue()))
        self.assertEqual(list(rows), [(2, ["2024-03-05", 5])])
        named = ",".join(f"c{number}" for number in range(16_384)).encode()
        with self.assertRaisesRegex(SheetError, "more than 300 columns"):
            reading.read_table(io.BytesIO(named), layout_of(named))


@tagged("post_install", "-at_install")
class TestMarks(ImportCase):
    def match(self, record, **targets):
        for name, target in targets.items():
            column = record.column_ids.filtered(lambda c, n=name: c.name == n)
            record.write({"column_ids": [(1, column.id, {"target": target})]})

    def checked(self, content, **targets):
        record = self.make(content)
        self.match(record, **targets)
        record.create_missing = True
        record.action_check()
        return record

    def test_german_excel_is_read_without_a_hand(self):
        for name, amount, total in [
            ("01_de_excel.csv", "Nettobetrag", 13634.66),
            ("01b_de_euro_sign.csv", "Betrag", 13134.66),
        ]:
            record = self.checked(
                case(name), Datum="date", Kunde="customer_name", **{amount: "amount"}
            )
            self.assertEqual(record.encoding, "cp1252")
            self.assertFalse(record.bad_count, self.reasons(record))
            self.assertEqual(record.amount_total, total)
        record.action_import()
        names = self.bought(record).partner_id.mapped("name")
        self.assertIn("Müller & Söhne GmbH", names)
        self.assertIn("Škoda – Žatec s.r.o.", names)

    def test_only_thousands_are_asked_and_shown_in_both_readings(self):
        content = case("01c_de_only_thousands.csv")
        record = self.make(content)
        self.match(
            record, Datum="date", Betrag="amount", **{"Kundennr.": "customer_ref"}
        )
        self.assertTrue(record.asks_number_style)
        self.assertIn("1.23\xa0€ <strong>or</strong> 1,234.00\xa0€", record.preview)
        record.create_missing = True
        record.action_check()
        self.assertEqual((record.good_count, record.bad_count), (1, 2))
        self.assertIn("can be read as 1.234 or as 1234", self.reasons(record)[0][1])
        record.number_style = "comma"
        record.action_check()
        self.assertEqual((record.bad_count, record.amount_total), (0, 13734))
        self.assertFalse(record.asks_number_style)

    def test_the_whole_file_decides(self):
        record = self.checked(case("38_late_comma.csv"))
        self.assertEqual(record.number_style, "comma")
        self.assertEqual((record.bad_count, record.amount_total), (0, 1359912.5))
        days = [["03/04/2024", "IMP-1", "1", f"S{n}"] for n in range(1100)]
        record = self.make([HEADER, *days, ["25/04/2024", "IMP-1", "1", "S"]])
        self.assertTrue(record.asks_date_format)
        record.action_check()
        self.assertEqual((record.bad_count, record.date_format), (0, "dmy"))
        self.assertEqual(record.date_from, date(2024, 4, 3))

    def test_a_file_that_contradicts_itself_later_is_asked(self):
        plain = [["2024-03-05", "IMP-1", "12.50", f"S{n}"] for n in range(1100)]
        late = [["2024-03-05", "IMP-1", text, text] for text in ("12,50", "1,234")]
        record = self.make([HEADER, *plain, *late])
        self.assertEqual(record.number_style, "point")
        record.action_check()
        self.assertFalse(record.number_style)
        self.assertEqual((record.good_count, record.bad_count), (1101, 1))
        self.assertIn("1,234", self.reasons(record)[0][1])
        record.number_style = "point"
        record.action_check()
        self.assertEqual((record.bad_count, record.amount_total), (0, 14996.5))

    def test_a_column_matched_by_hand_is_looked_at(self):
        rows = [["Date", "Customer Reference", "Xyz"], ["2024-03-05", "IMP-1", "1,5"]]
        record = self.make(rows)
        self.assertFalse(record.number_style)
        self.match(record, Xyz="amount")
        self.assertEqual(record.number_style, "comma")
        self.assertTrue(record.decimal_comma)

    def test_a_doubtful_encoding_is_asked_with_the_names(self):
        rows = [["Date", "Customer Name", "Amount"], ["2024-03-05", "Hélène", "1"]]
        record = self.make(csv_file(rows, "cp1252"))
        self.assertFalse(record.encoding)
        self.assertIn("Hélène", record.encoding_preview)
        self.assertIn("Hélčne", record.encoding_preview)
        record.create_missing = True
        with self.assertRaisesRegex(UserError, "Choose the encoding"):
            record.action_check()
        record.encoding = "cp1252"
        record.action_check()
        record.action_import()
        self.assertEqual(self.bought(record).partner_id.name, "Hélène")

    def test_the_row_of_names_can_be_chosen(self):
        rows = [["What", "Ever"], ["x", "y"], HEADER, ["2024-03-05", "IMP-1", 5, "S1"]]
        record = self.make(xlsx_file(rows))
        self.assertEqual(record.header_row, 3)
        record.header_row = 1
        self.assertEqual(record.column_ids.mapped("name"), ["What", "Ever"])
        record.header_row = 3
        record.action_check()
        self.assertEqual((record.good_count, record.bad_count), (1, 0))
        with self.assertRaisesRegex(UserError, "no row 9"):
            record.header_row = 9

    def test_spellings_of_amounts(self):
        dollar = self.env.ref("base.USD")
        dollar.active = True
        self.env["res.currency.rate"].create(
            {"currency_id": dollar.id, "company_id": self.company.id, "rate": 1}
        )
        record = self.make(case("11_amount_spellings.csv"), currency_id=dollar.id)
        record.create_missing = True
        record.action_check()
        reasons = dict(self.reasons(record))
        self.assertEqual(
            sorted(reasons), [24, 25, 28, 31, 35, 38, 39, 40, 41, 42, 44, 45, 46, 49]
        )

    def test_a_currency_written_beside_the_amount_must_be_the_line_s(self):
        for text, is_good in [
            ("EUR 5.00", True),
            ("5,00 €", True),
            ("US$ 5", False),
            ("5 PCS", False),
        ]:
            reason = self.reason(["2024-03-05", "IMP-1", text, "S1"])
            self.assertEqual(not reason, is_good, reason)

    def test_cached_errors_of_formulas_are_missing_values(self):
        record = self.checked(case("17b_formula_cached.xlsx"))
        line = self.env["crm.value.import.line"].search(
            [("import_id", "=", record.id), ("number", "=", 5)]
        )
        self.assertIn("amount is missing", line.error)
        book = openpyxl.load_workbook(CASES / "17b_formula_cached.xlsx", data_only=True)
        self.assertEqual(book.active["D2"].value, 100)

    def test_a_new_file_is_guessed_anew(self):
        record = self.make([HEADER, ["2024-03-05", "IMP-1", "1.234", "S1"]])
        record.number_style = "point"
        content = csv_file([HEADER, ["2024-03-05", "IMP-1", "1,5", "S1"]])
        record.file = b64encode(content)
        self.assertEqual(record.number_style, "comma")
