from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

import numpy as np

from odoo import api, models
from odoo.tools import SQL

from ...analytics.purchases import purchases
from ...analytics.statistics.grouping import numbered
from ...analytics.statistics.meanwhile import meanwhile
from ...const import to_day
from ...fields import NullableMoney

# Under which a scope holds due amounts, and the Future of what each of them tells.
DUES, AMOUNTS = "dues", "amounts"
LINE_COLUMNS = {
    "partner": "int4",
    "day": "date",
    "product": "int4",
    "amount": "float8",
    "bought": "float8",
    "returned": "float8",
    "costed": "float8",
    "cost": "float8",
    "deducted": "float8",
    "discount": "float8",
}


@dataclass(frozen=True)
class Scope:
    """Scope of a gathering: company, customers, day and rules.

    :param company: res.company record
    :param rules: analytics Rules
    :param basis: "invoiced" or "ordered"
    :param as_of: date the windows end on
    :param until: last document date that counts; earlier than ``as_of`` to ask what
        the passing of time alone changes
    :param partner_ids: commercial partners, None for all
    :param coming: Future of the Days of purchases.py, None: nothing has been read yet
    :param shared: what one source has found and another one asks for, too
    :param counted: whether lines also tell how much of a product they deliver
    :param paying: whether who reads lines of invoices leaves in ``shared`` what was due
    """

    company: object
    rules: object
    basis: str
    as_of: date
    until: date
    partner_ids: tuple | None = None
    coming: object = None
    shared: dict = field(default_factory=dict, compare=False, repr=False)
    counted: bool = False
    paying: bool = False

    @property
    def days(self):
        """The Days of purchases.py, awaited; None if nothing has been read yet."""
        return self.coming and self.coming.result()

    @property
    def timezone(self):
        """The company's time zone: it decides on which day something happened."""
        return self.company._value_timezone()

    def local_day(self, moment):
        """Return the SQL of the company's day of a moment."""
        return self.company._value_local_day(moment)

    @property
    def window_start(self):
        """The last day before the value window."""
        return self.as_of - timedelta(days=self.rules.window_days)

    @cached_property
    def own(self):
        """The partners that are companies of this database: no customers."""
        return self.company._value_own_partners()

    @cached_property
    def contacts(self):
        """The ids of the partners and of everybody who belongs to them."""
        partners = self.company.env["res.partner"]
        partners.flush_model(["commercial_partner_id"])
        query = SQL(
            "SELECT id FROM res_partner WHERE commercial_partner_id = ANY(%s)",
            list(self.partner_ids),
        )
        return [row[0] for row in self.company.env.execute_query(query)]

    def of_contacts(self, column):
        """Return the SQL condition that documents are of the partners' contacts.

        It says nothing that :meth:`only` does not say of their customer, but in a way
        that an index answers: joined to their customers, all documents may be read.
        """
        if self.partner_ids is None:
            return SQL("TRUE")
        return SQL("%s = ANY(%s)", column, self.contacts)

    def only(self, column):
        """Return the SQL condition that restricts ``column`` to the customers."""
        if not self.own:
            return self.within(column)
        return SQL("%s AND %s <> ALL(%s)", self.within(column), column, self.own)

    def within(self, column):
        """Return the SQL condition that restricts ``column`` to the partners.

        Of what is stored, also of those who are no customers any more.
        """
        if self.partner_ids is None:
            return SQL("TRUE")
        return SQL("%s = ANY(%s)", column, list(self.partner_ids))

    def domain(self, field="partner_id"):
        """Return the domain that restricts a search to the partners, empty for all."""
        if self.partner_ids is None:
            return []
        return [(field, "in", list(self.partner_ids))]

    def only_rows(self, column, ids):
        """Return the SQL condition that restricts ``column`` to rows read before.

        Reading all customers, it is cheaper to read a few rows too many.
        """
        if self.partner_ids is None:
            return SQL("TRUE")
        return SQL("%s = ANY(%s)", column, ids.tolist())


class CrmValueFacts(models.AbstractModel):
    """Facts about customers, gathered from their documents by set-based SQL.

    A source is a method named in :meth:`_sources`: it takes a Scope and returns a
    dict of arrays with ``partner`` and the figures it knows, or a Future of it. A
    source of purchase lines is named in :meth:`_line_sources` and returns LINE_COLUMNS.
    Another add-on adds a source by inheriting this model and extending one of the two.
    """

    _name = "crm.value.facts"
    _description = "Customer Facts"

    @api.model
    def _line_sources(self, basis):
        """Return the methods that read purchase lines."""
        documents = {
            "invoiced": "_gather_invoice_lines",
            "ordered": "_gather_order_lines",
        }
        return [documents[basis], "_gather_transaction_lines", "_gather_losses"]

    @api.model
    def _sources(self):
        """Return the methods that read one row per customer."""
        return ["_gather_purchases", "_gather_orders", "_gather_payments"]

    @api.model
    def _gather(self, scope):
        """Return the facts of every customer with documents, one array per figure.

        Figures a source does not know are NaN where unknown differs from zero, and
        zero where nothing there means none (counts and money).
        """
        self._tune(scope)
        # All are asked before the first is awaited.
        said = {name: getattr(self, name)(scope) for name in self._sources()}
        parts = [part for name in list(said) if (part := self._known(name, said))]
        for name in (DUES, AMOUNTS):  # of millions of invoices much, asked no more
            scope.shared.pop(name, None)
        named = [part["partner"] for part in parts] or [np.zeros(0, np.int32)]
        partners, _place = numbered(np.concatenate(named))
        facts = {name: np.zeros(partners.size) for name in self._counted()}
        facts.update({name: np.full(partners.size, np.nan) for name in self._unknown()})
        facts.update({name: np.full(partners.size, -1) for name in self._unnamed()})
        while parts:  # taken apart: together they hold as much as the facts
            part = parts.pop(0)
            position = np.searchsorted(partners, part["partner"])
            for name in part.keys() - {"partner"}:
                facts[name][position] = part[name]
        facts["kept_rate"] = self._kept_rate(facts)
        facts = self._rounded(facts, scope.company.currency_id)
        return {"partner_id": partners.astype(np.int32), **facts}

    @api.model
    def _known(self, source, said):
        """Take what one source has said; refuse figures that nobody keeps."""
        part = said.pop(source)
        part = part.result() if isinstance(part, Future) else part
        known = self.env["crm.value.figures"]._fields.keys() | {"partner"}
        if unknown := sorted((part or {}).keys() - known):
            raise ValueError(
                f"{source} gives {unknown}: no fields of crm.value.figures."
            )
        return part

    @api.model
    def _tune(self, scope):
        """Tell PostgreSQL, for this transaction, what is being read.

        Compiling a query never pays here. Where everything is read, hashes shall stay
        in memory and several processes may share the work, although many rows come
        back.
        """
        self.env.cr.execute("SET LOCAL jit = off")
        if scope.partner_ids is None:
            self.env.cr.execute("SET LOCAL work_mem = '64MB'")
            self.env.cr.execute("SET LOCAL parallel_tuple_cost = 0.01")

    @api.model
    def _rounded(self, figures, currency):
        """Round money to the currency and rates to nine digits; empty ``figures``.

        Binary sums depend on the order of their terms; equal customers stay equal, and
        a refresh finds the figures of the full run, only without the last bits.
        """
        fields, rounded = self.env["crm.value.figures"]._fields, {}
        for name in list(figures):  # one after the other: all twice would be much
            column, digits = figures.pop(name), self._digits(fields[name], currency)
            rounded[name] = column if digits is None else np.round(column, digits)
        return rounded

    @api.model
    def _digits(self, field, currency):
        """Return the decimals a figure is rounded to, None: not at all."""
        if field.type == "monetary" or isinstance(field, NullableMoney):
            return currency.decimal_places
        return 9 if field.type == "float" else None

    @api.model
    def _counted(self):
        """Return the figures that are zero where there is no document."""
        stored = self.env["crm.value.figures"]._fields.values()
        return [f.name for f in stored if f.type in ("integer", "monetary") and f.store]

    @api.model
    def _unknown(self):
        """Return the figures that are unknown where there is no document."""
        stored = self.env["crm.value.figures"]._fields.values()
        return [f.name for f in stored if f.type in ("float", "date") and f.store]

    @api.model
    def _unnamed(self):
        """Return the selections; −1 stands for none of their values."""
        stored = self.env["crm.value.figures"]._fields.values()
        return [f.name for f in stored if f.type == "selection" and f.store]

    @api.model
    def _kept_rate(self, facts):
        """Share of what was agreed that was neither returned, cancelled nor lost."""
        cancelled = purchases.ratio(
            facts["cancelled_order_count"], facts["order_count"]
        )
        returned = np.minimum(facts["return_rate"], 1)
        lost = np.nan_to_num(facts["written_off_share"])
        none_known = np.isnan(returned) & np.isnan(cancelled) & (lost == 0)
        kept = (1 - np.nan_to_num(returned)) * (1 - np.nan_to_num(cancelled))
        kept = kept * (1 - lost)
        return np.where(none_known, np.nan, kept)

    @api.model
    def _gather_purchases(self, scope):
        """Sum up the purchases of each customer."""
        coming = scope.coming or self._start_days(scope)

        def summed():
            return purchases.summarise(
                coming.result(), to_day(scope.as_of), scope.rules
            )

        return meanwhile(summed)

    @api.model
    def _start_days(self, scope):
        """Read the lines of all sources; return the Future of them summed by day."""
        self._tune(scope)
        persons, crowds = self._split_crowds(self._gather_lines(scope))
        basis = to_day(scope.as_of), scope.rules.default_margin_rate
        return meanwhile(purchases.Days.of, persons, crowds, *basis)

    @api.model
    def _gather_days(self, scope):
        """Return the lines of all sources, summed by customer and day."""
        return self._start_days(scope).result()

    @api.model
    def _gather_lines(self, scope):
        """Return the lines of all sources below each other."""
        sources = [
            getattr(self, name)(scope) for name in self._line_sources(scope.basis)
        ]
        lines = {
            column: np.concatenate([source.pop(column) for source in sources])
            for column in LINE_COLUMNS
        }
        return {**lines, "category": self._categories(scope, lines["product"])}
