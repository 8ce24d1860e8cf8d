from odoo import api, models

from ..service.crm_value_ticketing import TICKET


class CrmValueTicketing(models.AbstractModel):
    """What a customer who calls may be calling about."""

    _inherit = "crm.value.ticketing"

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
