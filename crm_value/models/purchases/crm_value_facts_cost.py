import numpy as np

from odoo import api, models
from odoo.tools import SQL

from ... import bulk
from ...analytics.purchases import costs

COST_COLUMNS = {"key": "int4", "unit": "int4", "cost": "float8"}


class CrmValueFacts(models.AbstractModel):
    """Costs of the goods on purchase lines.

    Lines are many, products few: each product is read once and looked up in memory,
    which is cheaper than five joins for every line.
    """

    _inherit = "crm.value.facts"

    @api.model
    def _with_costs(self, scope, lines, own_cost):
        """Complete raw purchase lines to LINE_COLUMNS.

        :param lines: dict of arrays, see RAW_COLUMNS
        :param own_cost: cost of one unit of each line, NaN where the product's counts
        """
        product_cost = costs.per_line(
            self._product_costs(scope, lines["product"]),
            lines["product"],
            lines["unit"],
            self._unit_sizes(),
        )
        unit_cost = np.where(np.isnan(own_cost), product_cost, own_cost)
        kept = {name: lines[name] for name in ("partner", "day", "product", "amount")}
        return {**kept, **costs.line_figures(lines, unit_cost)}

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
            ids=np.unique(products).tolist(),
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
