from odoo import api, models
from odoo.tools import SQL

from .. import bulk
from .crm_value_facts import LINE_COLUMNS


class CrmValueFacts(models.AbstractModel):
    """Purchase lines: invoices, orders, imported purchases."""

    _inherit = "crm.value.facts"

    @api.model
    def _gather_invoice_lines(self, scope):
        """Read posted invoice and credit note lines, without tax.

        A credit note counts on the day of the document it reverses. The cost is that
        of the linked order line, else the product's, else unknown; both are converted
        from their unit to the unit invoiced.
        """
        self.env["account.move"].flush_model()
        self.env["account.move.line"].flush_model()
        self._flush_costs()
        query = SQL(
            """
            SELECT customer.commercial_partner_id AS partner,
                   COALESCE(origin.invoice_date, move.invoice_date) AS day,
                   COALESCE(line.product_id, 0) AS product,
                   -line.balance AS amount,
                   CASE move.move_type WHEN 'out_refund' THEN line.balance ELSE 0 END
                       AS returned,
                   CASE WHEN costs.unit IS NULL THEN 0 ELSE -line.balance END AS costed,
                   COALESCE(costs.unit * line.quantity
                       * CASE move.move_type WHEN 'out_refund' THEN -1 ELSE 1 END, 0) AS cost,
                   CASE WHEN line.discount > 0 AND line.discount < 100
                             AND move.move_type = 'out_invoice'
                        THEN -line.balance * line.discount / (100 - line.discount)
                        ELSE 0 END AS discount
              FROM account_move move
              JOIN res_partner customer ON customer.id = move.partner_id
              JOIN account_move_line line ON line.move_id = move.id
                   AND line.display_type IN ('product', 'rounding',
                       'non_deductible_product', 'non_deductible_product_total')
                   AND (line.display_type <> 'rounding' OR line.tax_repartition_line_id IS NULL)
         LEFT JOIN account_move origin ON origin.id = move.reversed_entry_id
                   AND origin.state = 'posted' AND origin.invoice_date <= %(until)s
         LEFT JOIN product_product product ON product.id = line.product_id
         LEFT JOIN product_template template ON template.id = product.product_tmpl_id
         LEFT JOIN uom_uom line_uom ON line_uom.id = line.product_uom_id
         LEFT JOIN uom_uom product_uom ON product_uom.id = template.uom_id
         LEFT JOIN sale_order_line_invoice_rel link ON link.invoice_line_id = line.id
                   AND link.order_line_id = (
                       SELECT MIN(first.order_line_id) FROM sale_order_line_invoice_rel first
                        WHERE first.invoice_line_id = line.id)
         LEFT JOIN sale_order_line sold ON sold.id = link.order_line_id
         LEFT JOIN sale_order ON sale_order.id = sold.order_id
         LEFT JOIN uom_uom sold_uom ON sold_uom.id = sold.product_uom_id
        CROSS JOIN LATERAL (SELECT COALESCE(
                       NULLIF(sold.purchase_price, 0) / NULLIF(sale_order.currency_rate, 0)
                           * COALESCE(line_uom.factor / NULLIF(sold_uom.factor, 0), 1),
                       %(product_cost)s
                           * COALESCE(line_uom.factor / NULLIF(product_uom.factor, 0), 1)
                   ) AS unit) costs
             WHERE move.company_id = %(company)s
               AND move.move_type IN ('out_invoice', 'out_refund')
               AND move.state = 'posted'
               AND move.invoice_date <= %(until)s
               AND %(only)s
            """,
            product_cost=self._product_cost(scope),
            company=scope.company.id,
            until=scope.until,
            only=scope.only(SQL("customer.commercial_partner_id")),
        )
        return bulk.read(self.env.cr, query, LINE_COLUMNS)

    @api.model
    def _gather_order_lines(self, scope):
        """Read confirmed order lines, without tax, at the order's currency rate."""
        self.env["sale.order"].flush_model()
        self.env["sale.order.line"].flush_model()
        self._flush_costs()
        query = SQL(
            """
            SELECT customer.commercial_partner_id AS partner,
                   %(day)s AS day,
                   COALESCE(line.product_id, 0) AS product,
                   money.amount AS amount,
                   CASE WHEN line.product_uom_qty < 0 THEN -money.amount ELSE 0 END AS returned,
                   CASE WHEN costs.unit IS NULL THEN 0 ELSE money.amount END AS costed,
                   COALESCE(costs.unit * line.product_uom_qty, 0) AS cost,
                   CASE WHEN line.discount > 0 AND line.discount < 100
                        THEN money.amount * line.discount / (100 - line.discount)
                        ELSE 0 END AS discount
              FROM sale_order
              JOIN res_partner customer ON customer.id = sale_order.partner_id
              JOIN sale_order_line line ON line.order_id = sale_order.id
                   AND line.display_type IS NULL AND line.is_downpayment IS NOT TRUE
         LEFT JOIN product_product product ON product.id = line.product_id
         LEFT JOIN product_template template ON template.id = product.product_tmpl_id
         LEFT JOIN uom_uom line_uom ON line_uom.id = line.product_uom_id
         LEFT JOIN uom_uom product_uom ON product_uom.id = template.uom_id
        CROSS JOIN LATERAL (SELECT
                       -- An order without a rate is bad data: it shows as such, not as zero.
                       COALESCE(line.price_subtotal / NULLIF(sale_order.currency_rate, 0), 'NaN')
                           AS amount
                   ) money
        CROSS JOIN LATERAL (SELECT COALESCE(
                       NULLIF(line.purchase_price, 0) / NULLIF(sale_order.currency_rate, 0),
                       %(product_cost)s
                           * COALESCE(line_uom.factor / NULLIF(product_uom.factor, 0), 1)
                   ) AS unit) costs
             WHERE sale_order.company_id = %(company)s
               AND sale_order.state = 'sale'
               AND %(day)s <= %(until)s
               AND %(only)s
            """,
            day=self._order_day(scope),
            product_cost=self._product_cost(scope),
            company=scope.company.id,
            until=scope.until,
            only=scope.only(SQL("customer.commercial_partner_id")),
        )
        return bulk.read(self.env.cr, query, LINE_COLUMNS)

    @api.model
    def _gather_transaction_lines(self, scope):
        """Read imported purchases; a product known by name only counts by its name."""
        self.env["crm.value.transaction"].flush_model()
        query = SQL(
            """
            SELECT customer.commercial_partner_id AS partner,
                   purchase.date AS day,
                   CASE WHEN COALESCE(purchase.product_name, '') = '' THEN 0
                        ELSE -(ABS(hashtext(purchase.product_name)::bigint) %% 2147483647) - 1
                    END AS product,
                   purchase.amount AS amount,
                   GREATEST(-purchase.amount, 0) AS returned,
                   CASE WHEN purchase.margin IS NULL THEN 0 ELSE purchase.amount END AS costed,
                   COALESCE(purchase.amount - purchase.margin, 0) AS cost,
                   0 AS discount
              FROM crm_value_transaction purchase
              JOIN res_partner customer ON customer.id = purchase.partner_id
             WHERE purchase.company_id = %(company)s
               AND purchase.date <= %(until)s
               AND %(only)s
            """,
            company=scope.company.id,
            until=scope.until,
            only=scope.only(SQL("customer.commercial_partner_id")),
        )
        return bulk.read(self.env.cr, query, LINE_COLUMNS)

    @api.model
    def _flush_costs(self):
        self.env["product.product"].flush_model(["standard_price"])
        self.env["res.partner"].flush_model(["commercial_partner_id"])

    @api.model
    def _product_cost(self, scope):
        """Return the SQL of a product's own cost; zero means that nobody entered one."""
        return SQL(
            "NULLIF((product.standard_price ->> %s)::float8, 0)", str(scope.company.id)
        )

    @api.model
    def _order_day(self, scope):
        """Return the SQL of the order's day where the company is."""
        return SQL(
            "(sale_order.date_order AT TIME ZONE 'UTC' AT TIME ZONE %s)::date",
            scope.timezone,
        )
