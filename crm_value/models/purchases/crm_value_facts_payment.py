from odoo import api, models
from odoo.tools import SQL

from ... import bulk
from ...analytics.purchases import payments
from ...analytics.statistics.meanwhile import meanwhile
from ...const import to_day
from .crm_value_facts import AMOUNTS, DUES
from .crm_value_facts_invoice import OF_DUES

MODELS = ("account.move", "account.move.line", "account.partial.reconcile")


class CrmValueFacts(models.AbstractModel):
    """Payment behaviour and cancelled orders of customers."""

    _inherit = "crm.value.facts"

    @api.model
    def _gather_orders(self, scope):
        """Count confirmed and cancelled orders, those of the window apart."""
        self.env["sale.order"].flush_model()
        query = SQL(
            """
            SELECT partner, COUNT(*) AS order_count,
                   SUM(broken) AS cancelled_order_count,
                   COUNT(*) FILTER (WHERE broken = 0 AND day > %(since)s)
                       AS window_order_count
              FROM (%(orders)s) agreed
          GROUP BY partner
            """,
            orders=self._agreed_orders(scope),
            since=scope.window_start,
        )
        columns = {
            "partner": "int4",
            "order_count": "int4",
            "cancelled_order_count": "int4",
            "window_order_count": "int4",
        }
        return bulk.read(self.env.cr, query, columns)

    @api.model
    def _gather_payments(self, scope):
        """Read how late due amounts were paid, and what is overdue."""
        coming = self._coming_amounts(scope)
        return meanwhile(lambda: payments.summarise(coming.result()))

    @api.model
    def _coming_amounts(self, scope):
        """Return the Future of payments.amounts, found once for whoever asks."""
        if AMOUNTS not in scope.shared:
            asked = *self._dues(scope), to_day(scope.as_of)
            scope.shared[AMOUNTS] = meanwhile(payments.amounts, *asked)
        return scope.shared[AMOUNTS]

    @api.model
    def _dues(self, scope):
        """Return (due amounts, what settled them), read once for whoever asks."""
        if DUES not in scope.shared:
            for model in MODELS:
                self.env[model].flush_model()
            due = payments.in_order(self._due_amounts(scope))
            scope.shared[DUES] = due, self._settlements(scope, due["line"])
        return scope.shared[DUES]

    @api.model
    def _due_amounts(self, scope):
        """Return what was to be paid, and when; with the lines it came already."""
        if "due" in scope.shared:
            return scope.shared.pop("due")
        return self._read_items(scope, [OF_DUES])[1]

    @api.model
    def _settlements(self, scope, due_lines):
        """Read what settled due amounts: a payment, a credit note, or a loss.

        How much is settled is said in the invoice's own currency, at its own rate: a
        difference in exchange rates, which has no money of that currency, is neither.
        """
        query = SQL(
            """
            SELECT part.debit_move_id AS line,
                   CASE part.debit_currency_id WHEN %(currency)s THEN part.amount
                       ELSE COALESCE(part.debit_amount_currency * (
                           SELECT balance / NULLIF(amount_currency, 0)
                             FROM account_move_line WHERE id = part.debit_move_id
                       ), part.amount) END AS amount,
                   part.max_date AS day,
                   (refund.id IS NOT NULL)::int4 AS credited,
                   COALESCE(written.unpaid, 0) AS lost
              FROM account_partial_reconcile part
         LEFT JOIN (account_move_line credit
                   JOIN account_move refund ON refund.id = credit.move_id
                        AND refund.move_type = 'out_refund')
                ON credit.id = part.credit_move_id
         LEFT JOIN (account_move_line booked
                   JOIN (%(written)s) written ON written.move_id = booked.move_id)
                ON booked.id = part.credit_move_id
             WHERE part.company_id = %(company)s
               AND part.max_date <= %(until)s
               AND %(only)s
            """,
            written=self._losses_of(scope),
            currency=scope.company.currency_id.id,
            company=scope.company.id,
            until=scope.until,
            only=scope.only_rows(SQL("part.debit_move_id"), due_lines),
        )
        columns = {
            "line": "int4",
            "amount": "float8",
            "day": "date",
            "credited": "int4",
            "lost": "float8",
        }
        return bulk.read(self.env.cr, query, columns)
