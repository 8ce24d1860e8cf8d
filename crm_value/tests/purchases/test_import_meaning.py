"""What columns mean together: the amount, what counts, cells that stand once."""

import doctest
from datetime import date
from pathlib import Path

from odoo.exceptions import UserError
from odoo.tests import BaseCase, tagged

from ...sheets.purchases import amounts, headers, money, names, rows, words
from .test_import import ImportCase

CASES = Path(__file__).parent / "cases"


def table(text):
    return [line.split("|") for line in text.strip().splitlines()]


class TestMeaning(BaseCase):
    def guessed(self, text):
        """Return target → name of its column, by the names and the first rows."""
        header, *lines = table(text)
        targets = headers.guess(
            header, [list(cells) for cells in zip(*lines, strict=False)]
        )
        return {t: name for t, name in zip(targets, header, strict=False) if t}

    def parts(self, text):
        found = self.guessed(text)
        return [found[part] for part in amounts.used(found.keys())]

    def test_docstrings_hold(self):
        for module in (amounts, headers, money, names, rows, words):
            result = doctest.testmod(module)
            self.assertEqual(result.failed, 0)
            self.assertGreater(result.attempted, 0)

    def test_a_column_name_means_one_thing(self):
        found = {}
        for kind, listed in {**names.NAMES, **names.OTHER_MONEY}.items():
            for name in map(names.normalise, listed.split("|")):
                self.assertEqual(found.setdefault(name, kind), kind, name)

    def test_main_columns_are_known_in_many_languages(self):
        for header in (
            "Order date|Customer no.|Net amount|Invoice no.|Qty",
            "Rechnungsdatum|Kundennummer|Nettobetrag|Rechnungsnummer|Menge",
            "Date de facture|N° client|Montant HT|N° facture|Quantité",
            "Fecha|Código cliente|Importe neto|Nº factura|Cantidad",
            "Data|Codice cliente|Imponibile|Numero fattura|Quantità",
            "Data da venda|Código do cliente|Valor líquido|Número da fatura|Quantidade",
            "Factuurdatum|Klantnummer|Bedrag excl. btw|Factuurnummer|Aantal",
            "订单日期|客户编号|未税金额|订单号|数量",
            "注文日|顧客番号|税抜金額|注文番号|数量",
            "訂單日期|客戶編號|未稅金額|訂單編號|數量",
            "Data sprzedaży|Numer klienta|Kwota netto|Nr faktury|Ilość",
        ):
            with self.subTest(header=header):
                targets = headers.guess(header.split("|"), [[]] * 5)
                wanted = ["date", "customer_ref", "amount", "document", "quantity"]
                self.assertEqual(targets, wanted)

    def test_net_comes_before_gross_and_total(self):
        for header in (
            "Date|Customer|Total|Tax|Net Amount",
            "Date|Customer|Grand Total|Tax|Subtotal",
            "Datum|Kunde|Brutto|MwSt|Netto",
            "Date|Client|Montant TTC|TVA|Montant HT",
        ):
            with self.subTest(header=header):
                found = self.parts(f"{header}\n2025-01-03|Ann|119.00|19.00|100.00")
                self.assertEqual(found, [header.split("|")[-1]])

    def test_figures_say_which_of_two_amounts_is_net(self):
        lines = "2025-01-03|Ann|100.00|19.00|119.00\n2025-01-03|Bob|50.00|9.50|59.50"
        self.assertEqual(self.parts(f"Date|Name|Amount|Tax|Total\n{lines}"), ["Amount"])
        self.assertEqual(self.parts(f"Date|Name|Total|Tax|Amount\n{lines}"), ["Total"])

    def test_round_rate_of_the_tax_says_whether_the_amount_holds_it(self):
        gross = "Date|Name|Amount|Tax\n2025-01-03|Ann|119.00|19.00"
        net = "Date|Name|Amount|Tax\n2025-01-03|Ann|100.00|19.00"
        self.assertEqual(self.parts(gross), ["Amount", "Tax"])
        self.assertEqual(self.parts(net), ["Amount"])

    def test_price_times_quantity_where_there_is_no_amount(self):
        text = "Invoice|Quantity|InvoiceDate|Price|Customer ID\n1|2|2025-01-03|6.95|13"
        self.assertEqual(self.parts(text), ["Price", "Quantity"])
        self.assertEqual(self.parts("Date|Name|Price\n2025-01-03|Ann|5"), ["Price"])

    def test_price_times_quantity_instead_of_a_total_that_repeats(self):
        text = """Order|Date|Name|Item|Qty|Price|Total
1|2025-01-03|Ann|Chair|2|10.00|50.00
1|2025-01-03|Ann|Desk|1|30.00|50.00
2|2025-01-03|Bob|Lamp|1|40.00|40.00"""
        self.assertEqual(self.parts(text), ["Price", "Qty"])

    def test_discount_as_money_and_as_a_share(self):
        head = "Date|Name|Qty|Unit Price|Discount\n2025-01-03|Ann|1|10.00|"
        self.assertIn("discount", self.guessed(head + "1.50"))
        self.assertIn("discount_rate", self.guessed(head + "0.15"))
        self.assertIn(
            "discount_rate", self.guessed(head.replace("Discount", "Discount %") + "15")
        )

    def test_word_that_is_no_status_makes_no_status_column(self):
        text = "Date|Name|State|Amount\n2025-01-03|Ann|NY|5"
        self.assertNotIn("status", self.guessed(text))
        self.assertIn("status", self.guessed(text.replace("NY", "Paid")))

    def test_vat_of_money_is_no_number_of_the_customer(self):
        text = "Date|Name|Total|VAT\n2025-01-03|Ann|121.00|21.00"
        self.assertEqual(self.parts(text), ["Total", "VAT"])

    def test_number_that_repeats_is_no_key_of_lines(self):
        text = "Date|Name|ID|Amount\n2025-01-03|Ann|7|5\n2025-01-03|Ann|7|6"
        self.assertNotIn("source_key", self.guessed(text))

    def test_net_after_the_fees_of_a_payment_is_no_net_amount(self):
        text = "Date|Name|Gross|Fee|Net\n2025-01-03|Ann|100.00|-3.20|96.80"
        self.assertEqual(self.parts(text), ["Gross"])

    def test_shipping_is_taken_off_a_total(self):
        text = "Date|Name|Order Total|Tax|Shipping\n2025-01-03|Ann|125.00|20.00|5.00"
        self.assertEqual(self.parts(text), ["Order Total", "Tax", "Shipping"])

    def test_debit_and_credit_are_sales_and_returns(self):
        text = """Date|Name|Debit|Credit
2025-01-03|Ann|100.00|
2025-01-04|Ann|50.00|
2025-01-04|Ann||20.00"""
        self.assertEqual(self.parts(text), ["Debit", "Credit"])

    def test_signs_and_brackets_do_not_hide_a_name(self):
        text = "Date (UTC)|Cust. Name|Inv #|Qty.|Unit Price (USD)|Total €"
        targets = headers.guess(text.split("|"), [[]] * 6)
        self.assertEqual(targets[:4], ["date", "customer_name", "document", "quantity"])

    def test_unknown_customers_are_not_filled_from_above(self):
        lines = table(
            """2025-01-03|Ann|1|5
2025-01-03||2|5
2025-01-04|Bob|3|5
2025-01-04|Ann|4|5
2025-01-04||5|5
2025-01-04||6|5"""
        )
        targets = ["date", "customer_name", "document", "amount"]
        self.assertEqual(rows.guess_carried(targets, lines), {})


@tagged("post_install", "-at_install")
class TestImportMeaning(ImportCase):
    def test_files_as_people_have_them(self):
        self.env.ref("base.USD").active = True
        self.company.currency_id = self.env.ref("base.USD")
        for name, amount, good, bad, skipped in [
            ("05_shopify_orders_export.csv", 130, 2, 0, 2),
            ("06b_magento_orders.csv", 90, 1, 0, 1),
            ("08_quickbooks_detail.csv", 1250, 3, 0, 5),
            ("17b_formula_cached.xlsx", 100, 1, 3, 0),
            ("20_null_customers.csv", 100, 1, 7, 0),
            ("24_online_retail_II_raw.csv", 129, 3, 1, 0),
            ("25_total_and_net.csv", 300, 2, 0, 0),
            ("30_statuses.csv", 100, 1, 0, 3),
        ]:
            with self.subTest(name=name):
                content = (CASES / name).read_bytes()
                record = self.make(content, filename=name, create_missing=True)
                record.action_check()
                self.assertEqual(
                    (
                        record.amount_total,
                        record.good_count,
                        record.bad_count,
                        record.skipped_count,
                    ),
                    (amount, good, bad, skipped),
                )

    def counted(self, text, **values):
        """Return what is imported as (customer, day, amount); bad lines are left."""
        values.setdefault("create_missing", True)
        record = self.make(table(text), **values)
        record.action_check()
        if record.bad_count:
            record.action_import_good()
        else:
            record.action_import()
        return record, [
            (line.partner_id.name, str(line.date)[5:], line.amount)
            for line in self.bought(record).sorted("id")
        ]

    def test_price_times_quantity_less_discount_and_refund(self):
        record, lines = self.counted(
            """Date|Customer|Qty|Unit Price|Discount|Refunded Amount
2025-01-03|Ann|2|50.00|10.00|
2025-01-04|Ann|-1|50.00|5.00|
2025-01-05|Ann|1|40.00||15.00
2025-01-06|Ann||40.00||"""
        )
        self.assertEqual([line[2] for line in lines], [90, -45, 25])
        self.assertEqual(self.reasons(record), [(5, "The quantity is missing")])
        self.assertIn("Qty", record.reading_note)

    def test_tax_is_subtracted_and_unknown_tax_is_no_zero(self):
        record, lines = self.counted(
            """Date|Customer|Total incl. VAT|VAT
2025-01-03|Ann|121.00|21.00
2025-01-04|Ann|-242.00|42.00
2025-01-05|Ann|121.00|"""
        )
        self.assertEqual([line[2] for line in lines], [100, -200])
        self.assertEqual(len(self.reasons(record)), 1)

    def test_what_is_refunded_holds_tax_and_is_never_more_than_the_amount(self):
        _record, lines = self.counted(
            """Order|Date|Customer|Subtotal|Taxes|Total|Refunded Amount
1|2025-01-03|Ann|90.00|9.00|104.00|11.00
2|2025-01-04|Ann|90.00|9.00|104.00|104.00"""
        )
        self.assertEqual([line[2] for line in lines], [80, 0])

    def test_statuses_are_shown_and_can_be_changed(self):
        text = """Date|Customer|Amount|Invoice|Status
2025-01-03|Ann|100.00|1|Paid
2025-01-04|Ann|500.00|2|Cancelled
2025-01-05|Ann|300.00|3|Draft
2025-01-06|Ann|200.00|4|Refunded"""
        record = self.make(table(text), create_missing=True)
        record.action_check()
        meanings = {value.value: value.meaning for value in record.value_ids}
        self.assertEqual(
            meanings,
            {
                "Paid": "counts",
                "Cancelled": "skipped",
                "Draft": "skipped",
                "Refunded": "skipped",
            },
        )
        self.assertEqual((record.amount_total, record.skipped_count), (100, 3))
        self.assertEqual((record.good_count, record.bad_count), (1, 0))
        draft = record.value_ids.filtered(lambda value: value.value == "Draft")
        draft.meaning = "counts"
        self.assertEqual(record.state, "draft")
        self.assertEqual(record.preview.count("Does not count"), 2)
        record.action_check()
        self.assertEqual((record.amount_total, record.skipped_count), (400, 2))

    def test_status_that_nobody_knows_is_asked_about(self):
        text = """Date|Customer|Amount|Status
2025-01-03|Ann|100.00|Paid
2025-01-04|Ann|500.00|Parked"""
        record = self.make(table(text), create_missing=True)
        record.action_check()
        self.assertEqual((record.good_count, record.bad_count), (1, 1))
        self.assertIn("Parked", record.reading_note)
        record.value_ids[-1].meaning = "returns"
        record.action_check()
        self.assertEqual((record.amount_total, record.bad_count), (-400, 0))

    def test_status_late_in_a_long_file_is_listed_by_the_check(self):
        lines = [["Date", "Customer", "Amount", "Status"]]
        lines += [["2025-01-03", "Ann", "1.00", "Paid"]] * 1100
        lines += [["2025-01-03", "Ann", "5.00", "Void"]]
        record = self.make(lines, create_missing=True)
        self.assertEqual(record.value_ids.mapped("value"), ["Paid"])
        record.action_check()
        self.assertEqual(record.value_ids.mapped("value"), ["Paid", "Void"])
        self.assertEqual(record.value_ids.mapped("line_count"), [1100, 1])
        self.assertEqual(record.amount_total, 1100)

    def test_column_chosen_as_status_lists_its_values(self):
        text = "Date|Customer|Amount|Note\n2025-01-03|Ann|5.00|Paid"
        record = self.make(table(text))
        self.assertFalse(record.value_ids)
        record.column_ids.filtered(lambda c: c.name == "Note").target = "status"
        self.assertEqual(record.value_ids.mapped("value"), ["Paid"])

    def test_kind_of_line_gives_the_sign(self):
        _record, lines = self.counted(
            """Date|Customer|Type|Qty|Amount
2025-01-03|Ann|Sale|2|100.00
2025-01-04|Ann|Return|1|30.00
2025-01-05|Ann|Credit Memo|-1|-20.00
2025-01-06|Ann|Payment|1|50.00
2025-01-07|Ann|Invoice|1|10.00"""
        )
        self.assertEqual([line[2] for line in lines], [100, -30, -20, 10])

    def test_second_status_and_yes_where_it_was_cancelled(self):
        _record, lines = self.counted(
            """Date|Customer|Order Status|Payment Status|Amount
2025-01-03|Ann|Shipped|Paid|10.00
2025-01-04|Ann|Delivered|Refunded|20.00
2025-01-05|Ann|Shipped|unpaid|40.00"""
        )
        self.assertEqual([line[2] for line in lines], [10, 40])
        _record, lines = self.counted(
            """Date|Customer|Cancelled|Amount
2025-02-03|Ann|No|10.00
2025-02-04|Ann|Yes|20.00"""
        )
        self.assertEqual([line[2] for line in lines], [10])

    def test_partly_refunded_counts_where_the_refund_is_told(self):
        text = """Date|Customer|Status|Amount|Refunded
2025-01-03|Ann|partially_refunded|100.00|20.00"""
        _record, lines = self.counted(text)
        self.assertEqual([line[2] for line in lines], [80])
        record = self.make(table(text.replace("|Refunded", "|Comment")))
        record.action_check()
        self.assertEqual(record.bad_count, 1)

    def test_subtotal_in_place_of_a_customer_is_no_customer(self):
        record, lines = self.counted(
            """Date|Customer|Amount
2025-01-03|Ann|10.00
2025-01-03|Subtotal|10.00
Total||10.00"""
        )
        self.assertEqual([line[2] for line in lines], [10])
        self.assertEqual((record.bad_count, record.skipped_count), (0, 2))

    def test_debit_less_credit(self):
        _record, lines = self.counted(
            """Date|Customer|Debit|Credit
2025-01-03|Ann|100.00|
2025-01-04|Ann|50.00|0.00
2025-01-05|Ann||20.00"""
        )
        self.assertEqual([line[2] for line in lines], [100, 50, -20])

    def test_currency_in_the_name_of_the_amount(self):
        usd = self.env.ref("base.USD")
        usd.active = True
        text = "Date|Customer|Amount (USD)\n2025-01-03|Ann|10.00"
        record = self.make(table(text))
        self.assertEqual(record.currency_id, usd)
        record.currency_id = self.company.currency_id
        self.assertIn("USD", record.reading_note)

    def test_column_of_no_statuses_ends_the_check(self):
        lines = [["Date", "Customer", "Amount", "Note"]]
        lines += [["2025-01-03", "Ann", "5.00", f"N{at}"] for at in range(400)]
        record = self.make(lines)
        record.column_ids.filtered(lambda c: c.name == "Note").target = "status"
        self.assertEqual(len(record.value_ids), 100)
        with self.assertRaises(UserError):
            record.action_check()

    def test_rows_read_before_a_break_fill_those_after_it(self):
        lines = table("""2025-01-03|Ann|1|5
|||6
2025-01-04|Bob|2|7
|||8""")
        record = self.make(
            [["Date", "Customer", "Invoice", "Amount"], *lines], create_missing=True
        )
        numbered = list(enumerate(lines, 2))
        whole = list(record._parser().lines(numbered))
        self.assertEqual([line.document for line in whole], ["1", "1", "2", "2"])
        self.assertEqual(list(record._parser().lines(numbered, 2)), whole[1:])

    def test_one_sign_of_all_amounts_is_their_currency(self):
        gbp = self.env.ref("base.GBP")
        gbp.active = True
        text = "Date|Customer|Amount\n2025-01-03|Ann|£10.00\n2025-01-03|Ann|£5.00"
        self.assertEqual(self.make(table(text)).currency_id, gbp)
        record = self.make(table(text.replace("£5", "5")))
        self.assertEqual(record.currency_id, self.company.currency_id)

    def test_customer_above_its_lines_and_totals_below(self):
        record, lines = self.counted(
            """|Date|Transaction Type|Num|Qty|Sales Price|Amount
Alpha Inc||||||
|2025-01-03|Invoice|1001|2.00|50.00|100.00
|2025-02-14|Credit Memo|1002|-1.00|50.00|-50.00
Total for Alpha Inc||||||50.00
Beta LLC||||||
Shop of Beta||||||
|2025-03-20|Invoice|1003|1.00|1200.00|1200.00
Total for Shop of Beta||||||1200.00
Total for Beta LLC||||||1200.00
TOTAL||||||1250.00"""
        )
        self.assertEqual(
            lines,
            [
                ("Alpha Inc", "01-03", 100),
                ("Alpha Inc", "02-14", -50),
                ("Beta LLC", "03-20", 1200),
            ],
        )
        self.assertEqual((record.bad_count, record.skipped_count), (0, 7))

    def test_order_fields_on_the_first_line_only(self):
        record, lines = self.counted(
            """Name|Email|Financial Status|Subtotal|Taxes|Created at|Item|Billing Name
#1001|ann@s.example|paid|90.00|7.20|2025-03-01|Mug|Ann Example
#1001|ann@s.example||||2025-03-01|Plate|
#1002||paid|40.00|3.20|2025-03-02|Lamp|Bob Example
#1003|ann@s.example|refunded|200.00|16.00|2025-03-05|Desk|"""
        )
        self.assertEqual([line[1:] for line in lines], [("03-01", 90), ("03-02", 40)])
        bought = self.bought(record).sorted("id")
        self.assertEqual(bought.mapped("document"), ["#1001", "#1002"])
        self.assertEqual(bought.mapped("product_name"), [False, "Lamp"])
        self.assertIn("<td>Mug, Plate</td>", record.preview)
        self.assertIn("Does not count: repeats order #1001", record.preview)
        self.assertIn("Does not count: refunded", record.preview)

    def test_shopify_preview_says_what_was_bought_and_the_file_s_own_status(self):
        text = """Name|Email|Financial Status|Subtotal|Taxes|Created at|\
Lineitem quantity|Lineitem name|Cancelled at
#1|ann@s.example|paid|90.00|7.20|2025-03-01|1|Mug|
#1|ann@s.example||||2025-03-01|2|Plate|
#2|ann@s.example|paid|40.00|3.20|2025-03-02|1|Lamp|
#3|ann@s.example|refunded|9.00|1.00|2025-03-05|1|Pen|2025-03-06"""
        record = self.make(table(text), create_missing=True)
        self.assertEqual(record.program, "shopify")
        for said in (
            "<td>1 × Mug, 2 × Plate</td>",
            "Does not count: repeats order #1",
            "<td>Lamp</td><td>1",
            "Does not count: refunded (cancelled)",
        ):
            self.assertIn(said, record.preview)
        record.action_check()
        record.action_import()
        bought = self.bought(record).sorted("id")
        self.assertEqual(bought.mapped("product_name"), [False, "Lamp"])

    def test_total_on_each_line_counts_once(self):
        text = """Order|Date|Customer|Product|Order Total
1|2025-01-03|Ann|Chair|150.00
1|2025-01-03|Ann|Desk|150.00
2|2025-01-04|Bob|Lamp|40.00"""
        record, lines = self.counted(text)
        self.assertEqual([line[2] for line in lines], [150, 40])
        self.assertEqual(record.skipped_note, "repeat the amount of their document: 1")
        record = self.make(table(text))
        record.once_per_document = False
        record.action_check()
        self.assertEqual(record.line_count, 3)

    def test_identical_lines_of_a_document_all_count(self):
        text = """Order|Date|Customer|Product|Total
1|2025-01-03|Ann|Tea|3.50
1|2025-01-03|Ann|Tea|3.50
2|2025-01-04|Bob|Tea|7.00"""
        _record, lines = self.counted(text)
        self.assertEqual([line[2] for line in lines], [3.5, 3.5, 7])

    def test_customer_stands_on_the_first_of_its_lines(self):
        _record, lines = self.counted(
            """Customer|Date|Amount
Alpha|2025-01-03|10.00
|2025-01-04|20.00
Beta|2025-01-05|30.00
|2025-01-06|40.00
Total||100.00"""
        )
        self.assertEqual(
            [line[::2] for line in lines],
            [("Alpha", 10), ("Alpha", 20), ("Beta", 30), ("Beta", 40)],
        )

    def test_words_for_nobody_create_no_contact(self):
        before = self.env["res.partner"].search_count([])
        record, lines = self.counted(
            """Date|Customer ID|Customer Name|Amount|Invoice
2025-01-03|1001|Alpha|100.00|1
2025-01-04|NULL|NULL|50.00|2
2025-01-06|nan|nan|80.00|4
2025-01-07|N/A|N/A|90.00|5
2025-01-08|-|-|95.00|6
2025-01-09|0|Walk-in|96.00|7
2025-01-10|#N/A|#N/A|97.00|8"""
        )
        self.assertEqual([line[2] for line in lines], [100])
        self.assertEqual(len(self.reasons(record)), 6)
        self.assertEqual(self.env["res.partner"].search_count([]), before + 1)

    def test_what_makes_the_amount_and_what_is_left_out_is_shown(self):
        record = self.make(table("Date|Customer|Total|Tax|Net\n2025-01-03|A|12|2|10"))
        self.assertIn("<b>Net</b>", record.reading_note)
        self.assertIn("Total", record.reading_note)
        record = self.make(table("Date|Customer|Qty|Price\n2025-01-03|A|12|2"))
        self.assertIn("<b>Price</b> × <b>Qty</b>", record.reading_note)

    def test_amount_that_is_not_there_is_asked_for(self):
        record = self.make(table("Date|Customer|Unit Price\n2025-01-03|A|2"))
        with self.assertRaises(UserError):
            record.action_check()

    def test_months_of_another_language_beside_a_channel(self):
        self.env["res.lang"]._activate_lang("de_DE")
        text = "Date|Customer|Channel|Amount\n5. März 2025|Ann|Shop|5.00"
        _record, lines = self.counted(text)
        self.assertEqual(lines, [("Ann", "03-05", 5)])

    def test_time_in_a_column_of_its_own(self):
        text = "Date|Time|Customer|Amount\n2025-01-03|10:00:05|Ann|5.00"
        record, lines = self.counted(text)
        self.assertEqual(lines, [("Ann", "01-03", 5)])
        self.assertEqual(self.bought(record).date, date(2025, 1, 3))
