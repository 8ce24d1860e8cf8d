from odoo import api, models
from odoo.tools import SQL

from ... import bulk
from .crm_value_facts_purchase import RAW_COLUMNS


class CrmValueFacts(models.AbstractModel):
    """Credit notes on the ordered basis: what was ordered, but given back."""

    _inherit = "crm.value.facts"

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
                   SUM(item.balance) FILTER (WHERE move.move_type = 'out_refund')
                       AS credited,
                   SUM(item.quantity) FILTER (WHERE move.move_type = 'out_refund')
                       AS back,
                   SUM(-item.balance) AS net,
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
