from datetime import timedelta

from odoo import api, models
from odoo.tools import SQL


class CrmValueContact(models.Model):
    """Requests for a rating go out by other applications, and count all the same."""

    _inherit = "crm.value.contact"

    @api.model
    def _recent(self, company, partners, topics):
        """Count requests for a rating too: they fill the same mailbox."""
        counts, had = super()._recent(company, partners, topics)
        days = self.env["crm.value.policy"]._published(company).contact_days
        since = self.env["crm.value.run"]._today(company) - timedelta(days=days)
        addresses = set(partners.mapped("email_normalized")) - {False}
        rows = self.env.execute_query(
            SQL(
                """
                SELECT person.email_normalized, COUNT(*)
                  FROM (%s) AS asked (person_id, customer_id, day)
                  JOIN res_partner person ON person.id = person_id
                 WHERE day > %s
              GROUP BY person.email_normalized
                """,
                self._rating_requests(
                    SQL("partner.email_normalized = ANY(%s)", list(addresses))
                ),
                since,
            )
        )
        counts.update(dict(rows))
        return counts, had

    @api.model
    def _rating_requests(self, who):
        """Return the SQL of (contact, customer, day) of requests for a rating.

        What somebody says unasked is none: such a rating begins with its value.

        :param who: the SQL condition of the contact, ``partner``
        """
        self.env["rating.rating"].flush_model()
        return SQL(
            """
            SELECT partner.id, partner.commercial_partner_id,
                   rating.create_date::date
              FROM rating_rating rating
              JOIN res_partner partner ON partner.id = rating.partner_id
             WHERE (rating.rated_on IS NULL
                    OR rating.rated_on > rating.create_date + INTERVAL '1 minute')
               AND %s
            """,
            who,
        )
