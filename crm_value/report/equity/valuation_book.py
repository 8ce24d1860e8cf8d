"""The workbook of a valuation: assumptions to change, and formulas that follow.

Every formula carries its value at the policy's assumptions, for viewers that do not
calculate.
"""

import io
from datetime import timedelta

import numpy as np
import xlsxwriter
from xlsxwriter.utility import quote_sheetname, xl_rowcol_to_cell

from ...analytics.equity import valuation
from ...analytics.policy.rules import MONTH_DAYS
from . import valuation_sheets
from .crm_value_equity import AMOUNTS

HEAD = 3  # rows above the assumptions
FIRST_GROUP = 2  # column of the forecast


def movements(sheet, book):
    """Write the statement, a month in a row, each with its sum checked by a formula."""
    env, formats = book.env, book.formats
    fields = env["crm.value.equity"]._fields
    header = [env._("Month end")]
    header += [fields[name]._description_string(env) for name in AMOUNTS]
    header += [env._("Check: must be 0"), env._("Change of Model"), ""]
    sheet.write_row(0, 0, header, formats["head"])
    sheet.set_column(0, len(header) - 1, 16)
    sheet.freeze_panes(1, 1)
    for row, month in enumerate(book.months, start=1):
        sheet.write(row, 0, month["date"], formats["date"])
        for column, name in enumerate(AMOUNTS, start=1):
            sheet.write(row, column, month[name], formats["money"])
        line = row + 1
        formula = f"=ROUND(B{line}+C{line}+D{line}-E{line}-F{line}+G{line}-H{line},2)"
        sheet.write_formula(row, 8, formula, formats["money"], 0)
        if month["model_change"] != "none":
            sheet.write(row, 9, month["model_label"], formats["text"])
            sheet.write(row, 10, month["model_words"], formats["text"])


def customers(sheet, book):
    """Write the stored figures of the customers, the most valuable first."""
    header, kinds, rows = book.customers
    sheet.write_row(0, 0, header, book.formats["head"])
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, len(header) - 1, 14)
    sheet.freeze_panes(1, 1)
    for number, values in enumerate(rows, start=1):
        for column, (kind, value) in enumerate(zip(kinds, values, strict=True)):
            if value is not False and value is not None:
                sheet.write(number, column, value, book.formats[kind])
    sheet.autofilter(0, 0, max(len(rows), 1), len(header) - 1)


class ValuationBook:
    """Writes one Valuation.

    :param valuation: crm_value_valuation.Valuation
    :param facts: [(label, value, kind)] to show on the first sheet
    :param inputs: [(label, value, kind)]: the discount rate, the horizon, and a margin
        rate for each group
    :param months: the statement, from ``crm.value.equity``
    :param customers: (header, rows of values, kinds of the columns)
    :param interval: (low, high) of the customer equity, None: not known
    :param past: Past of each month end; :param newcomers: Newcomers
    """

    def __init__(self, env, found, facts, inputs, months, customers, **audit):
        self.env, self.found = env, found
        self.facts, self.inputs = facts, inputs
        self.months, self.customers = months, customers
        self.interval, self.past = audit["interval"], audit["past"]
        self.newcomers = audit["newcomers"]
        self.output = io.BytesIO()
        self.book = xlsxwriter.Workbook(
            self.output,
            {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True},
        )
        self.formats = self._formats()
        self.rate_cells = []

    def content(self):
        """Return the workbook as bytes."""
        with self.book:
            titles = (
                self.env._("Assumptions"),
                self.env._("Forecast"),
                self.env._("Valuation"),
                self.env._("Sensitivity"),
                self.env._("Beyond the Horizon"),
                self.env._("Reconciliation"),
                self.env._("New Customers"),
                self.env._("Movements"),
                self.env._("Customers"),
            )
            sheets = [self.book.add_worksheet(title[:31]) for title in titles]
            self._assumptions(sheets[0])
            self._forecast(sheets[1])
            self._valuation(sheets[2], quote_sheetname(sheets[1].name))
            valuation_sheets.sensitivity(sheets[3], self)
            valuation_sheets.beyond(sheets[4], self)
            valuation_sheets.reconciliation(sheets[5], self)
            valuation_sheets.newcomers(sheets[6], self)
            movements(sheets[7], self)
            customers(sheets[8], self)
            for sheet in sheets:
                sheet.set_landscape()
                sheet.fit_to_pages(1, 0)
            sheets[2].activate()
        return self.output.getvalue()

    def _formats(self):
        digits = "0" * self.found.company.currency_id.decimal_places
        money = f"#,##0.{digits}" if digits else "#,##0"
        shapes = {
            "title": {"bold": True, "font_size": 14},
            "head": {"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"},
            "text": {},
            "note": {"italic": True, "font_color": "#555555"},
            "money": {"num_format": money},
            "total": {"num_format": money, "bold": True, "top": 1},
            "bold": {"bold": True, "top": 1},
            "percent": {"num_format": "0.00%"},
            "factor": {"num_format": "0.000000"},
            "number": {"num_format": "#,##0.00"},
            "whole": {"num_format": "#,##0", "align": "right"},
            "whole_total": {"num_format": "#,##0", "bold": True, "top": 1},
            "percent_total": {"num_format": "0.00%", "bold": True, "top": 1},
            "date": {"num_format": "yyyy-mm-dd", "align": "left"},
        }
        marked = {"bg_color": "#FFF2CC", "font_color": "#0000FF", "border": 1}
        shapes["percent_input"] = {**shapes["percent"], **marked}
        shapes["whole_input"] = {"num_format": "0", **marked}
        shapes["money_input"] = {**shapes["money"], **marked}
        shapes["factor_input"] = {"num_format": "0.000", **marked}
        return {name: self.book.add_format(shape) for name, shape in shapes.items()}

    # --- assumptions ---

    def _assumptions(self, sheet):
        """Write what the valuation stands on; the marked cells may be changed."""
        sheet.set_column(0, 0, 34)
        sheet.set_column(1, 1, 26)
        sheet.write(
            0,
            0,
            self.env._("Customer equity of %s", self.found.company.name),
            self.formats["title"],
        )
        sheet.write(
            1,
            0,
            self.env._("Change the marked cells: the sheet Valuation follows."),
            self.formats["note"],
        )
        row = HEAD
        for label, value, kind in self.facts:
            sheet.write(row, 0, label)
            sheet.write(row, 1, value, self.formats[kind])
            row += 1
        self._inputs(sheet, row + 1)

    def _inputs(self, sheet, row):
        """Write the cells that formulas read, two of them under a name."""
        for label, value, kind in self.inputs:
            sheet.write(row, 0, label)
            sheet.write(row, 1, value, self.formats[f"{kind}_input"])
            self.rate_cells.append(self._cell(sheet, row, 1))
            row += 1
        discount, horizon, *self.rate_cells = self.rate_cells
        self.book.define_name("discount_rate", f"={discount}")
        self.book.define_name("horizon_months", f"={horizon}")
        self._validate(sheet, row - len(self.inputs))

    def _validate(self, sheet, row):
        """Refuse a discount rate or a horizon that the formulas cannot read."""
        sheet.data_validation(
            row,
            1,
            row,
            1,
            {"validate": "decimal", "criteria": "between", "minimum": 0, "maximum": 1},
        )
        sheet.data_validation(
            row + 1,
            1,
            row + 1,
            1,
            {
                "validate": "integer",
                "criteria": "between",
                "minimum": 1,
                "maximum": self.found.months,
            },
        )

    @staticmethod
    def _cell(sheet, row, column):
        place = xl_rowcol_to_cell(row, column, row_abs=True, col_abs=True)
        return f"{quote_sheetname(sheet.name)}!{place}"

    # --- forecast ---

    def _forecast(self, sheet):
        """Write the expected revenue of each month, and two columns of formulas."""
        found, formats = self.found, self.formats
        header = [self.env._("Month"), self.env._("Until")]
        header += [group.name for group in found.groups]
        header += [self.env._("Discount factor"), self.env._("Within the horizon")]
        header.append(self.env._("Expected margin"))
        sheet.write_row(0, 0, header, formats["head"])
        sheet.set_column(0, len(header) - 1, 16)
        sheet.freeze_panes(1, 2)
        factors = valuation.discount_factors(found.policy.discount_rate, found.months)
        last = FIRST_GROUP + len(found.groups)
        for at in range(found.months):
            row = at + 1
            sheet.write(row, 0, row)
            until = found.as_of + timedelta(days=round(row * MONTH_DAYS))
            sheet.write(row, 1, until, formats["date"])
            for column, group in enumerate(found.groups, FIRST_GROUP):
                sheet.write(row, column, float(group.revenue[at]), formats["money"])
            sheet.write_formula(
                row,
                last,
                f"=(1+discount_rate)^(-A{row + 1}/12)",
                formats["factor"],
                float(factors[at]),
            )
            sheet.write_formula(
                row,
                last + 1,
                f"=IF(A{row + 1}<=horizon_months,1,0)",
                None,
                int(row <= found.policy.horizon_months),
            )
            self._expected_margin(sheet, row, last + 2)
        self._name_columns(sheet, last + 2)

    def _expected_margin(self, sheet, row, column):
        """Write what all quadrants together are expected to bring in a month."""
        parts = (
            f"{xl_rowcol_to_cell(row, FIRST_GROUP + at)}*{cell}"
            for at, cell in enumerate(self.rate_cells)
        )
        value = float(self.margin()[row - 1])
        formula = "=" + "+".join(parts)
        sheet.write_formula(row, column, formula, self.formats["money"], value)

    def _name_columns(self, sheet, margin):
        """Name what the other sheets calculate with."""
        name = quote_sheetname(sheet.name)
        self.book.define_name("month_number", f"={self._column(name, 0)}")
        self.book.define_name("expected_margin", f"={self._column(name, margin)}")

    def margin(self):
        """Return the expected margin of each month at the policy's assumptions."""
        return sum(group.revenue * group.margin_rate for group in self.found.groups)

    def total(self):
        """Return the customer equity that the formulas give at these assumptions."""
        policy = self.found.policy
        return valuation.worth(
            self.margin(), policy.discount_rate, policy.horizon_months
        )

    def _column(self, forecast, column):
        """Return the reference of one column of the forecast, all months."""
        top, bottom = (
            xl_rowcol_to_cell(row, column, row_abs=True, col_abs=True)
            for row in (1, self.found.months)
        )
        return f"{forecast}!{top}:{bottom}"

    # --- valuation ---

    def _valuation(self, sheet, forecast):
        """Write the equity of each quadrant as formulas, and the stored one beside."""
        header = [
            self.env._("Quadrant"),
            self.env._("Customers"),
            self.env._("Expected revenue"),
            self.env._("Present value of it"),
            self.env._("Margin rate"),
            self.env._("Customer equity"),
            self.env._("Stored"),
            self.env._("Difference"),
        ]
        sheet.write_row(0, 0, header, self.formats["head"])
        sheet.set_column(0, len(header) - 1, 18)
        sheet.freeze_panes(1, 1)
        for at, group in enumerate(self.found.groups):
            self._value_group(sheet, forecast, at, group)
        self._value_total(sheet, len(self.found.groups) + 1)
        sheet.write(
            len(self.found.groups) + 3,
            0,
            self.env._(
                "Customer equity = sum over the months of the horizon of expected "
                "revenue × discount factor × margin rate. Stored: the sum of all "
                "customers' lifetime values, each with its own margin rate."
            ),
            self.formats["note"],
        )
        valuation_sheets.interval(sheet, self, len(self.found.groups) + 5)

    def _value_group(self, sheet, forecast, at, group):
        row, line = at + 1, at + 2
        last = FIRST_GROUP + len(self.found.groups)
        revenue = self._column(forecast, FIRST_GROUP + at)
        factor = self._column(forecast, last)
        within = self._column(forecast, last + 1)
        expected, present = self._results(group)
        equity = present * group.margin_rate
        off = round(equity - group.stored, 2) + 0.0
        money = self.formats["money"]
        sheet.write(row, 0, group.name)
        sheet.write(row, 1, group.customers, self.formats["whole"])
        for column, formula, shape, value in (
            (2, f"=SUMPRODUCT({revenue},{within})", money, expected),
            (3, f"=SUMPRODUCT({revenue},{factor},{within})", money, present),
            (4, f"={self.rate_cells[at]}", self.formats["percent"], group.margin_rate),
            (5, f"=D{line}*E{line}", money, equity),
            (7, f"=ROUND(F{line}-G{line},2)", money, off),
        ):
            sheet.write_formula(row, column, formula, shape, value)
        sheet.write(row, 6, group.stored, money)

    def _results(self, group):
        """Return (expected revenue, its present value) at the policy's assumptions."""
        policy, revenue = self.found.policy, group.revenue[:, None]
        rates = (0.0, policy.discount_rate)
        return [
            float(valuation.present_value(revenue, rate, policy.horizon_months)[0])
            for rate in rates
        ]

    def _value_total(self, sheet, row):
        groups, line = self.found.groups, row + 1
        results = np.array([self._results(group) for group in groups])
        rates = np.array([group.margin_rate for group in groups])
        expected, present = results.sum(axis=0)
        equity = float(results[:, 1] @ rates)
        total = self.formats["total"]
        sheet.write(row, 0, self.env._("Total"), self.formats["bold"])
        values = {
            "B": (sum(group.customers for group in groups), "whole_total"),
            "C": (float(expected), "total"),
            "D": (float(present), "total"),
            "F": (equity, "total"),
            "G": (self.found.stored, "total"),
        }
        for letter, (value, shape) in values.items():
            formula = f"=SUM({letter}2:{letter}{row})"
            sheet.write_formula(f"{letter}{line}", formula, self.formats[shape], value)
        rate = equity / present if present else 0.0
        sheet.write_formula(
            row,
            4,
            f"=IF(D{line}=0,0,F{line}/D{line})",
            self.formats["percent_total"],
            float(rate),
        )
        name = self._cell(sheet, row, 5)
        self.book.define_name("total_equity", f"={name}")
        off = round(equity - self.found.stored, 2) + 0.0
        sheet.write_formula(row, 7, f"=ROUND(F{line}-G{line},2)", total, off)
