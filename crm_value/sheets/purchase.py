"""One row of the file → one purchase, or the reasons why it is none."""

import hashlib
import re
from collections import namedtuple
from dataclasses import dataclass, field
from datetime import date

from odoo.tools.mail import email_normalize
from odoo.tools.translate import LazyTranslate

from .headers import CUSTOMER
from .problems import ValueProblem
from .values import LONGEST_TEXT, to_amount, to_moment, to_text

_lt = LazyTranslate(__name__)

EXAMPLE = "EXAMPLE"  # the document of the template's example row
LONGEST_KEY = 200
EARLIEST = date(1900, 1, 1)
Line = namedtuple(
    "Line",
    "number error date document amount amount_original currency_id margin quantity "
    "channel product_name kind key ref vat email name country source_key own_key",
)
COLUMNS = Line._fields


@dataclass
class Parser:
    """Turns rows into ``Line`` tuples.

    :param dict columns: target → position in the row
    :param int width: how many cells the header has
    :param bool strict_width: whether a row with fewer cells is a damaged one (csv)
    :param rates: object with ``currency(code)`` → currency or None, and
        ``convert(amount, currency, day)`` → amount in company currency or None
    """

    columns: dict
    width: int
    rates: object
    default_currency: str
    today: date
    match_by: str = "auto"
    date_order: str = "auto"
    decimal_comma: bool = False
    strict_width: bool = False
    translate: object = str
    kinds: list = field(init=False)

    def __post_init__(self):
        kinds = list(CUSTOMER) if self.match_by == "auto" else [self.match_by]
        self.kinds = [kind for kind in kinds if CUSTOMER[kind] in self.columns]

    def parse(self, number, row):
        """Return the Line of a row; with problems, all of them stand in ``error``."""
        problems = []
        width_problem = self._check_width(row)
        if width_problem:
            return self._bad(number, [width_problem])
        cells = {
            target: row[position] if position < len(row) else None
            for target, position in self.columns.items()
        }
        texts = self._texts(cells, problems)
        day, clock = self._attempt(problems, self._moment, cells["date"])
        currency = self._attempt(problems, self._currency, texts["currency"])[0]
        amount = self._attempt(problems, self._amount, cells["amount"], currency)[0]
        margin = self._attempt(problems, self._figure, cells, "margin", currency)[0]
        quantity = self._attempt(problems, self._figure, cells, "quantity", None)[0]
        customer = self._customer(texts)
        kind, key = self._attempt(problems, self._customer_key, customer)
        if texts["document"] == EXAMPLE:
            problems.append(_lt("This is the template's example: delete it"))
        if problems:
            return self._bad(number, problems)
        company_amount = self.rates.convert(amount, currency, day)
        if company_amount is None:
            return self._bad(number, [_no_rate(currency.name)])
        return Line(
            number,
            None,
            day,
            texts["document"],
            company_amount,
            amount,
            currency.id,
            None if margin is None else self.rates.convert(margin, currency, day),
            quantity,
            texts["channel"],
            texts["product"],
            kind,
            key,
            *customer.values(),
            texts["country"],
            texts["source_key"]
            or _digest(
                texts["document"],
                f"{day} {clock}".strip(),
                f"{kind}:{key}",
                texts["product"],
                amount,
                "" if quantity is None else quantity,
                currency.name,
            ),
            bool(texts["source_key"]),
        )

    def _bad(self, number, problems):
        reason = "; ".join(self.translate(problem) for problem in problems)
        empty = dict.fromkeys(COLUMNS)
        return Line(**empty | {"number": number, "error": reason, "own_key": False})

    @staticmethod
    def _attempt(problems, method, *args):
        """Return what ``method`` returns as a pair, its problem noted instead raised."""
        try:
            result = method(*args)
        except ValueProblem as problem:
            problems.append(problem.text)
            return None, None
        return result if isinstance(result, tuple) else (result, None)

    def _check_width(self, row):
        too_long = any(map(to_text, row[self.width :]))
        if too_long or (self.strict_width and len(row) < self.width):
            return _lt(
                "The row has %(cells)s cells, the header %(width)s",
                cells=len(row),
                width=self.width,
            )
        return None

    def _texts(self, cells, problems):
        texts = dict.fromkeys((*CUSTOMER.values(), *TEXTS), "")
        for target in texts:
            if target in cells:
                texts[target] = text = to_text(cells[target])
                if len(text) > (LONGEST_KEY if target in KEYS else LONGEST_TEXT):
                    problems.append(_too_long(text))
        return texts

    def _moment(self, cell):
        if cell is None or cell == "":
            raise ValueProblem(_lt("The date is missing"))
        day, clock = to_moment(cell, self.date_order)
        if day > self.today:
            raise ValueProblem(_lt("The date %(date)s is in the future", date=day))
        if day < EARLIEST:
            raise ValueProblem(_lt("The date %(date)s is before 1900", date=day))
        return day, clock

    def _currency(self, code):
        currency = self.rates.currency(code or self.default_currency)
        if not currency:
            raise ValueProblem(
                _lt("The currency “%(code)s” is not known or not active", code=code)
            )
        return currency

    def _amount(self, cell, currency):
        if cell is None or not to_text(cell):
            raise ValueProblem(_lt("The amount is missing"))
        return self._money(cell, currency)

    def _money(self, cell, currency):
        number, symbol = to_amount(cell, self.decimal_comma)
        if currency and symbol and symbol not in _symbols(currency):
            raise ValueProblem(
                _lt(
                    "“%(value)s” is not written in %(currency)s",
                    value=to_text(cell),
                    currency=currency.name,
                )
            )
        return currency.round(float(number)) if currency else number

    def _figure(self, cells, target, currency):
        """Return an optional figure; empty, or a lone dash, is not known."""
        text = to_text(cells.get(target))
        if not text or text in "-–—":
            return None
        if currency:
            return self._money(cells[target], currency)
        return float(to_amount(cells[target], self.decimal_comma)[0])

    def _customer(self, texts):
        return {
            "ref": texts["customer_ref"],
            "vat": re.sub(r"\W", "", texts["customer_vat"]).upper(),
            "email": texts["customer_email"].lower(),
            "name": texts["customer_name"],
        }

    def _customer_key(self, customer):
        """Return (kind, key) by the first filled column of those that may match."""
        kind = next((kind for kind in self.kinds if customer[kind]), None)
        if kind is None:
            raise ValueProblem(_lt("The customer is missing"))
        key = customer[kind]
        if kind == "email":
            key = email_normalize(key)
            if not key:
                raise ValueProblem(
                    _lt("“%(value)s” is no e-mail address", value=customer[kind])
                )
        return kind, key.lower() if kind == "name" else key


TEXTS = ("currency", "document", "product", "channel", "country", "source_key")
KEYS = (*CUSTOMER.values(), "source_key")


def _symbols(currency):
    return (currency.symbol or "") + ("元" if currency.name == "CNY" else "")


def _no_rate(code):
    return _lt(
        "There is no rate of %(code)s (enter one under Accounting, Currencies)", code=code
    )


def _too_long(text):
    return _lt("“%(value)s…” is too long", value=text[:30])


def _digest(*parts):
    """Return the key of a purchase that brings none: what makes it this purchase."""
    joined = "\x1f".join(map(str, parts))
    return hashlib.blake2b(joined.encode(errors="replace"), digest_size=16).hexdigest()
