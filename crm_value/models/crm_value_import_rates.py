"""Currencies by their code, and amounts in company currency as Odoo converts them."""

from dataclasses import dataclass

from odoo.tools import float_round

ALIASES = {"RMB": "CNY", "人民币": "CNY", "元": "CNY"}


@dataclass(frozen=True, slots=True)
class Currency:
    """What a line needs to know of a currency, without a record."""

    id: int
    name: str
    symbol: str
    rounding: float

    def round(self, amount):
        """Return ``amount`` to the smallest unit, as ``res.currency`` rounds it."""
        return float_round(amount, precision_rounding=self.rounding)


class Rates:
    """Rates of one company: each pair of currency and day is asked for once."""

    def __init__(self, company):
        self.company = company
        self.target = company.currency_id
        self._currencies = {
            record.name.upper(): Currency(
                record.id, record.name, record.symbol or "", record.rounding
            )
            for record in company.env["res.currency"].search([]) | self.target
        }
        self._factors = {}
        self._rated = set(
            company.env["res.currency.rate"]
            .search_fetch(
                [("company_id", "in", (False, company.root_id.id))], ["currency_id"]
            )
            .currency_id.ids
        )

    def currency(self, code):
        """Return the active currency with this code, or None."""
        code = code.upper()
        return self._currencies.get(ALIASES.get(code, code))

    def convert(self, amount, currency, day):
        """Return ``amount`` in company currency, None if there is no rate at all."""
        if currency.id == self.target.id:
            return amount
        if currency.id not in self._rated:
            return None
        key = currency.id, day
        if key not in self._factors:
            record = self.target.browse(currency.id)
            self._factors[key] = record._get_conversion_rate(
                record, self.target, self.company, day
            )
        rounding = self.target.rounding
        return float_round(amount * self._factors[key], precision_rounding=rounding)
