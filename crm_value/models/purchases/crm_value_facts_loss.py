from odoo import api, models
from odoo.tools import SQL

from ... import bulk
from .crm_value_facts import LINE_COLUMNS
from .crm_value_facts_purchase import RAW_COLUMNS

# Odoo books there what no customer owes: rates that moved, and discounts it granted.
NO_LOSS = (
    "expense_currency_exchange_account_id",
    "income_currency_exchange_account_id",
    "account_journal_early_pay_discount_loss_account_id",
    "account_journal_early_pay_discount_gain_account_id",
)


class CrmValueFacts(models.AbstractModel):
    """What was agreed and came to nothing: bad debts, and credit notes of orders."""

    _inherit = "crm.value.facts"

    @api.model
    def _gather_losses(self, scope):
        """Read losses as lines that sell nothing and cost what was lost.

        They count on the day of the invoice, as its credit notes do.
        """
        query = SQL(
            """
            SELECT customer.commercial_partner_id AS partner, move.invoice_date AS day,
                   0 AS product, 0 AS amount, 0 AS bought, 0 AS returned,
                   0 AS costed, part.amount * written.loss AS cost, 0 AS deducted,
                   0 AS discount, due.move_id AS document
              FROM (%(written)s) written
              JOIN account_move_line credit ON credit.move_id = written.move_id
              JOIN account_partial_reconcile part ON part.credit_move_id = credit.id
              JOIN account_move_line due ON due.id = part.debit_move_id
              JOIN account_move move ON move.id = due.move_id
              JOIN res_partner customer ON customer.id = move.partner_id
             WHERE move.company_id = %(company)s
               AND move.move_type IN ('out_invoice', 'out_receipt')
               AND move.state = 'posted'
               AND move.invoice_date <= %(until)s
               AND part.max_date <= %(until)s
               AND %(only)s
            """,
            written=self._losses_of(scope),
            company=scope.company.id,
            until=scope.until,
            only=scope.only(SQL("customer.commercial_partner_id")),
        )
        return bulk.read(self.env.cr, query, {**LINE_COLUMNS, "document": "int4"})

    @api.model
    def _losses_of(self, scope):
        """Return the SQL of the entries with a loss that are about the customers.

        They are found once in a gathering: losses and payments both ask for them.
        """
        if "losses" not in scope.shared:
            only = None
            if scope.partner_ids is not None:
                only = scope.only(SQL("customer.commercial_partner_id"))
            scope.shared["losses"] = self._write_offs(scope.company, only)
        return scope.shared["losses"]

    @api.model
    def _write_offs(self, companies, only=None):
        """Return the SQL of entries that settle a receivable with a loss.

        ``unpaid`` is the share of what they settle that no money came for, ``loss``
        the share that is the company's loss: the tax it need not pay is none.
        These entries are few, which PostgreSQL cannot guess: they are found first.

        :param only: SQL condition on ``customer`` or ``sale``, None for all
        """
        houses = (companies.parent_ids | companies).sudo()  # a branch books as these
        spared = [account.id for name in NO_LOSS for account in houses.mapped(name)]
        for model in ("account.move", "account.move.line", "account.partial.reconcile"):
            self.env[model].flush_model()
        found = self.env.execute_query(
            SQL(
                LOSSY,
                companies=companies.ids,
                spared=spared,
                among=SQL("TRUE") if only is None else SQL(AMONG, only=only),
            )
        )
        return SQL(WRITTEN, entries=[entry for (entry,) in found], spared=spared)

    # --- credit notes on the ordered basis ---

    @api.model
    def _line_sources(self, basis):
        sources = super()._line_sources(basis)
        return [*sources, "_gather_order_credits"] if basis == "ordered" else sources

    @api.model
    def _gather_order_credits(self, scope):
        """Read what credit notes take back from orders, on the day of the order.

        No more than what an order line lacks in invoices: credited and invoiced again,
        or ordered less since, it is no return.
        """
        for model in ("account.move", "account.move.line", "sale.order.line"):
            self.env[model].flush_model()
        query = SQL(
            "%s UNION ALL %s", self._credited_orders(scope), self._loose_credits(scope)
        )
        columns = {**RAW_COLUMNS, "own_cost": "float8", "document": "int4"}
        lines = bulk.read(self.env.cr, query, columns)
        self._join_nothing(lines)
        figures = self._with_costs(scope, lines, lines["own_cost"])
        return {**figures, "document": lines["document"]}

    @api.model
    def _credited_orders(self, scope):
        """Return the SQL of what is credited of order lines."""
        return SQL(
            CREDITED,
            day=self._order_day(scope),
            company=scope.company.id,
            until=scope.until,
            only=scope.only(SQL("customer.commercial_partner_id")),
        )

    @api.model
    def _loose_credits(self, scope):
        """Return the SQL of lines of credit notes that no order line names.

        They count on the day of the invoice they credit, if that invoice is of an
        order; else on their own, for a customer who has orders.
        """
        return SQL(
            LOOSE,
            company=scope.company.id,
            until=scope.until,
            only=scope.only(SQL("customer.commercial_partner_id")),
        )


LOSSY = """
    SELECT move.id
      FROM account_move move
     WHERE move.company_id = ANY(%(companies)s)
       AND move.move_type = 'entry' AND move.state = 'posted'
       AND EXISTS (
           SELECT FROM account_move_line booked
            WHERE booked.move_id = move.id AND booked.balance > 0
              AND booked.tax_line_id IS NULL
              AND booked.account_id = ANY(ARRAY(
                  SELECT account.id FROM account_account account
                   WHERE account.account_type ~ '^(expense|income)'
                     AND account.id <> ALL(%(spared)s))))
       AND %(among)s
"""
WRITTEN = """
    SELECT entry.move_id,
           LEAST(COALESCE(SUM(entry.balance) FILTER (WHERE entry.balance > 0
               AND (lossy.id IS NOT NULL OR entry.tax_line_id IS NOT NULL)), 0)
               / owed.amount, 1)::float8 AS unpaid,
           LEAST(COALESCE(SUM(entry.balance) FILTER (WHERE entry.balance > 0
               AND lossy.id IS NOT NULL AND entry.tax_line_id IS NULL), 0)
               / owed.amount, 1)::float8 AS loss
      FROM (SELECT part.move_id, SUM(-part.balance) AS amount
              FROM account_move_line part
              JOIN account_account account ON account.id = part.account_id
                   AND account.account_type = 'asset_receivable'
             WHERE part.balance < 0
               AND part.move_id = ANY(%(entries)s)
             GROUP BY part.move_id) owed
      JOIN account_move_line entry ON entry.move_id = owed.move_id
      LEFT JOIN account_account lossy ON lossy.id = entry.account_id
           AND lossy.account_type ~ '^(expense|income)'
           AND lossy.id <> ALL(%(spared)s)
     GROUP BY entry.move_id, owed.amount
"""
# Where few are asked about, only the entries that settle what they owed.
AMONG = """move.id IN (
    SELECT credit.move_id
      FROM res_partner customer
      JOIN account_move sale ON sale.partner_id = customer.id
      JOIN account_move_line due ON due.move_id = sale.id
      JOIN account_partial_reconcile part ON part.debit_move_id = due.id
      JOIN account_move_line credit ON credit.id = part.credit_move_id
     WHERE %(only)s)
"""
# What is credited at a lower price than ordered lets the goods where they are: no
# product came back then.
CREDITED = """
    SELECT 0 AS line, partner, day,
           CASE WHEN ABS(credited - back * ordered / NULLIF(quantity, 0))
                <= 0.001 * ABS(credited) THEN product ELSE 0 END AS product,
           unit, -given AS amount, -quantity * given / ordered AS quantity, nature,
           0 AS waived, own_cost, document
      FROM (
        SELECT billed.*, SIGN(ordered) * LEAST(SIGN(ordered) * credited,
                   GREATEST(SIGN(ordered) * (ordered - net), 0)) AS given
          FROM (
            SELECT customer.commercial_partner_id AS partner, %(day)s AS day,
                   COALESCE(line.product_id, 0) AS product,
                   COALESCE(line.product_uom_id, 0) AS unit,
                   line.product_uom_qty AS quantity,
                   (line.price_unit < 0)::int4 AS nature,
                   COALESCE(NULLIF(line.purchase_price, 0) / sale_order.currency_rate,
                       'NaN') AS own_cost,
                   (line.price_subtotal / sale_order.currency_rate)::float8 AS ordered,
                   SUM(own.money) FILTER (WHERE move.move_type = 'out_refund')
                       AS credited,
                   SUM(item.quantity) FILTER (WHERE move.move_type = 'out_refund')
                       AS back,
                   SUM(-own.money) AS net,
                   MAX(move.id) FILTER (WHERE move.move_type = 'out_refund')
                       AS document
              FROM sale_order
              JOIN res_partner customer ON customer.id = sale_order.partner_id
              JOIN sale_order_line line ON line.order_id = sale_order.id
                   AND line.is_downpayment IS NOT TRUE
              JOIN sale_order_line_invoice_rel link ON link.order_line_id = line.id
              JOIN account_move_line item ON item.id = link.invoice_line_id
                   AND item.display_type = 'product'
              JOIN account_move move ON move.id = item.move_id
                   AND move.state = 'posted' AND move.invoice_date <= %(until)s
             -- At the rate of the order, as its line.
             CROSS JOIN LATERAL (
                   SELECT CASE item.currency_id WHEN sale_order.currency_id
                       THEN item.amount_currency / sale_order.currency_rate
                       ELSE item.balance END AS money) own
             WHERE sale_order.company_id = %(company)s
               AND sale_order.state = 'sale'
               AND sale_order.currency_rate <> 0
               AND %(day)s <= %(until)s
               AND %(only)s
          GROUP BY customer.id, sale_order.id, line.id
          ) billed
         WHERE credited IS NOT NULL AND ordered <> 0
      ) credited
     WHERE given * ordered > 0
"""
LOOSE = """
    SELECT 0 AS line, customer.commercial_partner_id AS partner,
           COALESCE(origin.invoice_date, move.invoice_date) AS day,
           COALESCE(line.product_id, 0) AS product,
           COALESCE(line.product_uom_id, 0) AS unit,
           -line.balance AS amount, -line.quantity AS quantity,
           (line.price_unit < 0)::int4 AS nature, 0 AS waived, 'NaN' AS own_cost,
           move.id AS document
      FROM account_move move
      JOIN res_partner customer ON customer.id = move.partner_id
      JOIN account_move_line line ON line.move_id = move.id
           AND line.display_type = 'product'
 LEFT JOIN account_move origin ON origin.id = move.reversed_entry_id
           AND origin.state = 'posted' AND origin.invoice_date <= %(until)s
     WHERE move.company_id = %(company)s
       AND move.move_type = 'out_refund'
       AND move.state = 'posted'
       AND move.invoice_date <= %(until)s
       AND %(only)s
       AND NOT EXISTS (SELECT FROM sale_order_line_invoice_rel link
                        WHERE link.invoice_line_id = line.id)
       AND CASE WHEN origin.id IS NULL
           THEN EXISTS (
               SELECT FROM sale_order
                 JOIN res_partner buyer ON buyer.id = sale_order.partner_id
                WHERE buyer.commercial_partner_id = customer.commercial_partner_id
                  AND sale_order.company_id = move.company_id
                  AND sale_order.state = 'sale')
           ELSE EXISTS (
               SELECT FROM account_move_line item
                 JOIN sale_order_line_invoice_rel link
                   ON link.invoice_line_id = item.id
                WHERE item.move_id = origin.id)
           END
"""
