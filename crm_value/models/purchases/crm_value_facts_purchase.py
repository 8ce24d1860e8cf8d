import numpy as np

from odoo import api, models
from odoo.tools import SQL

from ... import bulk
from ...analytics.purchases import costs, deliveries
from ...analytics.statistics.grouping import numbered
from .crm_value_facts import LINE_COLUMNS

# A line as the documents have it; what it costs and delivers is looked up afterwards.
RAW_COLUMNS = {
    "line": "int4",
    "partner": "int4",
    "day": "date",
    "product": "int4",
    "unit": "int4",
    "amount": "float8",
    "quantity": "float8",
    "nature": "int4",
    "waived": "float8",
}
COST_COLUMNS = {"key": "int4", "unit": "int4", "cost": "float8"}


class CrmValueFacts(models.AbstractModel):
    """Purchase lines of orders and imported purchases; what lines cost."""

    _inherit = "crm.value.facts"

    @api.model
    def _gather_order_lines(self, scope):
        """Read confirmed order lines, without tax, at the order's currency rate."""
        self.env["sale.order"].flush_model()
        self.env["sale.order.line"].flush_model()
        self.env["res.partner"].flush_model(["commercial_partner_id"])
        query = SQL(
            ORDER_LINES,
            day=self._order_day(scope),
            paid=self._payment_programs(),
            vouchers=self._voucher_products(),
            company=scope.company.id,
            until=scope.until,
            only=scope.only(SQL("customer.commercial_partner_id")),
        )
        columns = {**RAW_COLUMNS, "own_cost": "float8"}
        lines = bulk.read(self.env.cr, query, columns)
        self._join_nothing(lines)
        self._untax_waived("sale.order.line", lines)
        figures = self._with_costs(scope, lines, lines["own_cost"])
        return {**figures, "document": lines["line"]}

    @api.model
    def _gather_transaction_lines(self, scope):
        """Read imported purchases; a product known by name only counts by its name."""
        self.env["crm.value.transaction"].flush_model()
        query = SQL(
            """
            SELECT customer.commercial_partner_id AS partner,
                   purchase.date AS day,
                   CASE WHEN COALESCE(purchase.product_name, '') = '' THEN 0
                        ELSE -(ABS(hashtext(purchase.product_name)::bigint)
                               %% 2147483647) - 1
                    END AS product,
                   purchase.amount AS amount, purchase.amount AS bought,
                   GREATEST(-purchase.amount, 0) AS returned,
                   CASE WHEN purchase.margin IS NULL THEN 0 ELSE purchase.amount END
                       AS costed,
                   COALESCE(purchase.amount - purchase.margin, 0) AS cost,
                   0 AS deducted, 0 AS discount, purchase.id AS document
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
        return bulk.read(self.env.cr, query, {**LINE_COLUMNS, "document": "int4"})

    @api.model
    def _order_day(self, scope):
        """Return the SQL of the order's day where the company is."""
        return SQL(
            "(sale_order.date_order AT TIME ZONE 'UTC' AT TIME ZONE %s)::date",
            scope.timezone,
        )

    # --- costs of the goods on purchase lines ---

    @api.model
    def _with_costs(self, scope, lines, own_cost):
        """Complete raw purchase lines to LINE_COLUMNS.

        :param lines: dict of arrays, see RAW_COLUMNS
        :param own_cost: cost of one unit of each line, NaN where the product's counts
        """
        sizes = self._unit_sizes()
        product_cost = costs.per_line(
            self._product_costs(scope, lines["product"]),
            lines["product"],
            lines["unit"],
            sizes,
        )
        unit_cost = np.where(np.isnan(own_cost), product_cost, own_cost)
        lines["size"] = np.nan_to_num(sizes[lines["unit"]], nan=1.0)
        share = deliveries.shares(lines, scope.company.currency_id.rounding)
        told = self._delivered(scope, lines, share, sizes)
        for name in ("unit", "size", "move", "sold", "delivered"):
            del lines[name]  # of millions of lines each is much
        figures = {**deliveries.line_figures(lines, unit_cost, share), **told}
        # What is no goods is no product that anybody bought, of no category.
        goods = lines["nature"] == deliveries.GOODS
        lines["product"] = np.where(goods, lines["product"], 0)
        kept = {name: lines[name] for name in ("partner", "day", "product", "amount")}
        return {**kept, **figures}

    @api.model
    def _delivered(self, scope, lines, share, sizes):
        """Return how much each line delivers, in the product's own unit, if asked."""
        if not scope.counted:
            return {}
        query = SQL(
            """
            SELECT product.id AS product, COALESCE(template.uom_id, 0) AS unit
              FROM product_product product
              JOIN product_template template ON template.id = product.product_tmpl_id
             WHERE product.id = ANY(%s) ORDER BY product.id
            """,
            np.unique(lines["product"]).tolist(),
        )
        own = bulk.read(self.env.cr, query, {"product": "int4", "unit": "int4"})
        unit = np.append(own["unit"], 0)[
            costs.positions(own["product"], lines["product"])
        ]
        size = np.where(np.isnan(sizes[unit]), lines["size"], sizes[unit])
        goods = lines["nature"] == deliveries.GOODS
        quantity = lines["quantity"] * share * lines["size"] / size
        return {"quantity": np.where(goods, quantity, np.nan)}

    @api.model
    def _product_costs(self, scope, products):
        """Return COST_COLUMNS of the products; zero means that nobody entered one."""
        self.env["product.product"].flush_model(["standard_price"])
        query = SQL(
            """
            SELECT product.id AS key, template.uom_id AS unit,
                   (product.standard_price ->> %(company)s)::float8 AS cost
              FROM product_product product
              JOIN product_template template ON template.id = product.product_tmpl_id
             WHERE product.id = ANY(%(ids)s)
               AND (product.standard_price ->> %(company)s)::float8 <> 0
          ORDER BY product.id
            """,
            company=str(scope.company.id),
            ids=numbered(np.maximum(products, 0))[0].tolist(),
        )
        return bulk.read(self.env.cr, query, COST_COLUMNS)

    @api.model
    def _order_line_costs(self, scope, invoice_lines):
        """Return COST_COLUMNS of the order lines behind invoice lines, by the latter.

        Where several order lines stand behind one, the first counts.
        """
        self.env["sale.order.line"].flush_model()
        query = SQL(
            """
            SELECT * FROM (
                SELECT DISTINCT ON (link.invoice_line_id) link.invoice_line_id AS key,
                       COALESCE(sold.product_uom_id, 0) AS unit,
                       NULLIF(sold.purchase_price, 0)
                           / NULLIF(sale_order.currency_rate, 0) AS cost
                  FROM sale_order_line_invoice_rel link
                  JOIN sale_order_line sold ON sold.id = link.order_line_id
                  JOIN sale_order ON sale_order.id = sold.order_id
                 WHERE sale_order.company_id = %(company)s
                   AND %(only)s
              ORDER BY link.invoice_line_id, link.order_line_id
            ) AS first
             WHERE cost IS NOT NULL
            """,
            company=scope.company.id,
            only=scope.only_rows(SQL("link.invoice_line_id"), invoice_lines),
        )
        return bulk.read(self.env.cr, query, COST_COLUMNS)

    @api.model
    def _unit_sizes(self):
        """Return the size of each unit of measure by its id, NaN if none."""
        self.env["uom.uom"].flush_model(["factor"])
        query = SQL("SELECT id AS unit, factor AS size FROM uom_uom WHERE factor <> 0")
        units = bulk.read(self.env.cr, query, {"unit": "int4", "size": "float8"})
        sizes = np.full(units["unit"].max(initial=0) + 1, np.nan)
        sizes[units["unit"]] = units["size"]
        return sizes

    # --- product categories that customers buy, by the category a product has today ---

    @api.model
    def _categories(self, scope, products):
        """Return the category of each product of ``products``, 0 where unknown.

        A product known by name only is of the category of the product of that name.
        """
        parts = [self._gather_categories(scope, products)]
        if (products < 0).any():
            parts.append(self._gather_named_categories())
        known, category = (
            np.concatenate([part[name] for part in parts])
            for name in ("product", "category")
        )
        if not known.size:
            return np.zeros(products.size, np.int32)
        order = np.argsort(known, kind="stable")
        known, category = known[order], category[order]
        place = np.searchsorted(known, products).clip(0, known.size - 1)
        return np.where(known[place] == products, category[place], 0)

    @api.model
    def _gather_categories(self, scope, products):
        """Read the category of each product, of a refresh only of those bought."""
        self.env["product.product"].flush_model(["product_tmpl_id"])
        self.env["product.template"].flush_model(["categ_id", "name"])
        known, _place = numbered(np.maximum(products, 0))  # others have but a name
        query = SQL(
            """
            SELECT product.id AS product, template.categ_id AS category
              FROM product_product product
              JOIN product_template template ON template.id = product.product_tmpl_id
             WHERE template.categ_id IS NOT NULL AND %(only)s
            """,
            only=scope.only_rows(SQL("product.id"), known),
        )
        return bulk.read(self.env.cr, query, {"product": "int4", "category": "int4"})

    @api.model
    def _gather_named_categories(self):
        """Read the category of each name of a product, in all languages.

        The number of a name is that of the imported purchases.
        """
        query = SQL(
            """
            SELECT -(ABS(hashtext(name.value)::bigint) %% 2147483647) - 1 AS product,
                   MIN(template.categ_id) AS category
              FROM product_template template,
                   jsonb_each_text(template.name) AS name
             WHERE template.categ_id IS NOT NULL
          GROUP BY 1
            """
        )
        return bulk.read(self.env.cr, query, {"product": "int4", "category": "int4"})


# An order without a rate is bad data: it shows as such, not as 0.
ORDER_LINES = """
    SELECT line.id AS line, customer.commercial_partner_id AS partner, %(day)s AS day,
           COALESCE(line.product_id, 0) AS product,
           COALESCE(line.product_uom_id, 0) AS unit,
           COALESCE(line.price_subtotal
               / NULLIF(sale_order.currency_rate, 0), 'NaN') AS amount,
           line.product_uom_qty AS quantity,
           CASE WHEN paid.id IS NOT NULL AND reward.reward_type <> 'product' THEN 2
                WHEN line.price_unit < 0 THEN 1
                WHEN line.product_id = ANY(%(vouchers)s) THEN 2
                ELSE 0 END AS nature,
           CASE WHEN COALESCE(line.discount, 0) <= 0 OR paid.id IS NOT NULL THEN 0
                WHEN line.discount < 100
                THEN COALESCE(line.price_subtotal * line.discount
                    / (100 - line.discount) / NULLIF(sale_order.currency_rate, 0), 0)
                ELSE COALESCE(line.price_unit * line.product_uom_qty
                    / NULLIF(sale_order.currency_rate, 0), 0) END AS waived,
           COALESCE(NULLIF(line.purchase_price, 0)
               / NULLIF(sale_order.currency_rate, 0), 'NaN') AS own_cost
      FROM sale_order
      JOIN res_partner customer ON customer.id = sale_order.partner_id
      JOIN sale_order_line line ON line.order_id = sale_order.id
           AND line.display_type IS NULL AND line.is_downpayment IS NOT TRUE
 LEFT JOIN loyalty_reward reward ON reward.id = line.reward_id
 LEFT JOIN (SELECT program.id FROM loyalty_program program WHERE %(paid)s) paid
        ON paid.id = reward.program_id
     WHERE sale_order.company_id = %(company)s
       AND sale_order.state = 'sale'
       AND %(day)s <= %(until)s
       AND %(only)s
"""
