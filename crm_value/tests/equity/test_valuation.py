"""The workbook and the page of a valuation: they add up, and follow assumptions."""

import io
import re
from dataclasses import replace
from shutil import which
from unittest.mock import patch

import numpy as np
import openpyxl

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, new_test_user, tagged

from ...analytics.equity import valuation
from ...analytics.forecast import prediction
from ...analytics.policy.rules import Rules
from ...report.equity import crm_value_valuation
from ..common import ValueCommon

REFERENCE = re.compile(
    r"(?:(?:'([^']+)'|(\w+))!)?\$?([A-Z]+)\$?(\d+)(?::\$?([A-Z]+)\$?(\d+))?"
)


class Sheets:
    """Calculates the formulas of a workbook, as far as valuations use them.

    A cell's formula becomes an expression of Python: ``^`` a power, a reference a look
    into another cell, a range an array.
    """

    def __init__(self, content):
        self.book = openpyxl.load_workbook(io.BytesIO(content))
        self.names = {
            name: definition.attr_text
            for name, definition in self.book.defined_names.items()
        }

    def cell(self, sheet, place):
        value = self.book[sheet][place].value
        if value is None:
            return 0  # as spreadsheets do
        if not isinstance(value, str) or not value.startswith("="):
            return value
        return self._calculate(sheet, value[1:])

    def _calculate(self, sheet, formula):
        for name, reference in self.names.items():
            formula = re.sub(rf"\b{name}\b", reference, formula)
        found = []

        def look(match):
            found.append(self._look(sheet, match))
            return f"found[{len(found) - 1}]"

        code = REFERENCE.sub(look, formula)
        code = re.sub(r"(?<![<>])=", "==", code).replace("^", "**")
        functions = {
            "IF": lambda test, yes, no: yes if test else no,
            "ROUND": round,
            "SUM": np.sum,
            "SUMPRODUCT": lambda *columns: np.prod(columns, axis=0).sum(),
        }
        # Only what this test has written itself is calculated.
        return eval(code.replace("<==", "<="), {"found": found, **functions})  # noqa: S307  # pylint: disable=eval-used

    def _look(self, sheet, match):
        quoted, plain, column, row, last_column, last_row = match.groups()
        sheet = quoted or plain or sheet
        if not last_row:
            return self.cell(sheet, f"{column}{row}")
        cells = self.book[sheet][f"{column}{row}:{last_column}{last_row}"]
        return np.array(
            [self.cell(sheet, c.coordinate) for line in cells for c in line]
        )


class ValuationCommon(ValueCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._only_this_company()
        cls.customers = cls._population(80, seed=3)
        cls.scored = cls._score()
        cls.report = cls.env["crm.value.valuation"]

    @classmethod
    def _user(cls, group):
        return new_test_user(
            cls.env,
            f"valuation_{group}",
            f"base.group_user,crm_value.{group}",
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
        )

    def _stored(self):
        """Return the sum of the stored lifetime values."""
        [[total]] = self.env["crm.value.profile"]._read_group(
            [("company_id", "=", self.company.id)], [], ["clv:sum"]
        )
        return total


@tagged("post_install", "-at_install")
class TestValuation(ValuationCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.name, cls.content = cls.report._workbook()

    def _total(self, sheets, column):
        """Return the value in the last row of the valuation."""
        last = len(self.report._value().groups) + 2
        self.assertEqual(sheets.cell("Valuation", f"A{last}"), "Total")
        return sheets.cell("Valuation", f"{column}{last}")

    def _assume(self, sheets, label, value):
        """Change the assumption beside a label."""
        sheet = sheets.book["Assumptions"]
        [cell] = [line[1] for line in sheet.iter_rows() if line[0].value == label]
        cell.value = value

    def test_policy_assumptions_give_the_stored_equity(self):
        sheets = Sheets(self.content)
        self.assertAlmostEqual(self._total(sheets, "F"), self._stored(), 2)
        self.assertAlmostEqual(self._total(sheets, "G"), self._stored(), 2)
        self.assertEqual(self._total(sheets, "H"), 0)

    def test_every_quadrant_ties(self):
        sheets = Sheets(self.content)
        groups = self.report._value().groups
        self.assertGreater(len(groups), 1)
        for line in range(2, len(groups) + 2):
            self.assertEqual(sheets.cell("Valuation", f"H{line}"), 0)
            self.assertTrue(sheets.cell("Valuation", f"F{line}"))

    def test_formulas_carry_what_they_calculate(self):
        sheets = Sheets(self.content)
        shown = openpyxl.load_workbook(io.BytesIO(self.content), data_only=True)
        formulas = 0
        for sheet in sheets.book:
            for line in sheet.iter_rows():
                for cell in line:
                    if isinstance(cell.value, str) and cell.value.startswith("="):
                        formulas += 1
                        value = shown[sheet.title][cell.coordinate].value
                        wanted = sheets.cell(sheet.title, cell.coordinate)
                        self.assertAlmostEqual(value, wanted, 6, cell.value)
        self.assertGreater(formulas, 120)

    def test_other_assumptions_give_what_the_analytics_give(self):
        # Imported purchases have the policy's margin: one rate is everybody's.
        for months, rate in ((24, 0.05), (1, 0.1), (60, 0.3)):
            sheets = Sheets(self.content)
            self._assume(sheets, "Horizon in months", months)
            self._assume(sheets, "Annual discount rate", rate)
            wanted = self._predicted(months, rate)
            found = self._total(sheets, "F")
            # Nobody is foretold fewer purchases than the chance of one, which binds a
            # little otherwise at another horizon.
            self.assertAlmostEqual(found / wanted, 1, delta=0.002, msg=(months, rate))

    def _predicted(self, months, rate):
        """Return the equity that a forecast with other rules would store."""
        customers = self.report._customers(self.company)
        facts = {name: customers[name].astype(float) for name in prediction.READ}
        rules = Rules(
            365, 365, 0.3, "revenue", (), horizon_months=months, discount_rate=rate
        )
        found = prediction.predict(self.scored.fit_id._as_forecast(), facts, rules)
        return float(np.nansum(found["clv"]))

    def test_margin_rate_scales_the_equity(self):
        sheets = Sheets(self.content)
        group = self.report._value().groups[0]
        self._assume(sheets, f"Margin rate, {group.name}", 2 * group.margin_rate)
        self.assertAlmostEqual(
            self._total(sheets, "H"), group.stored, delta=0.01 + 1e-9 * group.stored
        )

    def test_monthly_revenue_sums_to_the_forecast_of_every_rule(self):
        customers = self.report._customers(self.company)
        facts = {name: customers[name].astype(float) for name in prediction.READ}
        rules = self.scored.policy_id._as_rules()
        fit = self.scored.fit_id._as_forecast()
        each = np.arange(customers["clv"].size)
        for rule in (fit.buying.model, "seasonal", "naive", "shrunken"):
            with self.subTest(rule=rule):
                other = replace(fit, rule=rule)
                revenue = valuation.monthly_revenue(other, facts, each, 12, rules)
                wanted = prediction.predict(other, facts, rules)["expected_revenue"]
                np.testing.assert_allclose(revenue.sum(axis=0), wanted, 1e-9, 1e-9)

    def test_movements_are_the_statement(self):
        sheet = openpyxl.load_workbook(io.BytesIO(self.content))["Movements"]
        months = self.env["crm.value.equity"].get_statement()["months"][-12:]
        rows = list(sheet.iter_rows(min_row=2, max_col=8, values_only=True))
        self.assertEqual(len(rows), len(months))
        for row, month in zip(rows, months, strict=True):
            self.assertEqual(row[0].date(), month["date"])
            self.assertAlmostEqual(row[7], month["closing"], 2)

    def _listed(self, content):
        sheet = openpyxl.load_workbook(io.BytesIO(content))["Customers"]
        header, *rows = sheet.iter_rows(values_only=True)
        return [dict(zip(header, row, strict=True)) for row in rows]

    def test_customers_are_listed_by_value(self):
        rows = self._listed(self.content)
        values = [row["Lifetime Value"] for row in rows]
        self.assertEqual(values, sorted(values, reverse=True))
        self.assertAlmostEqual(sum(values), self._stored(), 2)
        self.assertEqual(len(rows), self.scored.buyer_count)

    def test_customers_beyond_the_limit_are_summed_by_quadrant(self):
        with patch.object(crm_value_valuation, "LISTED", 10):
            _name, content = self.report._workbook()
        rows = self._listed(content)
        others = [row for row in rows if "Others" in row["Customer"]]
        self.assertEqual(len(rows) - len(others), 10)
        self.assertEqual(len({row["Quadrant"] for row in others}), len(others))
        counted = sum(int(row["Customer"].split()[1]) for row in others)
        self.assertEqual(counted + 10, self.scored.buyer_count)
        total = sum(row["Lifetime Value"] for row in rows)
        self.assertAlmostEqual(total, self._stored(), 2)

    def test_names_are_never_formulas(self):
        self.customers.write({"name": "=1+1"})
        _name, content = self.report._workbook()
        sheet = openpyxl.load_workbook(io.BytesIO(content))["Customers"]
        self.assertEqual(sheet["A2"].value, "=1+1")
        self.assertEqual(sheet["A2"].data_type, "s")

    def test_workbook_speaks_the_language_of_the_user(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        _name, content = self.report.with_context(lang="zh_CN")._workbook()
        sheets = Sheets(content)
        forecasts, valued = sheets.book.sheetnames[1:3]
        self.assertEqual(sheets.cell(forecasts, "A61"), 60)
        self.assertEqual(sheets.cell(valued, "H2"), 0)

    def test_company_without_a_value_says_so(self):
        second = self._create_company("Second", self.usd)
        report = self.report.with_context(allowed_company_ids=second.ids)
        with self.assertRaisesRegex(UserError, "Second"):
            report._workbook()

    def test_page_shows_equity_and_statement(self):
        content = self._render("html")
        for part in ("Customer equity", "Past accuracy", "Not Reachable"):
            self.assertIn(part, content)
        self.assertIn(f"{self._stored():,.0f}", content)

    def test_page_prints(self):
        if not which("wkhtmltopdf"):
            self.skipTest("wkhtmltopdf is not installed")
        self.assertTrue(self._render("pdf").startswith("%PDF"))

    def _render(self, kind):
        reports = self.env["ir.actions.report"].with_context(
            force_report_rendering=True
        )
        render = getattr(reports, f"_render_qweb_{kind}")
        content, _kind = render("crm_value.report_equity", self.company.ids)
        return content.decode("latin-1" if kind == "pdf" else "utf-8")

    def test_users_without_margins_get_neither(self):
        user = self._user("group_user")
        report = self.report.with_user(user)
        for ask in (
            report._workbook,
            report.action_download,
            lambda: self.env["report.crm_value.report_equity"]
            .with_user(user)
            ._get_report_values(self.company.ids),
        ):
            with self.assertRaises(AccessError):
                ask()

    def test_officers_need_no_other_right(self):
        report = self.report.with_user(self._user("group_officer"))
        name, content = report._workbook()
        self.assertIn(self.company.name, name)
        self.assertEqual(len(content) > 5000, True)
        self.assertIn(str(self.company.id), report.action_download()["url"])
        page = self.env["report.crm_value.report_equity"].with_user(report.env.user)
        self.assertTrue(page._get_report_values(self.company.ids)["pages"])


@tagged("post_install", "-at_install")
class TestValuationDownload(ValuationCommon, HttpCase):
    def _get(self, company, group=None):
        if group:
            user = self._user(group)
            self.authenticate(user.login, user.login)
        return self.url_open(f"/crm_value/equity/valuation/{company.id}")

    def test_officer_downloads_the_workbook(self):
        answer = self._get(self.company, "group_officer")
        self.assertEqual(answer.status_code, 200)
        self.assertIn("spreadsheetml", answer.headers["Content-Type"])
        self.assertEqual(
            len(openpyxl.load_workbook(io.BytesIO(answer.content)).sheetnames), 9
        )

    def test_user_without_margins_is_refused(self):
        self.assertEqual(self._get(self.company, "group_user").status_code, 403)

    def test_foreign_company_is_refused(self):
        second = self._create_company("Second", self.usd)
        self.assertEqual(self._get(second, "group_officer").status_code, 403)

    def test_stranger_is_sent_to_the_login(self):
        answer = self._get(self.company)
        self.assertIn("/web/login", answer.url)
