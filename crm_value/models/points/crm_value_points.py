from odoo import api, models
from odoo.tools import SQL


class CrmValuePoints(models.AbstractModel):
    """Makes the ledger of points follow the documents."""

    _name = "crm.value.points"
    _description = "Points Ledger"

    @api.model
    def _earned_by_customer(self, company, since, until):
        """Return the points that invoices earned, by id of the commercial partner.

        What was taken back counts on the day the points had become usable. Points
        given by hand, and those from before the ledger, were not earned.
        """
        lines = self.env["loyalty.history"]
        lines.flush_model()
        self.env["loyalty.card"].flush_model(["partner_id", "company_id"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT customer.commercial_partner_id,
                       ROUND(SUM(line.issued - line.used
                           - COALESCE(line.value_unclaimed, 0))::numeric, 2)::float8
                  FROM loyalty_history line
                  JOIN loyalty_card card ON card.id = line.card_id
                  JOIN res_partner customer ON customer.id = card.partner_id
                 WHERE line.value_earning_id IS NOT NULL
                   AND line.value_kind IN ('earned', 'returned')
                   AND card.company_id = %(company)s
                   AND line.value_date BETWEEN %(since)s AND %(until)s
                 GROUP BY customer.commercial_partner_id
                """,
                company=company.id,
                since=since,
                until=until,
            )
        )
        return dict(rows)
