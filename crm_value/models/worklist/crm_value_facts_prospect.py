from odoo import api, models
from odoo.tools import SQL

from ... import bulk

OPENINGS = {
    "partner": "int4",
    "lead_count": "int4",
    "quotation_count": "int4",
    "open_amount": "float8",
    "open_since": "date",
    "open_until": "date",
}


class CrmValueFacts(models.AbstractModel):
    """Prospects: open leads and quotations."""

    _inherit = "crm.value.facts"

    @api.model
    def _sources(self):
        return [*super()._sources(), "_gather_openings"]

    @api.model
    def _gather_openings(self, scope):
        """Count open leads and quotations, and sum up the money that waits in them.

        The amount counts what a lead or a quotation says; where none says anything it
        is unknown. A lead whose quotation is open counts by the quotation.
        """
        self.env["crm.lead"].flush_model()
        self.env["sale.order"].flush_model()
        query = SQL(
            """
            SELECT customer.commercial_partner_id AS partner,
                   SUM(opening.lead) AS lead_count,
                   SUM(opening.quotation) AS quotation_count,
                   COALESCE(SUM(opening.amount), 'NaN') AS open_amount,
                   COALESCE(MIN(opening.since), '-infinity') AS open_since,
                   COALESCE(MIN(opening.until), '-infinity') AS open_until
              FROM (%(leads)s UNION ALL %(quotations)s) opening
              JOIN res_partner customer ON customer.id = opening.partner_id
             WHERE %(only)s
          GROUP BY customer.commercial_partner_id
            """,
            leads=self._open_leads(scope),
            quotations=self._open_quotations(scope),
            only=scope.only(SQL("customer.commercial_partner_id")),
        )
        found = bulk.read(self.env.cr, query, OPENINGS)
        return {
            name: bulk.known_days(column) if OPENINGS[name] == "date" else column
            for name, column in found.items()
        }

    @api.model
    def _open_leads(self, scope):
        """Return the SQL of open leads; one without a company is its salesperson's.

        What a lead is expected to bring is in company currency, and counts as far as
        it is probable.
        """
        return SQL(
            """
            SELECT lead.partner_id, 1 AS lead, 0 AS quotation,
                   CASE WHEN quoted.opportunity_id IS NULL
                        THEN %(amount)s END AS amount,
                   NULL::date AS since,
                   lead.date_deadline AS until
              FROM crm_lead lead
         LEFT JOIN res_users seller ON seller.id = lead.user_id
         LEFT JOIN LATERAL (
                   SELECT opportunity_id FROM sale_order
                    WHERE opportunity_id = lead.id AND company_id = %(company)s
                      AND state IN ('draft', 'sent') AND %(day)s <= %(until)s
                    LIMIT 1) quoted ON TRUE
             WHERE COALESCE(lead.company_id, seller.company_id) = %(company)s
               AND %(mine)s
               AND lead.active AND lead.won_status IS DISTINCT FROM 'won'
               AND %(created)s <= %(until)s
            """,
            company=scope.company.id,
            amount=self._lead_amount(),
            mine=scope.of_contacts(SQL("lead.partner_id")),
            created=scope.local_day(SQL("lead.create_date")),
            day=self._order_day(scope),
            until=scope.until,
        )

    @api.model
    def _lead_amount(self):
        """Return the SQL of what a lead is expected to bring, NULL unknown."""
        return SQL("NULLIF(lead.expected_revenue, 0) * lead.probability / 100")

    @api.model
    def _open_quotations(self, scope):
        """Return the SQL of quotations neither confirmed nor cancelled, without tax.

        In company currency at the rate of the document's day.
        """
        return SQL(
            """
            SELECT sale_order.partner_id, 0 AS lead, 1 AS quotation,
                   NULLIF(sale_order.amount_untaxed, 0)
                       / NULLIF(sale_order.currency_rate, 0) AS amount,
                   %(day)s AS since,
                   sale_order.validity_date AS until
              FROM sale_order
             WHERE sale_order.company_id = %(company)s
               AND sale_order.state IN ('draft', 'sent')
               AND %(mine)s
               AND %(day)s <= %(until)s
            """,
            mine=scope.of_contacts(SQL("sale_order.partner_id")),
            day=self._order_day(scope),
            company=scope.company.id,
            until=scope.until,
        )
