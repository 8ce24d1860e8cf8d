import numpy as np

from odoo import api, models
from odoo.tools import SQL

from ... import bulk
from ...analytics.purchases import payments, purchases
from ...analytics.purchases.costs import positions
from ...const import to_day
from .crm_value_facts import LINE_COLUMNS

# Where the lines of a source stand, and the documents they are of.
SOURCES = {
    "_gather_invoice_lines": ("account.move", "account_move_line", "move_id"),
    "_gather_order_lines": ("sale.order", "sale_order_line", "order_id"),
    "_gather_transaction_lines": ("crm.value.transaction", None, None),
    "_gather_losses": ("account.move", None, None),
    "_gather_order_credits": ("account.move", None, None),
}
MODELS = ("account.move", "sale.order", "crm.value.transaction", "")


class CrmValueFacts(models.AbstractModel):
    """The documents behind the figures, read by what reads the figures."""

    _inherit = "crm.value.facts"

    @api.model
    def _gather_documents(self, scope):
        """Return the purchases of the customers by document and day.

        :return: dict of arrays: ``model`` (its place in MODELS), ``document`` (id, 0
            not known), ``day``, ``amount``, ``returned``, ``discount`` and ``margin``
        """
        self._tune(scope)
        names = self._line_sources(scope.basis)
        parts = [self._document_lines(name, scope) for name in names]
        lines = {
            name: np.concatenate([part[name] for part in parts]) for name in parts[0]
        }
        keys = np.stack([lines[name] for name in ("model", "document", "day")], axis=1)
        found, number = np.unique(keys, axis=0, return_inverse=True)
        # A document takes the place of the customer: the sums are made as theirs are.
        days = purchases.Days(
            {**lines, "partner": number.ravel()},
            to_day(scope.as_of),
            scope.rules.default_margin_rate,
        )
        model, document, day = found[days.customers].T
        return {
            "model": model,
            "document": document,
            "day": day,
            "amount": days.amount,
            "returned": days.refund,
            "discount": days.discount,
            "margin": days.margin,
        }

    @api.model
    def _document_lines(self, source, scope):
        """Return the lines of a source with the ``model`` and id of their document."""
        model, table, column = SOURCES.get(source, ("", None, None))
        lines = getattr(self, source)(scope)
        size = lines["partner"].size
        document = lines.get("document", np.zeros(size, np.int32))
        if table:
            document = self._headers(table, column, document)
        return {
            **{name: lines[name] for name in LINE_COLUMNS},
            "model": np.full(size, MODELS.index(model)),
            "document": document,
        }

    @api.model
    def _headers(self, table, column, lines):
        """Return the document of each line."""
        query = SQL(
            "SELECT id AS line, %s AS document FROM %s WHERE id = ANY(%s) ORDER BY id",
            SQL.identifier(column),
            SQL.identifier(table),
            lines.tolist(),
        )
        known = bulk.read(self.env.cr, query, {"line": "int4", "document": "int4"})
        return known["document"][positions(known["line"], lines)]

    @api.model
    def _gather_due_documents(self, scope):
        """Return how each invoice was paid: payments.amounts by ``document``.

        Its ``day`` is the last one on which something of it is due.
        """
        due, parts = self._dues(scope)
        if not due["line"].size:
            return {}
        each = payments.amounts(due, parts, to_day(scope.as_of))
        moves = self._headers("account_move_line", "move_id", each["line"])
        found, number = np.unique(moves, return_inverse=True)
        sums = {
            name: np.bincount(number, each[name], found.size)
            for name in ("owed", "open", "overdue", "lost", "counted", "late")
        }
        last = np.full(found.size, np.iinfo(np.int32).min)
        np.maximum.at(last, number, each["day"])
        return {"document": found, "day": last, **sums}

    @api.model
    def _gather_agreed_orders(self, scope):
        """Return the orders that were agreed: ``document``, ``day`` and ``broken``."""
        self.env["sale.order"].flush_model()
        columns = {"document": "int4", "day": "date", "broken": "int4"}
        return bulk.read(self.env.cr, self._agreed_orders(scope), columns)

    @api.model
    def _agreed_orders(self, scope):
        """Return the SQL of confirmed orders, also of those cancelled since.

        A quotation that was cancelled before anybody confirmed it was no agreement.
        """
        return SQL(
            """
            SELECT customer.commercial_partner_id AS partner,
                   sale_order.id AS document, %(day)s AS day,
                   (sale_order.state = 'cancel')::int4 AS broken
              FROM sale_order
              JOIN res_partner customer ON customer.id = sale_order.partner_id
             WHERE sale_order.company_id = %(company)s
               AND (sale_order.state = 'sale'
                    OR sale_order.state = 'cancel' AND sale_order.value_confirmed)
               AND %(day)s <= %(until)s
               AND %(only)s
            """,
            day=self._order_day(scope),
            company=scope.company.id,
            until=scope.until,
            only=scope.only(SQL("customer.commercial_partner_id")),
        )
