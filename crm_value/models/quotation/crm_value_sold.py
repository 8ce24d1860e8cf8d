from odoo import api, models
from odoo.tools import SQL

INVOICE, ORDER, OFFER = KINDS = ("invoice", "order", "offer")
SOURCES = ("account.move", "account.move.line", "sale.order", "sale.order.line")
UNITS = ("product.product", "product.template", "uom.uom", "res.partner", "account.tax")


class CrmValueSold(models.AbstractModel):
    """At what prices products were sold and are offered: of documents, line by line.

    A price is that of the product's own unit, without tax, after the discount of its
    line and its share of what lowers the whole document, in the currency that is asked
    for, at the rate of the document's day.

    Whoever writes a quotation is told all prices of its customer, also those in
    documents of colleagues that it may not open: two prices for one customer are what
    this is there to prevent. Nothing else of such a document is told but its name, its
    salesperson and its day.
    """

    _name = "crm.value.sold"
    _description = "Prices of What Was Sold"

    @api.model
    def _sold(self, company, currency, products, whose, since, kinds=KINDS):
        """Return the SQL of priced lines.

        Its columns: kind, document_id, customer_id, product_id, user_id, day, quantity
        (in the product's unit) and price.

        :param products: ids
        :param whose: SQL condition of ``customer``, the contact of the document
        :param since: the first day that counts
        """
        for model in (*SOURCES, *UNITS, "res.currency.rate"):
            self.env[model].flush_model()
        never = SQL("FALSE")
        today = self.env["crm.value.run"]._today(company)  # by it an offer still holds
        lines = {
            INVOICE: (INVOICED, SQL("TRUE"), never),
            ORDER: (ORDERED, SQL("sale_order.state = 'sale'"), never),
            OFFER: (ORDERED, SQL(OPEN, day=today), SQL(OPTIONAL)),
        }
        parts = [
            SQL(
                source,
                kind=kind,
                state=state,
                optional=optional,
                company=company.id,
                products=list(products),
                whose=whose,
                since=since,
                zone=company._value_timezone(),
                pays=self.env["crm.value.facts"]._payment_programs(),
            )
            for kind, (source, state, optional) in lines.items()
            if kind in kinds
        ]
        return SQL(
            PRICED,
            lines=SQL(" UNION ALL ").join(parts),
            price=self._converted(company, currency),
        )

    @api.model
    def _converted(self, company, currency):
        """Return the SQL of a line's price in a currency, as Odoo converts it."""

        def rate(of):
            return SQL(RATE, currency=of, company=company.root_id.id)

        return SQL(
            """CASE WHEN line.currency_id = %(wanted)s THEN line.price
                    ELSE line.price * %(to)s / %(from_)s END""",
            wanted=currency.id,
            to=rate(SQL("%s", currency.id)),
            from_=rate(SQL("line.currency_id")),
        )


PRICED = """
    SELECT line.kind, line.document_id, line.customer_id, line.product_id,
           line.user_id, line.day,
           (line.quantity * unit.factor / own.factor)::float8 AS quantity,
           (%(price)s * own.factor / unit.factor)::float8 AS price
      FROM (%(lines)s) line
      JOIN product_product product ON product.id = line.product_id
      JOIN product_template template ON template.id = product.product_tmpl_id
      JOIN uom_uom own ON own.id = template.uom_id
      JOIN uom_uom unit ON unit.id = COALESCE(line.unit_id, template.uom_id)
"""
# The company's own rates come first, then the last one before the day, or the first.
RATE = """COALESCE(
    (SELECT rate FROM res_currency_rate
      WHERE currency_id = %(currency)s AND name <= line.day
        AND (company_id IS NULL OR company_id = %(company)s)
   ORDER BY company_id, name DESC LIMIT 1),
    (SELECT rate FROM res_currency_rate
      WHERE currency_id = %(currency)s
        AND (company_id IS NULL OR company_id = %(company)s)
   ORDER BY company_id, name LIMIT 1), 1)"""
OPEN = """sale_order.state IN ('draft', 'sent')
       AND (sale_order.validity_date IS NULL OR sale_order.validity_date >= %(day)s)"""
# An optional product that nobody has taken yet has no quantity, but a price; what it
# is without a tax that is included is not worked out here.
OPTIONAL = """line.product_uom_qty = 0 AND line.price_unit > 0 AND NOT EXISTS (
    SELECT FROM account_tax_sale_order_line_rel link
      JOIN account_tax tax ON tax.id = link.account_tax_id
      JOIN res_company company ON company.id = tax.company_id
     WHERE link.sale_order_line_id = line.id
       AND COALESCE(tax.price_include_override, company.account_price_include)
           = 'tax_included')"""
# What lowers a document: negative prices, but no payment by gift card or eWallet, and
# no down payment. Rewards and the parts of a combo have no price of their own.
INVOICED = """
    SELECT %(kind)s AS kind, move.id AS document_id,
           customer.commercial_partner_id AS customer_id, line.product_id,
           move.invoice_user_id AS user_id, move.invoice_date AS day,
           line.product_uom_id AS unit_id, move.currency_id, line.quantity,
           line.price_subtotal / line.quantity * share.left_over AS price
      FROM account_move_line line
      JOIN account_move move ON move.id = line.move_id
      JOIN res_partner customer ON customer.id = move.partner_id
     CROSS JOIN LATERAL (
           SELECT GREATEST(0, 1 + COALESCE(
                      SUM(part.price_subtotal) FILTER (WHERE part.price_unit < 0)
                      / NULLIF(SUM(part.price_subtotal)
                               FILTER (WHERE part.price_unit >= 0), 0), 0)) AS left_over
             FROM account_move_line part
            WHERE part.move_id = move.id AND part.display_type = 'product'
              AND part.is_downpayment IS NOT TRUE
              AND NOT EXISTS (
                  SELECT FROM sale_order_line_invoice_rel link
                    JOIN sale_order_line sold ON sold.id = link.order_line_id
                    JOIN loyalty_reward reward ON reward.id = sold.reward_id
                    JOIN loyalty_program program ON program.id = reward.program_id
                   WHERE link.invoice_line_id = part.id
                     AND %(pays)s)) share
     WHERE line.product_id = ANY(%(products)s)
       AND move.company_id = %(company)s AND %(whose)s AND %(state)s
       AND move.move_type IN ('out_invoice', 'out_receipt')
       AND move.state = 'posted' AND move.payment_state <> 'reversed'
       AND move.invoice_date >= %(since)s
       AND line.display_type = 'product' AND line.is_downpayment IS NOT TRUE
       AND line.quantity > 0 AND line.price_subtotal > 0
       AND NOT EXISTS (
           SELECT FROM sale_order_line_invoice_rel link
             JOIN sale_order_line sold ON sold.id = link.order_line_id
            WHERE link.invoice_line_id = line.id
              AND (sold.reward_id IS NOT NULL OR sold.combo_item_id IS NOT NULL))
"""
ORDERED = """
    SELECT %(kind)s AS kind, sale_order.id AS document_id,
           customer.commercial_partner_id AS customer_id, line.product_id,
           sale_order.user_id AS user_id, moment.day,
           line.product_uom_id AS unit_id, sale_order.currency_id,
           line.product_uom_qty AS quantity,
           share.left_over * CASE
               WHEN line.product_uom_qty > 0
               THEN line.price_subtotal / line.product_uom_qty
               ELSE line.price_unit * (1 - COALESCE(line.discount, 0) / 100)
               END AS price
      FROM sale_order_line line
      JOIN sale_order ON sale_order.id = line.order_id
      JOIN res_partner customer ON customer.id = sale_order.partner_id
     CROSS JOIN LATERAL (
           SELECT (sale_order.date_order AT TIME ZONE 'UTC'
                   AT TIME ZONE %(zone)s)::date AS day) moment
     CROSS JOIN LATERAL (
           SELECT GREATEST(0, 1 + COALESCE(
                      SUM(part.price_subtotal) FILTER (WHERE part.price_unit < 0)
                      / NULLIF(SUM(part.price_subtotal)
                               FILTER (WHERE part.price_unit >= 0), 0), 0)) AS left_over
             FROM sale_order_line part
        LEFT JOIN loyalty_reward reward ON reward.id = part.reward_id
        LEFT JOIN loyalty_program program ON program.id = reward.program_id
            WHERE part.order_id = sale_order.id AND part.display_type IS NULL
              AND part.is_downpayment IS NOT TRUE
              AND (%(pays)s) IS NOT TRUE) share
     WHERE line.product_id = ANY(%(products)s)
       AND sale_order.company_id = %(company)s AND %(whose)s AND %(state)s
       AND moment.day >= %(since)s
       AND line.display_type IS NULL AND line.is_downpayment IS NOT TRUE
       AND line.reward_id IS NULL AND line.combo_item_id IS NULL
       AND (line.product_uom_qty > 0 AND line.price_subtotal > 0 OR %(optional)s)
"""
