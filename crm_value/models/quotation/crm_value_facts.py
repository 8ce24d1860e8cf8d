from datetime import timedelta

from odoo import api, models
from odoo.tools import SQL

from ... import bulk
from ...const import SOLD
from .const import LOOK_BACK_DAYS

ITEMS = {
    "partner": "int4",
    "product": "int4",
    "day": "date",
    "quantity": "float8",
    "margin": "float8",
}
READ = ("sale.order", "sale.order.line", "account.move", "account.move.line")


class CrmValueFacts(models.AbstractModel):
    """Which products customers buy: ordered lines, and invoiced ones without an order.

    Sections, notes, down payments, rewards, parts of a combo, what lowers an order and
    what has no quantity are no products that anybody chose; what was wholly credited
    is bought no more. The margin is in the company's currency, before any invoice.
    """

    _inherit = "crm.value.facts"

    @api.model
    def _gather_items(self, company, today, customers):
        """Return ITEMS of some customers: one row a product and day, sorted by both.

        :param customers: ids of commercial partners
        """
        query = SQL(
            """
            SELECT partner, product, day, SUM(quantity) AS quantity,
                   COALESCE(SUM(margin), 'NaN') AS margin
              FROM (%s) item GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
            """,
            self._items(company, today, customers),
        )
        return bulk.read(self.env.cr, query, ITEMS)

    @api.model
    def _items(self, company, today, customers):
        """Return the SQL of the lines: partner, product, day, quantity, margin."""
        for model in READ:
            self.env[model].flush_model()
        self.env["product.product"].flush_model(["standard_price"])
        parts = {
            "company": company.id,
            "cost": str(company.id),
            "since": today - timedelta(days=LOOK_BACK_DAYS),
            "until": today,
            "kinds": list(SOLD),
            "day": company._value_local_day(SQL("sale_order.date_order")),
            "ordered": self._of_customers(SQL("sale_order.partner_id"), customers),
            "invoiced": self._of_customers(SQL("move.partner_id"), customers),
            "credited": self._of_customers(SQL("credit.partner_id"), customers),
        }
        return SQL(
            "WITH credited AS (%s) %s UNION ALL %s",
            *(SQL(part, **parts) for part in (CREDITED, ORDERED, INVOICED)),
        )

    @api.model
    def _of_customers(self, column, customers):
        """Return the SQL condition that documents are of customers' contacts.

        As an array, which is known before: a subquery would be one table more than
        PostgreSQL puts into another order, and be joined after all documents are read.
        """
        if customers is None:
            return SQL("TRUE")
        self.env["res.partner"].flush_model(["commercial_partner_id"])
        return SQL(
            "%s = ANY(ARRAY("
            "SELECT id FROM res_partner WHERE commercial_partner_id = ANY(%s)))",
            column,
            list(customers),
        )


# A credit for part of the price leaves the goods where they are; an order line that
# was credited and invoiced again is sold.
CREDITED = """
    SELECT credit.reversed_entry_id AS move, back.product_id AS product,
           link.order_line_id AS sold, back.price_subtotal AS money
      FROM account_move credit
      JOIN account_move_line back ON back.move_id = credit.id
 LEFT JOIN sale_order_line_invoice_rel link ON link.invoice_line_id = back.id
     WHERE credit.company_id = %(company)s AND credit.move_type = 'out_refund'
       AND credit.state = 'posted' AND back.display_type = 'product'
       AND %(credited)s
"""
ORDERED = """
    SELECT customer.commercial_partner_id AS partner, line.product_id AS product,
           %(day)s AS day,
           line.product_uom_qty * COALESCE(unit.factor / NULLIF(own.factor, 0), 1)
               AS quantity,
           CASE WHEN line.purchase_price <> 0
                THEN line.margin / NULLIF(sale_order.currency_rate, 0) END AS margin
      FROM sale_order
      JOIN sale_order_line line ON line.order_id = sale_order.id
      JOIN res_partner customer ON customer.id = sale_order.partner_id
      JOIN product_product product ON product.id = line.product_id
      JOIN product_template template ON template.id = product.product_tmpl_id
 LEFT JOIN uom_uom unit ON unit.id = line.product_uom_id
 LEFT JOIN uom_uom own ON own.id = template.uom_id
 LEFT JOIN (SELECT sold, SUM(money) AS money FROM credited GROUP BY 1) back
        ON back.sold = line.id
     WHERE sale_order.company_id = %(company)s AND sale_order.state = 'sale'
       AND line.display_type IS NULL AND line.product_uom_qty > 0
       AND line.price_unit >= 0 AND NOT COALESCE(line.is_downpayment, FALSE)
       AND line.reward_id IS NULL AND line.combo_item_id IS NULL
       AND (back.sold IS NULL OR back.money < 0.999 * line.price_subtotal
            OR line.untaxed_amount_invoiced > 0.001 * line.price_subtotal)
       AND %(day)s BETWEEN %(since)s AND %(until)s AND %(ordered)s
"""
INVOICED = """
    SELECT customer.commercial_partner_id, line.product_id, move.invoice_date,
           line.quantity * COALESCE(unit.factor / NULLIF(own.factor, 0), 1),
           -line.balance - line.quantity
               * COALESCE(unit.factor / NULLIF(own.factor, 0), 1)
               * NULLIF((product.standard_price ->> %(cost)s)::float8, 0)
      FROM account_move move
      JOIN account_move_line line ON line.move_id = move.id
      JOIN res_partner customer ON customer.id = move.partner_id
      JOIN product_product product ON product.id = line.product_id
      JOIN product_template template ON template.id = product.product_tmpl_id
 LEFT JOIN uom_uom unit ON unit.id = line.product_uom_id
 LEFT JOIN uom_uom own ON own.id = template.uom_id
 LEFT JOIN (SELECT move, product, SUM(money) AS money FROM credited
             WHERE sold IS NULL GROUP BY 1, 2) back
        ON back.move = move.id AND back.product = line.product_id
     WHERE move.company_id = %(company)s AND move.state = 'posted'
       AND move.move_type = ANY(%(kinds)s) AND line.display_type = 'product'
       AND line.quantity > 0 AND line.price_unit >= 0
       AND NOT COALESCE(line.is_downpayment, FALSE)
       AND (back.move IS NULL OR back.money < 0.999 * (
            SELECT SUM(part.price_subtotal) FROM account_move_line part
             WHERE part.move_id = move.id AND part.product_id = line.product_id
               AND part.display_type = 'product'))
       AND move.invoice_date BETWEEN %(since)s AND %(until)s AND %(invoiced)s
       AND NOT EXISTS (SELECT FROM sale_order_line_invoice_rel link
                        WHERE link.invoice_line_id = line.id)
"""
