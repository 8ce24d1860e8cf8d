"""Files that shall not exhaust the server, and what becomes of a file afterwards."""

import gzip
import io
import zipfile
from base64 import b64decode, b64encode
from datetime import timedelta
from itertools import repeat
from unittest.mock import patch

import xlsxwriter

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import TransactionCase, new_test_user, tagged

from ...sheets.purchases import cells, limits, markup, reading, workbook, writing
from ...sheets.purchases.problems import SheetError
from .test_import import CHECK, HEADER, ImportCase, csv_file, xlsx_file

MB = 1 << 20
XMLNS = "http://schemas.openxmlformats.org/"
NAMES = "".join(
    f'<c r="{letter}1" t="inlineStr"><is><t>{name}</t></is></c>'
    for letter, name in zip("ABC", HEADER, strict=False)
)
BEGIN = f'<worksheet xmlns="{XMLNS}x"><sheetData><row r="1">{NAMES}</row>'
END = "</sheetData></worksheet>"


def relations(*kinds):
    return "<Relationships>{}</Relationships>".format(
        "".join(
            f'<Relationship Id="r{at}" Type="{XMLNS}r/{kind}" Target="{target}"/>'
            for at, (kind, target) in enumerate(kinds)
        )
    )


def bomb(*parts, shared=(), styles=(), packing=zipfile.ZIP_DEFLATED):
    """Return a stream of a workbook whose sheet is made of ``parts``."""
    output = io.BytesIO()
    content = {
        "_rels/.rels": [relations(("officeDocument", "xl/workbook.xml"))],
        "xl/_rels/workbook.xml.rels": [
            relations(
                ("worksheet", "sheet.xml"),
                ("sharedStrings", "texts.xml"),
                ("styles", "styles.xml"),
            )
        ],
        "xl/workbook.xml": [
            '<workbook><sheets><sheet name="S" r:id="r0"/></sheets></workbook>'
        ],
        "xl/sheet.xml": parts,
        "xl/texts.xml": ["<sst>", *shared, "</sst>"],
        "xl/styles.xml": ["<s>", *styles, "</s>"],
    }
    with zipfile.ZipFile(output, "w", packing) as archive:
        for name, texts in content.items():
            with archive.open(name, "w") as part:
                for text in texts:
                    part.write(text.encode())
    output.seek(0)
    return output


def packed(*parts):
    output = io.BytesIO()
    with gzip.GzipFile(fileobj=output, mode="wb", compresslevel=1) as archive:
        for part in parts:
            archive.write(part)
    output.seek(0)
    return output


def much(text, megabytes):
    """Return an iterable of as many blocks of a megabyte, made of ``text``."""
    return repeat(text * (MB // len(text)), megabytes)


def read_all(stream):
    """Read a file as the import does; return the number of its rows."""
    stream = reading.unpack(stream)
    layout = reading.detect(stream)
    reading.read_head(stream, layout, 1000)
    _header, rows = reading.read_table(stream, layout)
    return sum(1 for _row in rows)


@tagged("post_install", "-at_install")
class TestImportLimits(TransactionCase):
    """Each of these files is small, or would be after packing."""

    def refused(self, stream, error):
        self.assertRaisesRegex(SheetError, error, read_all, stream)

    def test_workbook_bombs_are_refused(self):
        cell = '<row r="2"><c r="A2" t="inlineStr"><is>'
        long_text = ["<t>", *much("x", 2), "</t>"]
        bombs = {
            "beyond the end": ['<row r="999999999"><c><v>1</v></c></row>'],
            "A cell in row 2": [cell, *long_text],
            "in row 2 holds": [cell, *much("<r><t>xx</t></r>", 1)],
            "Row 2 is longer": ['<row r="2">', *much("<c><v>1</v></c>", 1)],
            "beyond the end of": much("<row/>", 7),
        }
        for error, parts in bombs.items():
            with self.subTest(error=error):
                self.refused(bomb(BEGIN, *parts, END), error)
        for parts in (
            ['<row a="', *much("x", 3), '"/>'],
            much("<a>", 1),
            [f"<a{number}/>" for number in range(2 * markup.MOST_NAMES)],
        ):
            self.refused(bomb(BEGIN, *parts, END), "not a readable xlsx")

    def test_entities_are_refused(self):
        doctype = '<!DOCTYPE w [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
        sheet = BEGIN + '<row><c t="inlineStr"><is><t>&b;</t></is></c></row>'
        self.refused(bomb(doctype, sheet, END), "not a readable xlsx")

    def test_other_parts_are_limited(self):
        row = '<row r="2"><c r="A2" t="s" s="1"><v>{}</v></c></row>'
        first, last = row.format(0), row.format(10**9)
        long_text = ["<si><t>", *much("x", 1), "</t></si>"]
        self.refused(bomb(BEGIN, first, END, shared=long_text), "too much text")
        # No text after the first is read, as no cell asks for it.
        texts = ["<si><t>x</t></si>" * 10_000, *long_text]
        self.assertEqual(read_all(bomb(BEGIN, first, END, shared=texts)), 1)
        self.patch(cells, "MOST_TEXTS", 1000)
        texts = much("<si/>", 1)
        self.refused(bomb(BEGIN, last, END, shared=texts), "too much text")
        self.patch(workbook, "MOST_OF_A_PART", MB)
        styles = much("<x/>", 2)
        self.refused(bomb(BEGIN, first, END, styles=styles), "expands to more than")
        styles = ["<cellXfs>", "<xf/>" * 2 * markup.MOST_STYLES, "</cellXfs>"]
        self.refused(bomb(BEGIN, first, END, styles=styles), "not a readable xlsx")

    def test_archives_are_limited(self):
        self.refused(bomb(BEGIN, END, packing=zipfile.ZIP_LZMA), "not a readable xlsx")
        many = io.BytesIO()
        with zipfile.ZipFile(many, "w") as archive:
            for number in range(25_000):
                archive.writestr(str(number), "")
        many.seek(0)
        self.refused(many, "not a readable xlsx")
        self.patch(reading, "LARGEST_WORKBOOK", MB)
        self.refused(packed(b"PK", *much(b"\0", 2)), "expands to more than 1 MB")

    def test_sheet_expands_so_far_only(self):
        text = f"<row><c t='inlineStr'><is><t>{'x' * 9000}</t></is></c></row>"
        stream = bomb(BEGIN, *much(text, 20), END)
        layout = reading.detect(stream)
        _header, rows = reading.read_head(stream, layout, 5000)
        self.assertLess(len(rows), 2000)  # as many as a few megabytes hold
        self.assertLess(max(len(row[0]) for _number, row in rows), 600)
        book = workbook.Workbook(stream)
        with self.assertRaisesRegex(SheetError, "expands to more than 10 MB"):
            list(book.rows("S", 10 * MB))

    def test_cells_far_out_do_not_widen_every_row(self):
        stream = bomb(BEGIN, '<row r="2"><c r="XFD2"><v>7</v></c></row>', END)
        _header, (_number, row) = workbook.Workbook(stream).rows("S")
        self.assertEqual((len(row), row[-1]), (limits.MOST_COLUMNS + 1, 7))

    def test_text_bombs_are_refused(self):
        begin = b"Date,Customer,Amount\n2024-01-05,C1,5\n"
        for error, parts in {
            "Row 3 is longer": [b"2024-01-05,", *much(b"x", 2)],
            "Row 3 is longer than": much(b",", 2),
            "Row 3 is longer than 1048576": [b'"', *much(b'\n","', 2)],
            "quotation mark": [b'"', *much(b"x" * 99 + b"\n", 1)],
        }.items():
            with self.subTest(error=error):
                self.refused(packed(begin, *parts), error)
        self.refused(packed(reading.OLD_OFFICE, *much(b"\0", 3)), "old Excel file")
        self.patch(limits, "MOST_ROWS", 1000)
        self.refused(packed(begin, *much(b"2024-01-05,C1,5\n", 1)), "than 1000 rows")

    def test_gzip_expands_so_far_only(self):
        stream = packed(b"Date,Customer,Amount\n", *much(b"2024-01-05,C1,5\n", 3))
        counted = limits.Counted(gzip.GzipFile(fileobj=stream), MB)
        with self.assertRaisesRegex(SheetError, "expands to more than 1 MB"):
            while counted.read(1000):
                pass

    def test_few_long_rows_are_left_to_the_cron(self):
        long = b"2024-01-05,C1,5," + b"x" * 100_000 + b"\n"
        stream = io.BytesIO(b"Date,Customer,Amount,Note\n" + long * 200)
        self.assertGreater(reading.detect(stream).row_count, 2000)

    def test_what_is_quoted_in_a_problem_is_short(self):
        content = csv_file([HEADER, ["9" * 5000, "C1", "8" * 5000, ""]])
        stream = io.BytesIO(content)
        layout = reading.detect(stream)
        _header, rows = reading.read_head(stream, layout, 5)
        self.assertLess(max(map(len, rows[0][1])), 600)


@tagged("post_install", "-at_install")
class TestImportFile(ImportCase):
    def test_report_runs_no_formula(self):
        record = self.make([HEADER, ["=1+1", "@x", "-5", "+C|A!0"]])
        record.action_check()
        lines = b64decode(record.bad_file).decode("utf-8-sig").splitlines()
        self.assertTrue(lines[1].endswith(",'=1+1,'@x,-5,'+C|A!0"), lines)

    def test_mended_report_brings_the_original_text(self):
        rows = [HEADER, ["2024-13-05", "IMP-1", "-5", "=S1"]]
        record = self.make(rows)
        record.action_check()
        mended = b64decode(record.bad_file).replace(b"2024-13-05", b"2024-03-05")
        again = self.make(mended)
        again.action_check()
        again.action_import()
        bought = self.env["crm.value.transaction"].search(
            [("import_id", "=", again.id)]
        )
        self.assertEqual((bought.document, bought.amount), ("=S1", -5))

    def test_report_ends_where_it_would_be_too_large(self):
        self.patch(limits, "MOST_REPORTED", 500)
        record = self.make([HEADER, *(["?", "IMP-1", "5", "S1"] for _n in range(50))])
        record.action_check()
        report = b64decode(record.bad_file).decode("utf-8-sig").splitlines()
        self.assertLess(len(report), 30)
        self.assertIn("lines with errors in all: 50", report[-1])

    def test_report_is_found_whatever_the_file_is_called(self):
        record = self.make([HEADER, ["?", "", "", ""]], filename="a/b?c#d.csv")
        record.action_check()
        url = record.action_download_bad()["url"]
        self.assertNotIn("#", url)
        self.assertTrue(url.startswith(f"/web/content/crm.value.import/{record.id}/"))

    def test_file_goes_after_a_while(self):
        rows = [HEADER, ["2024-03-05", "IMP-1", "10", "S1"]]
        old, fresh = self.make(rows), self.make([*rows, *rows[1:]])
        old.action_check()
        old.action_import()
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE ir_attachment SET write_date = %s WHERE res_model = %s "
            "AND res_id = %s",
            [fields.Datetime.now() - timedelta(days=31), old._name, old.id],
        )
        self.env.invalidate_all()
        self.imports._gc_files()
        self.assertFalse(
            old.file or old.sample or any(old.column_ids.mapped("example"))
        )
        self.assertEqual((old.state, old.good_count), ("done", 1))
        self.assertTrue(old.column_ids.filtered("target"))
        self.assertTrue(fresh.file and fresh.sample)

    def test_large_workbook_reads_as_before(self):
        rows = [HEADER, *(["2024-03-05", "IMP-1", n, f"S{n}"] for n in range(1, 3000))]
        record = self.make(xlsx_file(rows), filename="a.xlsx")
        self.assertGreaterEqual(record.row_count, 3000)
        record._check()
        self.assertEqual((record.good_count, record.bad_count), (2999, 0))

    def test_a_long_second_sheet_is_left_to_the_cron(self):
        output = io.BytesIO()
        with xlsxwriter.Workbook(output) as book:
            for name, count in (("short", 2), ("long", 2500)):
                sheet = book.add_worksheet(name)
                for number, row in enumerate([HEADER, *[["", "C", 1, "S"]] * count]):
                    sheet.write_row(number, 0, row)
        record = self.make(output.getvalue(), filename="a.xlsx")
        record.sheet_name = "long"
        self.assertGreater(record.row_count, 2000)

    def test_officer_takes_no_door_into_a_finished_import(self):
        officer = new_test_user(
            self.env,
            "import_door",
            groups="crm_value.group_officer",
            company_id=self.company.id,
        )
        rows = [HEADER, ["2024-03-05", "IMP-1", "10", "S1"]]
        record = self.make(rows)
        record.action_check()
        record.action_import()
        admin = self.env.ref("base.user_admin")
        mine = record.with_user(officer).with_context(
            crm_value_import_inspecting=True, crm_value_noting=True
        )
        for vals in ({"user_id": admin.id}, {"state": "undone"}, {"task": "import"}):
            self.assertRaises(AccessError, mine.write, vals)
        content = b64encode(csv_file(rows))
        self.assertRaises(UserError, mine.write, {"file": content})
        column = mine.column_ids[0]
        self.assertRaises(UserError, column.write, {"position": 2})
        self.assertRaises(UserError, column.unlink)
        vals = {"import_id": record.id, "position": 9, "target": "margin"}
        self.assertRaises(UserError, column.create, vals)
        made = self.imports.with_user(officer).with_context(
            default_user_id=admin.id, default_state="done"
        )
        made = made.create({"file": content, "filename": "a.csv"})
        self.assertEqual((made.user_id, made.state), (officer, "draft"))

    def test_job_asks_for_the_rights_again(self):
        officer = new_test_user(
            self.env,
            "import_leaver",
            groups="crm_value.group_officer",
            company_id=self.company.id,
        )
        self.startPatcher(patch(f"{CHECK}.AT_ONCE", 0))
        rows = [HEADER, ["2024-03-05", "IMP-1", "10", "S1"]]
        record = self.make(rows).with_user(officer)
        record.action_check()
        self.assertEqual(record.state, "queued")
        officer.sudo().active = False
        with self.assertRaisesRegex(UserError, "archived"):
            self.imports.browse(record.id)._as_worker()._perform()


@tagged("post_install", "-at_install")
class TestHarmless(TransactionCase):
    def test_numbers_stay_numbers(self):
        for text in ("-5", "+5", "-1,234.50", "-1.234,50", "-5 €", "-"):
            self.assertEqual(writing.harmless(text), text)
        for text in ("=5", "-5+1", "@a", "\t5", "\r=1", "+49 30 1234-5", "＝1"):
            self.assertEqual(writing.harmless(text), f"'{text}")
