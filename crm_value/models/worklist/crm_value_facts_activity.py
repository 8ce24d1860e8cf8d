import numpy as np

from odoo import api, models
from odoo.tools import SQL

from ... import bulk


class CrmValueFacts(models.AbstractModel):
    """Planned follow-ups: open activities of customers."""

    _inherit = "crm.value.facts"

    @api.model
    def _gather(self, scope):
        """Add the day of the first follow-up that is planned."""
        facts = super()._gather(scope)
        planned = self._gather_planned(scope, facts["partner_id"])
        partners = facts["partner_id"]
        known = np.isin(planned["partner"], partners)  # who is a customer
        rows = np.searchsorted(partners, planned["partner"][known])
        facts["planned_date"][rows] = planned["planned_date"][known]
        return facts

    @api.model
    def _gather_planned(self, scope, partner_ids):
        """Read the first open activity on the customer, its leads and quotations."""
        self.env["mail.activity"].flush_model()
        self.env["crm.lead"].flush_model()
        self.env["sale.order"].flush_model()
        query = SQL(
            """
            SELECT customer.commercial_partner_id AS partner,
                   MIN(activity.date_deadline) AS planned_date
              FROM mail_activity activity
         LEFT JOIN crm_lead lead
                ON activity.res_model = 'crm.lead' AND lead.id = activity.res_id
         LEFT JOIN res_users seller ON seller.id = lead.user_id
         LEFT JOIN sale_order
                ON activity.res_model = 'sale.order' AND sale_order.id = activity.res_id
              JOIN res_partner customer ON customer.id = COALESCE(
                   lead.partner_id, sale_order.partner_id,
                   CASE WHEN activity.res_model = 'res.partner' THEN activity.res_id END
                   )
             WHERE activity.res_model IN ('res.partner', 'crm.lead', 'sale.order')
               AND activity.active
               AND %(created)s <= %(until)s
               AND COALESCE(sale_order.company_id, lead.company_id, seller.company_id,
                            %(company)s) = %(company)s
               AND %(only)s
          GROUP BY customer.commercial_partner_id
            """,
            created=scope.local_day(SQL("activity.create_date")),
            company=scope.company.id,
            until=scope.until,
            only=scope.only_rows(SQL("customer.commercial_partner_id"), partner_ids),
        )
        columns = {"partner": "int4", "planned_date": "date"}
        return bulk.read(self.env.cr, query, columns)
