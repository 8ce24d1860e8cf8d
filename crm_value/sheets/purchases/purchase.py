"""Parsing of a row into a purchase, or the reasons why it is not one."""

from collections import Counter, namedtuple
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import partial
from operator import itemgetter

from odoo.tools.translate import LazyTranslate

from . import amounts, keys, words
from .dates import to_moment
from .headers import CUSTOMER
from .identity import address, of_nobody, written_alike
from .problems import ValueProblem
from .rows import Rows, Skipped
from .texts import EXAMPLE as EXAMPLE
from .texts import NAMING, Texts
from .understood import Understood, check_sign, no_rate, remember
from .values import shortened, to_text

_lt = LazyTranslate(__name__)

ZERO_OF_ACCOUNTS = ("-", "–", "—")  # an amount; of a margin they say nothing
EARLIEST = date(1900, 1, 1)
Line = namedtuple(
    "Line",
    "number error date document amount amount_original currency_id margin quantity "
    "channel product_name kind key ref vat email name country source_key own_key "
    "old_key zone",
)
COLUMNS = Line._fields


@dataclass
class Parser:
    """Turns rows into ``Line`` tuples.

    :param dict columns: target → position in the row
    :param int width: how many cells the header has
    :param bool strict_width: whether a row with fewer cells is a damaged one (csv)
    :param rates: object with ``currency(code)`` → currency or None, and
        ``convert(amount, currency, day)`` → amount in company currency, or None if
        there is no rate
    :param is_report: whether the file is a report of errors that somebody mended
    :param str number_style: "point", "comma" or "" where the file does not tell
    :param zone: the ``tzinfo`` of the company's days
    :param tuple languages: codes of the languages whose months are known
    :param translate: makes a sentence of a problem
    :param clauses: makes one sentence of several
    :param dict counting: (target, plain value) → what the lines of a status or a type
        are, see ``words``; the words themselves say so of what is not in it
    :param bool once_per_document: whether a total that stands on each line of a
        document counts once
    :param dict carried: target → how far an empty cell is filled from the one above
        (see ``rows``)
    :param bool walk_in: whether lines that name nobody belong to somebody
    :param bool whole_refs: whether all references are numbers such as 13085.0
    :param adjust: function that mends the cells of a row (see ``program``), or None
    """

    columns: dict
    width: int
    rates: object
    default_currency: str
    today: date
    match_by: str = "auto"
    date_order: str = "auto"
    number_style: str = "point"
    strict_width: bool = False
    zone: object = UTC
    is_report: bool = False
    languages: tuple = ()
    translate: object = str
    clauses: object = "; ".join
    counting: dict | None = None
    once_per_document: bool = False
    carried: dict | None = None
    walk_in: bool = False
    whole_refs: bool = False
    adjust: object = None

    def __post_init__(self):
        kinds = list(CUSTOMER) if self.match_by == "auto" else [self.match_by]
        self._kinds = [kind for kind in kinds if CUSTOMER[kind] in self.columns]
        self._known_currencies, self._monies = {}, {}
        self._days, self._quantities, self._customers = {}, {}, {}
        self._understood = Understood(
            self.number_style, self.date_order, self.zone, self.languages
        )
        reference = self._understood.reference if self.whole_refs else None
        self._texts = Texts(self.columns, self.is_report, reference).of
        self.seen = self._understood.seen  # styles of numbers, orders of dates
        self._amount_of = amounts.used(self.columns.keys())
        self._judged = [target for target in words.MEANINGS if target in self.columns]
        self.skipped = Counter()  # why rows do not count → how many
        self.tally = Counter()  # (target, value) → lines, of statuses and types
        self._meanings = {target: {} for target in self._judged}

    def lines(self, rows, after=0):
        """Yield the Lines of rows, and what does not count; those up to ``after`` not.

        The rows up to there are read as well: others can depend on them.
        """
        settled = Rows(self.columns, self.carried, self.once_per_document).settle(rows)
        for found in settled:
            if found[0] <= after:
                continue
            if found.__class__ is not Skipped:
                found = self.parse(*found)
            if found.__class__ is Skipped:
                self.skipped[found.target] += 1
            yield found

    def parse(self, number, row):
        """Return the Line of a row, or what says that it does not count.

        All problems of a row together are the ``error`` of its line.
        """
        row = self.adjust(row) if self.adjust else row
        try:
            for target in self._judged:
                text = to_text(self._cell(row, target))
                if not text and (label := self._total(row)):
                    return Skipped(number, "total", label)
                self.tally[target, text] += 1
                if self._known_meaning(row, target) == words.SKIPPED:
                    return Skipped(number, target, text)
            return self._line(number, row)
        except ValueProblem:
            if label := self._total(row):
                return Skipped(number, "total", label)
            reasons = dict.fromkeys(map(self.translate, self._problems(row)))
            reason = self.clauses(reasons)
            return EMPTY._replace(number=number, error=reason)

    def _line(self, number, row):
        self._check_width(row)
        texts, kept, names_nobody = self._texts(row)
        day, clock, zone = self._moment(row)
        currency = self._currency(row)
        amount = self._amount(row)
        margin = self._margin(row)
        quantity = self._quantity(row)
        if self._judged and self._is_return(row):
            if margin is not None and amount > 0:
                margin = -margin
            amount = -abs(amount)
            quantity = None if quantity is None else -abs(quantity)
        kind, key, *customer = self._customer(row, kept)
        own_key = texts["source_key"]
        is_new = not own_key and (
            self.whole_refs or zone or names_nobody or texts["channel"]
        )
        figures = f"{amount} {quantity} {currency.name}"
        return Line(
            number,
            None,
            day,
            kept["document"],
            self._convert(amount, currency, day),
            amount,
            currency.id,
            None if margin is None else self._convert(margin, currency, day),
            quantity,
            kept["channel"],
            kept["product"],
            kind,
            key,
            *customer,
            kept["country"],
            own_key or keys.of(texts, f"{day}{clock}", (kind, key), figures),
            bool(own_key),
            self._old_key(row, texts, zone, figures) if is_new else None,
            zone,
        )

    def _old_key(self, row, texts, zone, figures):
        """Return the key that earlier versions made.

        They saw neither the channel nor the zone, and took “NULL” for a customer and
        13085.0 for its number.
        """
        written = {
            kind: to_text(self._cell(row, CUSTOMER[kind])) for kind in self._kinds
        }
        moment = self._with_time(row, self._cell(row, "date"))
        day, clock = to_moment(moment, self.date_order, self.languages)
        return keys.of_old_versions(texts, f"{day}{clock}", written, figures)

    def _problems(self, row):
        """Return what is wrong with the row, everything at once."""
        problems = []
        for judge in (
            self._check_width,
            self._moment,
            self._currency,
            self._amount,
            self._margin,
            self._quantity,
            *(partial(self._meaning, target=target) for target in self._judged),
            lambda row: self._customer(row, self._texts(row)[1]),
        ):
            try:
                judge(row)
            except ValueProblem as problem:
                problems.append(problem.text)
                if judge == self._check_width:
                    return problems
        return problems or [no_rate(self._currency(row).name)]

    def _cell(self, row, target):
        position = self.columns.get(target)
        return row[position] if position is not None and position < len(row) else None

    def _check_width(self, row):
        if len(row) == self.width:
            return
        if (self.strict_width and len(row) < self.width) or any(
            map(to_text, row[self.width :])
        ):
            raise ValueProblem(
                _lt(
                    "The row has %(cells)s cells, the header %(width)s",
                    cells=len(row),
                    width=self.width,
                )
            )

    def _moment(self, row):
        cell = self._cell(row, "date")
        is_whole = cell.__class__ is str and "time" not in self.columns
        if is_whole and (found := self._days.get(cell)):
            return found
        found = cell and self._understood.moment(self._with_time(row, cell))
        if not found:
            raise ValueProblem(_lt("The date is missing"))
        day = found[0]
        if day > self.today:
            raise ValueProblem(_lt("The date %(date)s is in the future", date=day))
        if day < EARLIEST:
            raise ValueProblem(_lt("The date %(date)s is before 1900", date=day))
        return remember(self._days, cell, found) if is_whole else found

    def _with_time(self, row, cell):
        """Return a moment whose time of day stands in a column of its own."""
        if "time" not in self.columns or not (clock := self._cell(row, "time")):
            return cell
        if isinstance(cell, datetime) and cell.time() != time.min:
            return cell
        day = cell.date() if isinstance(cell, datetime) else cell
        return f"{to_text(day)} {to_text(clock)}"

    def _currency(self, row):
        code = self._cell(row, "currency") or ""
        currency = self._known_currencies.get(code)
        if not currency:
            name = to_text(code) or self.default_currency
            currency = self.rates.currency(name)
            if currency and code in ("", name):  # no end of spellings with spaces
                self._known_currencies[code] = currency
        if not currency:
            raise ValueProblem(
                _lt(
                    "The currency “%(code)s” is not known or not active",
                    code=shortened(to_text(code)),
                )
            )
        return currency

    def _amount(self, row):
        if len(self._amount_of) > 1:
            composed = amounts.compose(self._amount_of, partial(self._part, row))
            return self._currency(row).round(composed)
        cell = self._cell(row, self._amount_of[0] if self._amount_of else None)
        amount = self._money(row, cell)
        if amount is None and to_text(cell) not in ZERO_OF_ACCOUNTS:
            raise ValueProblem(_lt("The amount is missing"))
        return amount or 0.0

    def _part(self, row, target):
        """Return a number that the amount is made of; None where there is none."""
        cell = self._cell(row, target)
        if target == "quantity":
            return self._understood.quantity(cell)
        if target == "discount_rate":
            return self._understood.quantity(to_text(cell).removesuffix("%"))
        return self._number(row, cell)

    def _margin(self, row):
        cell = self._cell(row, "margin")
        return self._money(row, cell)

    def _quantity(self, row):
        cell = self._cell(row, "quantity")
        is_text = cell.__class__ is str
        if is_text and (found := self._quantities.get(cell)) is not None:
            return found
        number = self._understood.quantity(cell)
        if number is None:
            return None
        return (
            remember(self._quantities, cell, float(number))
            if is_text
            else float(number)
        )

    def _money(self, row, cell):
        """Return an amount as a float of whole units of its currency, None if empty."""
        written = cell, self._cell(row, "currency")
        is_text = cell.__class__ is str
        if is_text and (found := self._monies.get(written)) is not None:
            return found
        number = self._number(row, cell)
        if number is None:
            return None
        amount = self._currency(row).round(number)
        return remember(self._monies, written, amount) if is_text else amount

    def _number(self, row, cell):
        """Return an amount as it is written, in the currency of its row."""
        number, symbol = self._understood.number(cell) or (None, "")
        if symbol:
            check_sign(symbol, self._currency(row), cell, self.rates)
        return number

    def _known_meaning(self, row, target):
        """Return what the lines of this status or type are, None if that is open."""
        cell = self._cell(row, target)
        known = self._meanings[target]
        if cell not in known:
            known[cell] = self._meaning_of(target, to_text(cell))
        return known[cell]

    def _meaning(self, row, target):
        meaning, cell = self._known_meaning(row, target), self._cell(row, target)
        if not meaning:
            raise ValueProblem(
                _lt(
                    "Say whether lines of “%(value)s” count (under Statuses)",
                    value=shortened(to_text(cell)),
                )
            )
        return meaning

    def _meaning_of(self, target, text):
        chosen = (self.counting or {}).get((target, words.plain(text)))
        return chosen or words.meaning(target, text)

    def _is_return(self, row):
        return words.RETURNS in [self._meaning(row, name) for name in self._judged]

    def _total(self, row):
        """Return the label of a total, which has no date or stands for the customer."""
        cells = map(to_text, row)
        with suppress(ValueProblem):
            self._moment(row)
            cells = (to_text(self._cell(row, target)) for target in NAMING)
        return next(filter(words.is_total, cells), None)

    def _convert(self, amount, currency, day):
        converted = self.rates.convert(amount, currency, day)
        if converted is None:
            raise ValueProblem(no_rate(currency.name))
        return converted

    def _customer(self, row, texts):
        """Return (kind, key, reference, VAT, e-mail, name) of a row's customer.

        The key is that of the first filled column of those that may match; what is
        unknown is empty.
        """
        named = OF_CUSTOMER(texts)
        if found := self._customers.get(named):
            return found
        email, name = address(texts["customer_email"])
        customer = named[0], keys.alnum(named[1]), email, named[3] or name
        kind, key = self._first_filled(dict(zip(CUSTOMER, customer, strict=True)))
        if not key:
            return *of_nobody(
                customer, self.walk_in, partial(self._cell, row)
            ), *customer
        found = kind, written_alike(kind, key), *customer
        return remember(self._customers, named, found)

    def _first_filled(self, texts):
        return next(
            ((kind, texts[kind]) for kind in self._kinds if texts[kind]), ("", "")
        )


OF_CUSTOMER = itemgetter(*CUSTOMER.values())
EMPTY = Line(**dict.fromkeys(COLUMNS) | {"own_key": False})
