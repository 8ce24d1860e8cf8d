"""What exports of known programs say: the files in ``programs``, without a database."""

import doctest
import io
from collections import defaultdict
from datetime import date
from pathlib import Path

from odoo.tests import BaseCase

from ...sheets.purchases import dates, program, programs, reading, values
from ...sheets.purchases.purchase import Parser, Skipped
from ...sheets.purchases.rows import guess_carried

NUMBERS = ("amount", "margin", "quantity", "unit_price")
FILES = Path(__file__).parent / "programs"
NOBODY = (
    "The customer is missing (a contact for all such lines can be chosen under “Lines "
    "without a Customer Belong to”)"
)
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
    def read_file(self, name, change=None):
        """Return (program, lines, rows that do not count) of a file.

        :param change: function of (header, rows) that makes a variant of the file
        """
        stream = io.BytesIO((FILES / name).read_bytes())
        header, rows = reading.read_head(stream, reading.detect(stream), 1000)
        return self.understand(*(change(header, rows) if change else (header, rows)))

    def understand(self, header, rows):
        """Return (program, lines, rows that do not count) of a table."""
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
        named = list(zip(targets, cells, strict=True))
        order = dates.settled_order(
            {
                dates.order_of(c)
                for name, column in named
                if name == "date"
                for c in column
            }
        )
        numbers = {c for name, column in named if name in NUMBERS for c in column}
        style = values.settled_style(set(map(values.style_of, numbers)))
        parser = Parser(
            columns={target: at for at, target in enumerate(targets) if target},
            width=len(header),
            rates=Rates(),
            default_currency="USD",
            today=date(2026, 1, 1),
            date_order=found.date_order if order == "auto" else order,
            number_style=style,
            counting=found.counting(),
            once_per_document=found.counts_once(header, cells),
            carried=guess_carried(targets, [row for _n, row in rows]) | found.carried,
            adjust=program.adjuster(found, header, style),
        )
        return list(parser.lines(rows))

    def sums(self, name, change=None):
        """Return what each customer of a file bought; nothing in it is wrong."""
        _key, lines, _skipped = self.read_file(name, change)
        return self.total(lines)

    def total(self, lines):
        self.assertFalse([line.error for line in lines if line.error])
        total = defaultdict(float)
        for line in lines:
            total[line.key] += line.amount_original
        return {key: round(amount, 2) for key, amount in total.items()}


class TestProgramVariants(ProgramCase):
    """Older, newer and shortened exports."""

    def of(self, header, *rows):
        """Return (program, what each customer bought) of lines written with bars."""
        table = [(n, row.split("|")) for n, row in enumerate(rows, start=2)]
        key, lines, _skipped = self.understand(header.split("|"), table)
        return key, self.total(lines)

    def test_shopify_without_subtotal(self):
        self.assertEqual(
            self.of(
                "Name|Email|Financial Status|Paid at|Currency|Taxes|Total",
                "#1|ann@example.com|paid|2025-03-01 10:00:00 -0500|USD|8.00|108.00",
                "#2|ann@example.com|voided|2025-03-02 10:00:00 -0500|USD|8.00|108.00",
            ),
            ("shopify", {"ann@example.com": 100.0}),
        )

    def test_shopify_with_lines_only(self):
        self.assertEqual(
            self.of(
                "Name|Email|Financial Status|Created at|Lineitem quantity"
                "|Lineitem price|Lineitem discount",
                "#1|ann@example.com|paid|2025-03-01|2|30.00|5.00",
                "#1|ann@example.com||2025-03-01|1|10.00|0.00",
            ),
            ("shopify", {"ann@example.com": 65.0}),
        )

    def test_woocommerce_before_it_renamed_revenue(self):
        self.assertEqual(
            self.of(
                "Date|Order #|Status|Customer|Product(s)|Items Sold|Coupon(s)"
                "|N. Revenue",
                "2020-03-01 10:12:33|5|completed|Ann Example|1× Mug|1||60",
            ),
            ("woocommerce_report", {"ann example": 60.0}),
        )

    def test_woocommerce_keys_of_another_plugin(self):
        self.assertEqual(
            self.of(
                "order_id|order_number|date|status|shipping_total|tax_total"
                "|order_total|refunded_total|order_currency|customer_id"
                "|billing_first_name|billing_last_name|billing_email",
                "5|5|2025-03-01 10:12:33|completed|5.00|20.00|125.00|60.00|EUR|1|Ann"
                "|Example|ann@example.com",
            ),
            ("woocommerce_orders", {"ann@example.com": 50.0}),
        )

    def test_magento_of_the_first_generation(self):
        self.assertEqual(
            self.of(
                "Order #|Purchased From (Store)|Purchased On|Bill to Name|Ship to Name"
                "|G.T. (Base)|G.T. (Purchased)|Status",
                "100000012|Main|2014-03-01 10:12:33|Ann Example|Ann Example|$108.00"
                "|$108.00|Complete",
                "100000013|Main|2014-03-02 10:12:33|Ann Example|Ann Example|$50.00"
                "|$50.00|Canceled",
            ),
            ("magento", {"ann example": 108.0}),
        )

    def test_amazon_orders_of_all_channels(self):
        header = (
            "amazon-order-id|purchase-date|order-status|sales-channel|item-status"
            "|quantity|currency|item-price|item-tax"
        )
        rows = (
            "1|2025-03-01T10:00:00+00:00|Shipped|Amazon.de|Shipped|1|EUR|119.00|19.00",
            "2|2025-03-01T10:00:00+00:00|Cancelled|Amazon.de|Cancelled|0|EUR||",
        )
        table = [(n, row.split("|")) for n, row in enumerate(rows, start=2)]
        key, lines, skipped = self.understand(header.split("|"), table)
        self.assertEqual((key, len(skipped)), ("amazon_orders", 1))
        self.assertEqual([line.error for line in lines], [NOBODY])

    def test_quickbooks_with_the_customer_in_a_column(self):
        self.assertEqual(
            self.of(
                "Customer full name|Transaction date|Transaction type|Num"
                "|Product/Service full name|Description|Quantity|Sales price|Amount",
                "Alpha Inc|01/13/2025|Invoice|1|Chair||2|50.00|100.00",
                "Alpha Inc|01/14/2025|Credit memo|2|Chair||1|-50.00|-50.00",
                "Alpha Inc|01/15/2025|Estimate|3|Chair||1|50.00|50.00",
            ),
            ("quickbooks_sales", {"alpha inc": 50.0}),
        )

    def test_xero_as_it_is_imported(self):
        self.assertEqual(
            self.of(
                "*ContactName|EmailAddress|*InvoiceNumber|*InvoiceDate|*DueDate"
                "|*Description|*Quantity|*UnitAmount|Discount|*AccountCode|*TaxType",
                "Alpha Ltd||INV-1|13/03/2025|14/03/2025|Chair|2|50.00|10|200|20%",
                "Alpha Ltd||INV-1|13/03/2025|14/03/2025|Lamp|1|20.00||200|20%",
            ),
            ("xero", {"alpha ltd": 110.0}),
        )

    def test_square_without_the_newer_columns(self):
        self.assertEqual(
            self.of(
                "Date|Time|Gross Sales|Discounts|Net Sales|Tax|Tip|Total Collected"
                "|Fees|Net Total|Transaction ID|Event Type|Customer Name",
                "2018-03-13|10:02:11|$30.00|-$3.00|$27.00|$2.16|$2.00|$31.16|-$0.93"
                "|$30.23|T1|Payment|Ann Example",
                "2018-03-14|10:02:11|-$5.00|$0.00|-$5.00|-$0.40|$0.00|-$5.40|$0.00"
                "|-$5.40|T2|Refund|Ann Example",
            ),
            ("square", {"ann example": 22.0}),
        )

    def test_paypal_with_few_columns(self):
        self.assertEqual(
            self.of(
                "Date|Time|Time Zone|Name|Type|Status|Currency|Gross|Fee|Net"
                "|From Email Address|To Email Address|Transaction ID",
                "06/20/2025|19:52:00|IST|Ann Example|Web Accept Payment Received"
                "|Completed|EUR|1,150.00|-4.95|1,145.05|ann@example.com|s@example.org|1",
                "06/21/2025|19:52:00|IST|Ann Example|Refund|Completed|EUR|-150.00|0.00"
                "|-150.00|s@example.org|ann@example.com|2",
            ),
            ("paypal", {"ann@example.com": 1000.0}),
        )

    def test_taobao_of_few_columns(self):
        self.assertEqual(
            self.of(
                "订单编号|买家会员名|买家实际支付金额|订单状态|订单创建时间",
                "1|小明|88.00|卖家已发货,等待买家确认|2025-03-01 10:00:00",
                "2|小明|50.00|交易关闭|2025-03-01 10:00:00",
            ),
            ("taobao", {"小明": 88.0}),
        )

    def test_files_of_nobody_known_are_no_programs(self):
        for header in (
            "Date|Customer|Amount|Document",
            "Date|Customer ID|Amount|Invoice|Status",
            "Date|Customer|Quantity|Unit Price|Total|Tax|Net Amount",
            "Name|Email|Amount|Date|Status|Currency",
            "Number|Date|Customer|Amount",
            "Type|No.|Date|Customer|Amount|Item",
            "订单号|客户|金额|日期|状态",
            "document|datetime|customer|country|product|quantity|amount",
        ):
            with self.subTest(header=header):
                self.assertIsNone(programs.recognise(header.split("|")))


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
                    self.read_file(path.name)[0], self.read_file(path.name, turned)[0]
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
        key, lines, skipped = self.read_file("amazon_settlement_v2.txt")
        self.assertEqual((key, len(lines), len(skipped)), ("amazon_settlement", 4, 11))
        self.assertEqual({line.error for line in lines}, {NOBODY})

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
            _key, lines, _skipped = self.read_file(name)
            total = defaultdict(float)
            for line in lines:
                if not line.error:
                    total[line.key] += line.amount_original
            self.assertEqual({k: round(v, 2) for k, v in total.items()}, expected)
            self.assertEqual([line.error for line in lines if line.error], [NOBODY])
