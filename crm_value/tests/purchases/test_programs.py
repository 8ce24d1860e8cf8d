"""What exports of known programs say: the files in ``programs``, without a database."""

import doctest
import io
from collections import defaultdict
from datetime import date
from pathlib import Path

from odoo.tests import BaseCase

from ...sheets.purchases import headers, program, programs, reading, values
from ...sheets.purchases.purchase import Parser, Skipped
from ...sheets.purchases.rows import guess_carried

FILES = Path(__file__).parent / "programs"
SYMBOLS = {"USD": "$", "EUR": "€", "GBP": "£"}


class Currency:
    """A currency of two decimals."""

    id = 1

    def __init__(self, name):
        self.name = name
        self.symbol = SYMBOLS.get(name, name)

    def round(self, amount):
        return round(float(amount), 2)


class Rates:
    """All currencies there are, each worth as much as the others."""

    def currency(self, code):
        return Currency(code.upper())

    def convert(self, amount, _currency, _day):
        return amount


class ProgramCase(BaseCase):
    def read(self, name, change=None):
        """Return (program, lines, rows that do not count) of a file.

        :param change: function of (header, rows) that makes a variant of the file
        """
        stream = io.BytesIO((FILES / name).read_bytes())
        header, rows = reading.read_head(stream, reading.detect(stream), 1000)
        if change:
            header, rows = change(header, rows)
        found = programs.recognise(header)
        if not found:
            return None, [], []
        cells = [
            [row[position] for _number, row in rows if position < len(row)]
            for position in range(len(header))
        ]
        lines = self._lines(found, header, cells, rows)
        return (
            found.key,
            [line for line in lines if not isinstance(line, Skipped)],
            [line for line in lines if isinstance(line, Skipped)],
        )

    def _lines(self, found, header, cells, rows):
        targets = found.targets(header, cells)
        dates = [
            values.to_text(cell)
            for target, column in zip(targets, cells, strict=True)
            if target == "date"
            for cell in column
        ]
        order = values.guess_date_order(dates)
        comma = headers.guess_decimal_commas(targets, cells)
        parser = Parser(
            columns={target: at for at, target in enumerate(targets) if target},
            width=len(header),
            rates=Rates(),
            default_currency="USD",
            today=date(2026, 1, 1),
            date_order=found.date_order if order == "auto" else order,
            decimal_comma=comma,
            counting=found.counting(),
            once_per_document=found.counts_once(header, cells),
            carried=guess_carried(targets, [row for _n, row in rows]) | found.carried,
            adjust=program.adjuster(found, header, comma),
        )
        return list(parser.lines(rows))

    def sums(self, name, change=None):
        """Return what each customer of a file bought; nothing in it is wrong."""
        _key, lines, _skipped = self.read(name, change)
        self.assertFalse([line.error for line in lines if line.error])
        total = defaultdict(float)
        for line in lines:
            total[line.key] += line.amount_original
        return {key: round(amount, 2) for key, amount in total.items()}


class TestPrograms(ProgramCase):
    def test_docstrings_hold(self):
        for module in (program, programs):
            result = doctest.testmod(module)
            self.assertEqual(result.failed, 0)
            self.assertGreater(result.attempted, 0)

    def test_shopify_counts_each_order_once_without_tax(self):
        self.assertEqual(
            self.sums("shopify_orders.csv"),
            {
                "ann@example.com": 90.0,
                "bob example": 40.0,
                "cyd@example.com": 40.0,
                "dee@example.com": 40.0,
            },
        )
        self.assertEqual(
            self.sums("shopify_orders_tax_included.csv"),
            {"eve@example.com": 100.0, "fay@example.com": 50.0},
        )

    def test_totals_on_each_line_count_once(self):
        self.assertEqual(
            self.sums("woocommerce_advanced_export.csv"),
            {"ann@example.com": 90.0, "bob@example.com": 20.0},
        )
        self.assertEqual(
            self.sums("xero_sales_invoices.csv"),
            {"pay@alpha.example": 80.0, "beta ltd": 170.0},
        )

    def test_odoo_lines_belong_to_their_document(self):
        self.assertEqual(
            self.sums("odoo_orders_lines.csv"),
            {"ann@example.com": 150.0, "beta llc": 80.0},
        )
        self.assertEqual(
            self.sums("odoo_invoices_lines.csv"),
            {"alpha inc": 150.0, "beta llc": -30.0},
        )

    def test_order_of_columns_makes_no_difference(self):
        def turned(header, rows):
            return header[::-1], [
                (n, (row + [""] * len(header))[: len(header)][::-1]) for n, row in rows
            ]

        for path in sorted(FILES.glob("*.*")):
            if path.suffix == ".md" or path.name.startswith("quickbooks_sales"):
                continue
            with self.subTest(file=path.name):
                self.assertEqual(
                    self.read(path.name)[0], self.read(path.name, turned)[0]
                )

    def test_woocommerce_counts_what_was_bought(self):
        self.assertEqual(
            self.sums("woocommerce_analytics.csv"),
            {"ann example": 60.0, "bob example": 36.5},
        )
        self.assertEqual(
            self.sums("woocommerce_order_export.csv"),
            {"ann@example.com": 90.0, "bob@example.com": 40.0},
        )

    def test_magento_without_a_subtotal_counts_with_tax(self):
        self.assertEqual(
            self.sums("magento_orders_grid_default.csv"), {"ann example": 108.0}
        )

    def test_amazon_takes_discount_and_tax_off(self):
        self.assertEqual(
            self.sums("amazon_order_report.txt"),
            {
                "a1x@marketplace.amazon.com": 45.0,
                "b2y@marketplace.amazon.com": 40.0,
            },
        )
        self.assertEqual(
            self.sums("amazon_order_report_europe.txt"),
            {
                "c3z@marketplace.amazon.co.uk": 30.0,
                "d4w@marketplace.amazon.co.uk": 40.0,
            },
        )

    def test_amazon_settlement_counts_the_price_of_goods(self):
        key, lines, skipped = self.read("amazon_settlement_v2.txt")
        self.assertEqual((key, len(lines), len(skipped)), ("amazon_settlement", 4, 11))
        self.assertEqual({line.error for line in lines}, {"The customer is missing"})

    def test_quickbooks_list_leaves_payments_out(self):
        self.assertEqual(
            self.sums("quickbooks_transaction_list.csv"),
            {"alpha inc": 50.0, "beta llc": 80.0},
        )

    def test_stripe_subtracts_refunds_and_no_fee(self):
        self.assertEqual(
            self.sums("stripe_payments.csv"),
            {
                "ann@example.com": 120.0,
                "bob@example.com": 49.9,
                "cyd@example.com": 25.0,
            },
        )
        self.assertEqual(
            self.sums("stripe_unified_payments.csv"), {"ann@example.com": 1200.0}
        )

    def test_paypal_counts_payments_and_refunds_of_customers(self):
        self.assertEqual(
            self.sums("paypal_activity.csv"),
            {"ann@example.com": 130.0, "bob@example.com": 0.0, "cyd@example.com": 9.0},
        )
        self.assertEqual(
            self.sums("paypal_activity_german.csv"),
            {"erika@example.com": 1119.0, "max@example.com": 10.0},
        )

    def test_square_counts_net_sales(self):
        self.assertEqual(
            self.sums("square_transactions.csv"), {"CUST1": 27.0, "CUST2": 1155.0}
        )
        self.assertEqual(self.sums("square_items.csv"), {"CUST1": 27.0, "CUST2": -45.0})

    def test_taobao_and_youzan_count_what_was_paid(self):
        self.assertEqual(
            self.sums("taobao_orders.csv"),
            {"小明的店": 128.0, "李花花2008": 130.0, "阿强": 75.5},
        )
        self.assertEqual(
            self.sums("youzan_orders.csv"),
            {"13900000001": 539.1, "13900000002": 249.0},
        )

    def test_odoo_lists_count_without_tax(self):
        self.assertEqual(
            self.sums("odoo_orders.csv"),
            {"beta llc": 300.0, "alpha inc, ann example": 1200.5},
        )
        self.assertEqual(self.sums("odoo_orders_chinese.csv"), {"甲公司": 300.0})
        self.assertEqual(
            self.sums("odoo_invoices.csv"), {"beta llc": 200.0, "alpha inc": 50.0}
        )
        self.assertEqual(self.sums("odoo_invoices_chinese.csv"), {"甲公司": 200.0})
        self.assertEqual(self.sums("odoo_invoices_unsigned.csv"), {"alpha inc": 60.0})

    def test_published_retail_counts_price_times_quantity(self):
        for name, expected in (
            ("uci_online_retail.csv", {"17850": 35.64, "14527": -27.5, "12583": 90.0}),
            ("uci_online_retail_ii.csv", {"13085": 164.4, "16321": -35.4}),
        ):
            _key, lines, _skipped = self.read(name)
            total = defaultdict(float)
            for line in lines:
                if not line.error:
                    total[line.key] += line.amount_original
            self.assertEqual({k: round(v, 2) for k, v in total.items()}, expected)
            self.assertEqual(
                [line.error for line in lines if line.error],
                ["The customer is missing"],
            )
