"""Currencies of a file, and their rates."""

from dataclasses import dataclass

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import float_compare, float_round

from ...sheets.purchases import currencies

SPELLINGS = {"CNY": "元"}


@dataclass(frozen=True, slots=True)
class Currency:
    """Currency data that a line needs, without a record."""

    id: int
    name: str
    symbol: str
    rounding: float
    places: int

    @classmethod
    def of(cls, record):
        """Return the currency of a record."""
        rounding = record.rounding
        is_decimal = float_compare(rounding, 10**-record.decimal_places, 9) == 0
        return cls(
            record.id,
            record.name,
            (record.symbol or "") + SPELLINGS.get(record.name, ""),
            rounding,
            record.decimal_places if is_decimal else -1,
        )

    def round(self, number):
        """Return a Decimal rounded as ``res.currency`` does; mostly it is already."""
        if -number.as_tuple().exponent <= self.places:
            return float(number)
        return float_round(float(number), precision_rounding=self.rounding)


class Rates:
    """Rates of one company: each pair of currency and day is asked for once."""

    def __init__(self, company):
        self.company = company
        self.target = company.currency_id
        self._currencies = {
            record.name.upper(): Currency.of(record)
            for record in company.env["res.currency"].search([]) | self.target
        }
        self._spelled = {}
        self._factors = {}
        self.lacking = set()  # codes without a rate, and such as are not known
        self._rated = set(
            company.env["res.currency.rate"]
            .search_fetch(
                [("company_id", "in", (False, company.root_id.id))], ["currency_id"]
            )
            .currency_id.ids
        )

    def currency(self, code):
        """Return the active currency with this code, name or symbol, or None."""
        if found := self._currencies.get(code.upper()):
            return found
        if code not in self._spelled:
            codes = currencies.codes(code, self._currencies, self._symbols())
            self._spelled[code] = (
                self._currencies[codes[0]] if len(codes) == 1 else None
            )
            if not codes and len(code) == 3:
                self.lacking.add(code.upper())
        return self._spelled[code]

    def _symbols(self):
        return {code: record.symbol for code, record in self._currencies.items()}

    def convert(self, amount, currency, day):
        """Return ``amount`` in company currency, None if there is no rate at all."""
        if currency.id == self.target.id:
            return amount
        if currency.id not in self._rated:
            self.lacking.add(currency.name)
            return None
        key = currency.id, day
        if key not in self._factors:
            record = self.target.browse(currency.id)
            self._factors[key] = record._get_conversion_rate(
                record, self.target, self.company, day
            )
        rounding = self.target.rounding
        return float_round(amount * self._factors[key], precision_rounding=rounding)


class CrmValueImport(models.Model):
    """Currencies that a file names and that cannot be converted yet."""

    _inherit = "crm.value.import"

    currencies_lacking = fields.Json(
        readonly=True,
        copy=False,
        help="Codes of currencies that have no rate at all, or are not active.",
    )
    rate_question = fields.Char(compute="_compute_rate_question")

    @api.depends("currencies_lacking")
    def _compute_rate_question(self):
        for record in self:
            codes = [currency.name for currency in record._currencies_lacking()]
            record.rate_question = record._say_lacking(codes) if codes else False

    def _say_lacking(self, codes):
        return self.env._(
            "Not active, or without a rate: %(currencies)s. Enter the rates, then "
            "check the file again.",
            currencies=", ".join(codes),
        )

    def _currencies_lacking(self):
        """Return the currencies to enter a rate for, or to switch on."""
        domain = [("name", "in", self.currencies_lacking or [])]
        return self.env["res.currency"].with_context(active_test=False).search(domain)

    def _note_lacking(self, parser):
        """Note which currencies the rows read so far name in vain."""
        before = set(self.currencies_lacking or [])
        if parser.rates.lacking - before:
            lacking = sorted(before | parser.rates.lacking)
            self._note({"currencies_lacking": lacking})

    def action_enter_rates(self):
        """Open the currencies that lack a rate, where rates are entered."""
        self.ensure_one()
        self.check_access("write")
        currencies = self._currencies_lacking()
        if not currencies:
            raise UserError(self.env._("No currency of this file lacks a rate."))
        return currencies._get_records_action(
            name=self.env._("Currencies and Their Rates"),
            context={"active_test": False},
        )
