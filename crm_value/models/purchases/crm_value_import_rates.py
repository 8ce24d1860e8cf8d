"""Currencies by their code, and amounts in company currency as Odoo converts them."""

from dataclasses import dataclass

from odoo.tools import float_compare, float_round

ALIASES = {"RMB": "CNY", "人民币": "CNY", "元": "CNY"}
SPELLINGS = {"CNY": "元"}


@dataclass(frozen=True, slots=True)
class Currency:
    """What a line needs to know of a currency, without a record."""

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
