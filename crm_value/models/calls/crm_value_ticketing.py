from odoo import api, models
from odoo.tools import SQL

from ..service.crm_value_ticketing import TICKET


class CrmValueTicketing(models.AbstractModel):
    """What a customer who calls may be calling about."""

    _inherit = "crm.value.ticketing"

    @api.model
    def _owners(self, company, customer):
        """Return the SQL of who has the open tickets of a customer, the latest first.

        :param company, customer: ids
        """
        return SQL(
            """
            SELECT owner.id AS user_id
              FROM helpdesk_ticket ticket
              JOIN helpdesk_ticket_stage stage ON stage.id = ticket.stage_id
         LEFT JOIN res_users owner ON owner.id = ticket.user_id AND owner.active
             WHERE ticket.commercial_partner_id = %s
               AND ticket.company_id = %s
               AND ticket.active AND stage.closed IS NOT TRUE
             ORDER BY ticket.id DESC
            """,
            customer,
            company,
        )

    @api.model
    def _asked_about(self, company, customer):
        """Return the open tickets of a customer, the next one due first."""
        return self.env[TICKET].search(
            [
                ("company_id", "=", company.id),
                ("commercial_partner_id", "=", customer.id),
                ("stage_id.closed", "=", False),
            ],
            order="value_due, id DESC",
            limit=5,
        )
