import numpy as np

from odoo import api, models
from odoo.tools import SQL

from ... import bulk


class CrmValueFacts(models.AbstractModel):
    """Product categories that customers buy, by the category a product has today."""

    _inherit = "crm.value.facts"

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
        query = SQL(
            """
            SELECT product.id AS product, template.categ_id AS category
              FROM product_product product
              JOIN product_template template ON template.id = product.product_tmpl_id
             WHERE template.categ_id IS NOT NULL AND %(only)s
            """,
            only=scope.only_rows(SQL("product.id"), np.unique(products[products > 0])),
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
