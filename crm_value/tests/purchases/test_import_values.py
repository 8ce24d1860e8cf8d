"""What cells mean: the plain functions, without a database."""

import doctest
import io
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import BaseCase

from ...sheets.purchases import currencies, headers, identity, keys, reading, values
from ...sheets.purchases.problems import ValueProblem

CENTS = st.integers(-(10**13), 10**13)


class TestValues(BaseCase):
    def test_docstrings_hold(self):
        for module in (values, headers, identity, keys, currencies):
            result = doctest.testmod(module)
            self.assertEqual(result.failed, 0)
            self.assertGreater(result.attempted, 0)

    def test_amounts_as_people_write_them(self):
        for text, decimal_comma, amount in [
            ("1,234.56", False, "1234.56"),
            ("1 234,56 €", True, "1234.56"),
            ("¥１２.５０", False, "12.50"),
            ("(5)", False, "-5"),
            ("5.00-", False, "-5.00"),
            ("−5", False, "-5"),
            ("1.5e3", False, "1500"),
            ("1'000", False, "1000"),
            (".5", False, ".5"),
        ]:
            with self.subTest(text=text):
                self.assertEqual(
                    values.to_amount(text, decimal_comma)[0], Decimal(amount)
                )

    def test_no_amount_is_guessed(self):
        for text in (
            "",
            "-",
            "nan",
            "inf",
            "1,23",
            "1.2.3",
            "12x",
            "1,2345",
            "5²",
            "--5",
            True,
        ):
            with self.subTest(text=text), self.assertRaises(ValueProblem):
                values.to_amount(text)
        with self.assertRaises(ValueProblem):
            values.to_amount(float("inf"))

    @given(CENTS, st.booleans(), st.booleans())
    def test_any_formatted_amount_reads_back(
        self, cents, decimal_comma, in_parentheses
    ):
        amount = Decimal(cents) / 100
        text = f"{abs(amount):,.2f}"
        if decimal_comma:
            text = text.translate(str.maketrans(",.", ".,"))
        if amount < 0:
            text = f"({text})" if in_parentheses else f"-{text}"
        if abs(amount) < values.LARGEST_AMOUNT:
            self.assertEqual(values.to_amount(text, decimal_comma)[0], amount)

    @given(st.text(max_size=12), st.booleans())
    def test_any_text_is_an_amount_or_a_problem(self, text, decimal_comma):
        try:
            number, _symbol = values.to_amount(text, decimal_comma)
        except ValueProblem:
            return
        self.assertTrue(number.is_finite())

    @given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
    def test_any_date_reads_back(self, day):
        for text, order in [
            (day.isoformat(), "auto"),
            (f"{day.year}年{day.month}月{day.day}日", "auto"),
            (f"{day:%Y%m%d}", "auto"),
            (f"{day:%d/%m/%Y}", "dmy"),
            (f"{day:%m/%d/%Y} 08:15", "mdy"),
        ]:
            self.assertEqual(values.to_moment(text, order)[0], day)

    @given(st.text(max_size=20))
    def test_any_text_is_a_date_or_a_problem(self, text):
        try:
            values.to_moment(text)
        except ValueProblem:
            return

    def test_company_money_is_taken_only_without_the_original(self):
        labels = {"Amount in Company Currency": "amount_company"}
        header = ["Date", "Amount in Company Currency", "Currency"]
        self.assertEqual(
            headers.guess(header, [[]] * 3, labels), ["date", "amount", None]
        )
        header[0] = "Amount"
        self.assertEqual(
            headers.guess(header, [[]] * 3, labels), ["amount", None, "currency"]
        )

    def test_delimiter_of_quoted_text(self):
        text = 'a;b;"c, d, e, f"\n1;2;"x, y, z"\n'
        self.assertEqual(reading._guess_delimiter(io.StringIO(text)), ";")
