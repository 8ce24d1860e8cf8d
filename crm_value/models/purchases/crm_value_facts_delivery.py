import numpy as np

from odoo import api, models
from odoo.tools import SQL

from ... import bulk
from ...analytics.purchases import costs, deliveries

# What is paid with is no discount.
PAYMENT_PROGRAMS = ("gift_card", "ewallet")


class CrmValueFacts(models.AbstractModel):
    """What document lines belong to: chains of credit notes, rewards, deliveries."""

    _inherit = "crm.value.facts"

    @api.model
    def _join_nothing(self, lines):
        """Complete lines of documents that credit no other ones."""
        none = np.zeros(lines["line"].size, np.int32)
        lines["bought"] = lines["amount"]
        lines.update({"root": none, "sold": none})
        lines.setdefault("move", none)
        lines["delivered"] = np.full(none.size, np.nan)

    @api.model
    def _join_chains(self, scope, lines):
        """Put lines of credit notes at the day and rate of their first document.

        ``lines`` gets ``root``, the document where its chain of reversals begins.
        """
        self._join_nothing(lines)
        query = SQL(
            CHAINS,
            company=scope.company.id,
            currency=scope.company.currency_id.id,
            until=scope.until,
            mine=scope.of_contacts(SQL("move.partner_id")),
            only=scope.only(SQL("customer.commercial_partner_id")),
        )
        columns = {"move": "int4", "root": "int4", "day": "date", "rate": "float8"}
        chained = bulk.read(self.env.cr, query, columns)
        place = costs.positions(chained["move"], lines["move"])
        rows = np.flatnonzero(place >= 0)
        at = place[rows]
        for name in ("root", "day"):
            lines[name] = lines[name].copy()
            lines[name][rows] = chained[name][at]
        self._join_rates(lines, rows, chained["rate"][at])

    @api.model
    def _join_rates(self, lines, rows, rates):
        """Put lines in the currency of their first document at the rate of that."""
        known = ~np.isnan(rates)
        rows, rates = rows[known], rates[known]
        query = SQL(
            "SELECT id AS line, amount_currency AS amount FROM account_move_line"
            " WHERE id = ANY(%s) ORDER BY id",
            lines["line"][rows].tolist(),
        )
        own = bulk.read(self.env.cr, query, {"line": "int4", "amount": "float8"})
        amount = own["amount"][costs.positions(own["line"], lines["line"][rows])]
        lines["bought"] = lines["bought"].copy()
        lines["bought"][rows] = -amount * rates

    @api.model
    def _join_order_lines(self, lines):
        """Give lines of order lines that were credited these, and what was delivered.

        What was delivered is known where stock moves tell it.
        """
        credited = lines["line"][deliveries.came_back(lines)]
        query = SQL(
            """
            SELECT DISTINCT ON (link.invoice_line_id) link.invoice_line_id AS line,
                   sold.id AS sold,
                   CASE sold.qty_delivered_method WHEN 'stock_move'
                       THEN sold.qty_delivered * COALESCE(unit.factor, 1)
                       ELSE 'NaN' END AS delivered
              FROM sale_order_line sold
              JOIN sale_order_line_invoice_rel link ON link.order_line_id = sold.id
         LEFT JOIN uom_uom unit ON unit.id = sold.product_uom_id
             WHERE sold.is_downpayment IS NOT TRUE
               AND sold.id IN (
                   SELECT order_line_id FROM sale_order_line_invoice_rel
                    WHERE invoice_line_id = ANY(%(credited)s))
          ORDER BY link.invoice_line_id, sold.id
            """,
            credited=credited.tolist(),
        )
        columns = {"line": "int4", "sold": "int4", "delivered": "float8"}
        known = bulk.read(self.env.cr, query, columns)
        place = costs.positions(known["line"], lines["line"])
        rows = np.flatnonzero(place >= 0)
        for name in ("sold", "delivered"):
            lines[name] = lines[name].copy()
            lines[name][rows] = known[name][place[rows]]

    @api.model
    def _mark_payments(self, scope, lines):
        """Mark invoice lines of rewards that are paid with, such as gift cards."""
        for model in ("loyalty.program", "loyalty.reward", "sale.order.line"):
            self.env[model].flush_model()
        query = SQL(
            """
            SELECT link.invoice_line_id AS line,
                   BOOL_OR(reward.reward_type = 'product')::int4 AS goods
              FROM loyalty_program program
              JOIN loyalty_reward reward ON reward.program_id = program.id
              JOIN sale_order_line sold ON sold.reward_id = reward.id
              JOIN sale_order_line_invoice_rel link ON link.order_line_id = sold.id
             WHERE %(paid)s AND %(only)s
          GROUP BY link.invoice_line_id
          ORDER BY link.invoice_line_id
            """,
            paid=self._payment_programs(),
            only=scope.only_rows(SQL("link.invoice_line_id"), lines["line"]),
        )
        paid = bulk.read(self.env.cr, query, {"line": "int4", "goods": "int4"})
        place = costs.positions(paid["line"], lines["line"])
        rows = np.flatnonzero(place >= 0)
        lines["waived"][rows] = 0.0
        rows = rows[paid["goods"][place[rows]] == 0]
        lines["nature"][rows] = deliveries.PAYMENT

    @api.model
    def _payment_programs(self):
        """Return the SQL condition of a ``program`` whose rewards are paid with."""
        return SQL("program.program_type = ANY(%s)", list(PAYMENT_PROGRAMS))

    @api.model
    def _voucher_products(self):
        """Return the ids of the products that sell gift cards and top up eWallets."""
        # Which product is a voucher says nothing that is secret.
        programs = self.env["loyalty.program"].sudo().with_context(active_test=False)
        vouchers = programs.search([("program_type", "in", PAYMENT_PROGRAMS)])
        return vouchers.rule_ids.product_ids.ids

    @api.model
    def _untax_waived(self, model, lines):
        """Take the included tax out of what lines given away would have cost."""
        rows = np.flatnonzero((lines["waived"] != 0) & (lines["amount"] == 0))
        if not rows.size:
            return
        field = self.env[model]._fields["tax_ids"]
        query = SQL(
            """
            SELECT %(line)s, ARRAY_AGG(%(tax)s ORDER BY %(tax)s)
              FROM %(table)s WHERE %(line)s = ANY(%(ids)s) GROUP BY %(line)s
            """,
            table=SQL.identifier(field.relation),
            line=SQL.identifier(field.column1),
            tax=SQL.identifier(field.column2),
            ids=lines["line"][rows].tolist(),
        )
        taxes = {line: tuple(ids) for line, ids in self.env.execute_query(query)}
        shares = {ids: self._untaxed_share(ids) for ids in {*taxes.values()}}
        shares[None] = 1.0
        lines["waived"][rows] *= [
            shares[taxes.get(line)] for line in lines["line"][rows].tolist()
        ]

    @api.model
    def _untaxed_share(self, tax_ids):
        """Return the share of a price that is left without the taxes it includes."""
        # A tax that a document has says how its price is meant, to whom ever.
        taxes = self.env["account.tax"].sudo().browse(tax_ids)
        found = taxes.compute_all(100.0, rounding_method="round_globally")
        return found["total_excluded"] / 100.0


# A reversal of a reversal belongs to the first document, at its day. What is credited
# in the currency of the first one counts at its rate: another rate is no behaviour.
# Few chains go on; PostgreSQL would read all documents for them but for the OFFSET.
CHAINS = """
    WITH RECURSIVE chain AS (
        SELECT move.id, move.currency_id, origin.id AS root,
               origin.reversed_entry_id AS above, origin.invoice_date AS day,
               origin.currency_id AS root_currency_id, 1 AS depth
          FROM account_move move
          JOIN res_partner customer ON customer.id = move.partner_id
          JOIN account_move origin ON origin.id = move.reversed_entry_id
         WHERE move.company_id = %(company)s
           AND move.move_type IN ('out_invoice', 'out_receipt', 'out_refund')
           AND move.state = 'posted' AND move.invoice_date <= %(until)s
           AND origin.state = 'posted' AND origin.invoice_date <= %(until)s
           AND %(mine)s AND %(only)s
     UNION ALL
        SELECT chain.id, chain.currency_id, origin.id, origin.reversed_entry_id,
               origin.invoice_date, origin.currency_id, chain.depth + 1
          FROM chain
          JOIN LATERAL (
               SELECT above.id, above.reversed_entry_id, above.invoice_date,
                      above.currency_id
                 FROM account_move above
                WHERE above.id = chain.above
                  AND above.state = 'posted' AND above.invoice_date <= %(until)s
                OFFSET 0) origin ON TRUE
         WHERE chain.above IS NOT NULL AND chain.depth < 100
    ), top AS (
        SELECT DISTINCT ON (id) * FROM chain ORDER BY id, depth DESC
    )
    SELECT top.id AS move, top.root, top.day,
           COALESCE(item.balance / NULLIF(item.amount, 0), 'NaN') AS rate
      FROM top
 LEFT JOIN LATERAL (
           SELECT SUM(balance) AS balance, SUM(amount_currency) AS amount
             FROM account_move_line
            WHERE move_id = top.root AND display_type = 'product'
              AND top.root_currency_id = top.currency_id
              AND top.root_currency_id <> %(currency)s) item ON TRUE
  ORDER BY 1
"""
