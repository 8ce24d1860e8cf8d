from odoo import api, fields, models
from odoo.tools import SQL

from ...const import OFFICER


class CrmValueQualityProduct(models.Model):
    """A product that was sold without a known cost, as the last full run found it."""

    _name = "crm.value.quality.product"
    _description = "Product Sold without a Known Cost"
    _is_result = True
    _log_access = False
    _order = "revenue DESC, id"
    _rec_name = "product_id"

    company_id = fields.Many2one("res.company", required=True, ondelete="cascade")
    currency_id = fields.Many2one(related="company_id.currency_id")
    product_id = fields.Many2one("product.product", required=True, ondelete="cascade")
    categ_id = fields.Many2one(related="product_id.categ_id")
    lines = fields.Integer(
        string="Sales Lines", help="Lines without a cost, in the value window."
    )
    revenue = fields.Monetary(
        string="Revenue without Cost",
        groups=OFFICER,
        help="In the value window. Its margin is the policy's default.",
    )

    _once = models.UniqueIndex("(company_id, product_id)")

    def action_open_product(self):
        """Open the product, where its cost is entered."""
        self.check_access("read")
        self.ensure_one()
        return self.product_id._get_records_action()

    @api.model
    def _store(self, company, uncosted):
        """Keep what a run found.

        :param uncosted: {product id: (revenue, lines)}
        """
        self.search([("company_id", "=", company.id)]).unlink()
        columns = zip(*uncosted.values(), strict=True) if uncosted else ((), ())
        revenue, lines = map(list, columns)
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO crm_value_quality_product
                            (company_id, product_id, revenue, lines)
                SELECT %(company)s, product.id, sold.revenue, sold.lines
                  FROM UNNEST(%(ids)s::int[], %(revenue)s::float8[], %(lines)s::int[])
                       AS sold (id, revenue, lines)
                  JOIN product_product product ON product.id = sold.id
                """,
                company=company.id,
                ids=list(uncosted),
                revenue=revenue,
                lines=lines,
            )
        )

    @api.model
    def _drop_costed(self, company):
        """Forget the products that have been given a cost."""
        rows = self.search([("company_id", "=", company.id)]).with_company(company)
        rows.filtered("product_id.standard_price").unlink()
