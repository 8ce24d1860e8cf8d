"""What cells mean: the plain functions, without a database."""

import doctest
import io
from datetime import date
from decimal import Decimal
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase

from ...sheets.purchases import (
    charsets,
    currencies,
    dates,
    headers,
    headrows,
    identity,
    keys,
    reading,
    values,
    zones,
)
from ...sheets.purchases.problems import ValueProblem
from ...sheets.purchases.understood import Understood

CENTS = st.integers(-(10**13), 10**13)
# However busy the machine is.
PATIENT = settings(deadline=None, suppress_health_check=list(HealthCheck))


class TestValues(BaseCase):
    def test_docstrings_hold(self):
        for module in (
            charsets,
            currencies,
            dates,
            headers,
            headrows,
            identity,
            keys,
            values,
            zones,
        ):
            result = doctest.testmod(module)
            self.assertEqual(result.failed, 0)
            self.assertGreater(result.attempted, 0)

    def test_amounts_as_people_write_them(self):
        for text, amount in [
            ("1,234.56", "1234.56"),
            ("1 234,56 €", "1234.56"),
            ("1’234.50", "1234.50"),
            ("1,23,456.00", "123456.00"),
            ("¥１２.５０", "12.50"),
            ("(5)", "-5"),
            ("$ (1,234.50)", "-1234.50"),
            ("-US$1,234.50", "-1234.50"),
            ("1,234.50 USD", "1234.50"),
            ("1,234.50 CR", "-1234.50"),
            ("1,234.50 DR", "1234.50"),
            ("5.00-", "-5.00"),
            ("−5", "-5"),
            ("1.5e3", "1500"),
            ("1'000", "1000"),
            (".5", ".5"),
            ("12,34", "12.34"),
            ("0.500", "0.5"),
            ("12.–", "12"),
            ("1.234,-- Fr.", "1234"),
            (" $ -   ", "0"),
            ('="12"', "12"),
        ]:
            for style in ("", "point", "comma"):
                with self.subTest(text=text, style=style):
                    found = values.to_amount(text, style)[0]
                    self.assertEqual(found, Decimal(amount))

    def test_what_two_readings_fit_is_read_only_when_it_is_settled(self):
        for text, point, comma in [
            ("1.234", "1.234", "1234"),
            ("-12,000 €", "-12000", "-12"),
        ]:
            self.assertEqual(values.to_amount(text, "point")[0], Decimal(point))
            self.assertEqual(values.to_amount(text, "comma")[0], Decimal(comma))
            self.assertRaises(ValueProblem, values.to_amount, text, "")

    def test_no_amount_is_guessed(self):
        for text in (
            "",
            "nan",
            "inf",
            "1,23,4",
            "1.2.3",
            "12x",
            "12€50",
            "1,234,56",
            "5²",
            "--5",
            True,
        ):
            with self.subTest(text=text), self.assertRaises(ValueProblem):
                values.to_amount(text)
        with self.assertRaises(ValueProblem):
            values.to_amount(float("inf"))

    @PATIENT
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
            for style in ("", "point", "comma"):  # cents tell the style
                self.assertEqual(values.to_amount(text, style)[0], amount)

    @PATIENT
    @given(st.text(max_size=12), st.sampled_from(["", "point", "comma"]))
    def test_any_text_is_an_amount_or_a_problem(self, text, style):
        try:
            number, _symbol = values.to_amount(text, style)
        except ValueProblem:
            return
        self.assertTrue(number.is_finite())

    @PATIENT
    @given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
    def test_any_date_reads_back(self, day):
        for text, order in [
            (day.isoformat(), "auto"),
            (f"{day.year}年{day.month}月{day.day}日", "auto"),
            (f"{day:%Y%m%d}", "auto"),
            (f"{day:%d/%m/%Y}", "dmy"),
            (f"{day:%m/%d/%Y} 08:15", "mdy"),
            (f"{day:%d-%b-%Y}", "auto"),
            (f"{day:%a, %d %B %Y} 23:59:59 GMT", "auto"),
        ]:
            self.assertEqual(dates.to_moment(text, order)[0], day)

    @PATIENT
    @given(st.text(max_size=20))
    def test_any_text_is_a_date_or_a_problem(self, text):
        try:
            dates.to_moment(text)
        except ValueProblem:
            return

    def test_dates_of_many_languages(self):
        german = ("de_DE",)
        for text, languages, day in [
            ("1. März 2025", german, date(2025, 3, 1)),
            ("01-MAR-25", (), date(2025, 3, 1)),
            ("Mar 1, 2025, 10:12:33 AM", (), date(2025, 3, 1)),
            ("14 févr. 2025", ("fr_FR",), date(2025, 2, 14)),
            ("3 de agosto de 2025", ("es_ES",), date(2025, 8, 3)),
            ("5 апреля 2025 г.", ("ru_RU",), date(2025, 4, 5)),
            ("5 listopada 2025", ("pl_PL",), date(2025, 11, 5)),
            ("2025. március 7.", ("hu_HU",), date(2025, 3, 7)),
            ("2025년 3월 1일", (), date(2025, 3, 1)),
            ("2025年03月01日 星期六", (), date(2025, 3, 1)),
            ("2025. 3. 1.", (), date(2025, 3, 1)),
            ("20250301123000", (), date(2025, 3, 1)),
            ("2025-03-01 下午 3:20", (), date(2025, 3, 1)),
        ]:
            with self.subTest(text=text):
                self.assertEqual(dates.to_moment(text, languages=languages)[0], day)
        for text in ("2025-03", "Q1 2025", "2025-W09", "01.03.", "1 Foo 2025", "March"):
            self.assertRaises(ValueProblem, dates.to_moment, text)

    def test_a_month_that_two_languages_mean_otherwise_is_not_guessed(self):
        both = ("pl_PL", "hr_HR")  # November there, October here
        self.assertRaises(
            ValueProblem, dates.to_moment, "5 listopad 2025", "auto", both
        )

    def test_one_moment_is_one_day_of_the_company_in_any_zone(self):
        understood = Understood("point", "auto", ZoneInfo("Asia/Shanghai"))
        for text in (
            "2025-03-31T17:30:00Z",
            "2025-04-01T01:30:00+08:00",
            "2025-03-31T12:30:00-05:00",
            "Mar 31, 2025 9:30:00 AM PST",
        ):
            day, clock, _written = understood.moment(text)
            self.assertEqual((day, clock), (date(2025, 4, 1), "01:30:00"))
        self.assertEqual(understood.moment("2025-03-31 23:30")[0], date(2025, 3, 31))

    def test_zone_name_of_two_countries_is_the_companys_or_asked(self):
        text = "2025-03-31 17:30:00 CST"
        for zone, day, clock in [
            ("Asia/Shanghai", date(2025, 3, 31), "17:30:00"),
            ("America/Chicago", date(2025, 3, 31), "18:30:00"),  # summer has begun
            ("America/New_York", date(2025, 3, 31), "19:30:00"),
        ]:
            understood = Understood("point", "auto", ZoneInfo(zone))
            self.assertEqual(understood.moment(text)[:2], (day, clock), zone)
        for zone in ("UTC", "Europe/Berlin", "Asia/Tokyo"):
            understood = Understood("point", "auto", ZoneInfo(zone))
            with self.assertRaisesRegex(ValueProblem, "several time zones"):
                understood.moment(text)

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
