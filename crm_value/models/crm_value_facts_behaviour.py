from odoo import api, models
from odoo.tools import SQL

from .. import bulk
from ..analytics.purchases import ratio


class CrmValueFacts(models.AbstractModel):
    """How customers keep agreements: orders and payments."""

    _inherit = "crm.value.facts"

    @api.model
    def _gather_orders(self, scope):
        """Count confirmed and cancelled orders."""
        self.env["sale.order"].flush_model()
        query = SQL(
            """
            SELECT customer.commercial_partner_id AS partner,
                   COUNT(*) AS order_count,
                   COUNT(*) FILTER (WHERE sale_order.state = 'cancel')
                       AS cancelled_order_count
              FROM sale_order
              JOIN res_partner customer ON customer.id = sale_order.partner_id
             WHERE sale_order.company_id = %(company)s
               AND sale_order.state IN ('sale', 'cancel')
               AND %(day)s <= %(until)s
               AND %(only)s
          GROUP BY customer.commercial_partner_id
            """,
            day=self._order_day(scope),
            company=scope.company.id,
            until=scope.until,
            only=scope.only(SQL("customer.commercial_partner_id")),
        )
        columns = {
            "partner": "int4",
            "order_count": "int4",
            "cancelled_order_count": "int4",
        }
        return bulk.read(self.env.cr, query, columns)

    @api.model
    def _gather_payments(self, scope):
        """Read how late due amounts were paid, and what is overdue.

        Days late are weighted by money: paid parts by the day they were matched, what
        is still open by the days up to ``as_of``. A part settled by a credit note was
        never owed and does not count as paid late.
        """
        for model in ("account.move", "account.move.line", "account.partial.reconcile"):
            self.env[model].flush_model()
        query = SQL(
            """
            WITH due AS (
                SELECT line.id, customer.commercial_partner_id AS partner,
                       line.balance, line.date_maturity
                  FROM account_move move
                  JOIN res_partner customer ON customer.id = move.partner_id
                  JOIN account_move_line line ON line.move_id = move.id
                       AND line.display_type = 'payment_term'
                 WHERE move.company_id = %(company)s
                   AND move.move_type = 'out_invoice'
                   AND move.state = 'posted'
                   AND move.invoice_date <= %(until)s
                   AND line.date_maturity IS NOT NULL
                   AND line.balance > 0
                   AND %(only)s
            ), settled AS (
                SELECT due.id,
                       SUM(part.amount) AS amount,
                       SUM(part.amount) FILTER (WHERE payer.move_type <> 'out_refund') AS paid,
                       SUM(part.amount * GREATEST(part.max_date - due.date_maturity, 0))
                           FILTER (WHERE payer.move_type <> 'out_refund') AS late
                  FROM due
                  JOIN account_partial_reconcile part ON part.debit_move_id = due.id
                       AND part.max_date <= %(until)s
                  JOIN account_move_line credit ON credit.id = part.credit_move_id
                  JOIN account_move payer ON payer.id = credit.move_id
              GROUP BY due.id
            )
            SELECT partner,
                   SUM(COALESCE(paid, 0)) AS paid,
                   SUM(COALESCE(late, 0)) AS paid_late,
                   SUM(still.open) AS open,
                   SUM(still.open) FILTER (WHERE date_maturity < %(as_of)s) AS overdue,
                   SUM(still.open * GREATEST(%(as_of)s - date_maturity, 0)) AS open_late
              FROM due
         LEFT JOIN settled USING (id)
        CROSS JOIN LATERAL (
                   SELECT GREATEST(balance - COALESCE(settled.amount, 0), 0) AS open
                   ) still
          GROUP BY partner
            """,
            company=scope.company.id,
            until=scope.until,
            as_of=scope.as_of,
            only=scope.only(SQL("customer.commercial_partner_id")),
        )
        names = ("paid", "paid_late", "open", "overdue", "open_late")
        known = SQL(", ").join(
            SQL("COALESCE(%s, 0) AS %s", SQL.identifier(name), SQL.identifier(name))
            for name in names
        )
        query = SQL("SELECT partner, %s FROM (%s) AS sums", known, query)
        sums = bulk.read(
            self.env.cr, query, {"partner": "int4", **dict.fromkeys(names, "float8")}
        )
        answered = sums["paid"] + sums["overdue"]
        return {
            "partner": sums["partner"],
            "days_late": ratio(sums["paid_late"] + sums["open_late"], answered),
            "overdue_share": ratio(sums["overdue"], sums["open"]),
        }
