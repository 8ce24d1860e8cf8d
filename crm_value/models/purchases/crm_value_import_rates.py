"""Currencies of a file, and their rates."""

from dataclasses import dataclass

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
