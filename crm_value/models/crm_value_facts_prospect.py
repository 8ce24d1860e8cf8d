from odoo import api, models
from odoo.tools import SQL

from .. import bulk


class CrmValueFacts(models.AbstractModel):
    """Who may become a customer: open leads and quotations."""

    _inherit = "crm.value.facts"

    @api.model
    def _sources(self):
        return [*super()._sources(), "_gather_leads", "_gather_quotations"]

    @api.model
    def _gather_leads(self, scope):
        """Count open leads; one without a company is its salesperson's company's."""
        self.env["crm.lead"].flush_model()
        query = SQL(
            """
            SELECT customer.commercial_partner_id AS partner, COUNT(*) AS lead_count
              FROM crm_lead lead
              JOIN res_partner customer ON customer.id = lead.partner_id
         LEFT JOIN res_users seller ON seller.id = lead.user_id
             WHERE COALESCE(lead.company_id, seller.company_id) = %(company)s
               AND lead.active
               AND lead.create_date::date <= %(until)s
               AND %(only)s
          GROUP BY customer.commercial_partner_id
            """,
            company=scope.company.id,
            until=scope.until,
            only=scope.only(SQL("customer.commercial_partner_id")),
        )
        return bulk.read(self.env.cr, query, {"partner": "int4", "lead_count": "int4"})

    @api.model
    def _gather_quotations(self, scope):
        """Count quotations that are neither confirmed nor cancelled."""
        self.env["sale.order"].flush_model()
        query = SQL(
            """
            SELECT customer.commercial_partner_id AS partner,
                   COUNT(*) AS quotation_count
              FROM sale_order
              JOIN res_partner customer ON customer.id = sale_order.partner_id
             WHERE sale_order.company_id = %(company)s
               AND sale_order.state IN ('draft', 'sent')
               AND %(day)s <= %(until)s
               AND %(only)s
          GROUP BY customer.commercial_partner_id
            """,
            day=self._order_day(scope),
            company=scope.company.id,
            until=scope.until,
            only=scope.only(SQL("customer.commercial_partner_id")),
        )
        columns = {"partner": "int4", "quotation_count": "int4"}
        return bulk.read(self.env.cr, query, columns)
