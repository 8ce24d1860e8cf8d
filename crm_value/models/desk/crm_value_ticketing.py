from odoo import api, models

from ..service.crm_value_ticketing import TICKET


class CrmValueTicketing(models.AbstractModel):
    """Tickets whose promise is due, and how promises were kept."""

    _inherit = "crm.value.ticketing"

    @api.model
    def _overdue(self):
        """Return the domain of open tickets whose promise has passed."""
        return [("value_due", "<", "now")]

    @api.model
    def _kept(self, since):
        """Return (tickets with a known response, percent of them in time) since then.

        Of the companies and tickets that the user sees.
        """
        [(count, share)] = self.env[TICKET]._read_group(
            [
                ("company_id", "=", self.env.company.id),
                ("value_response_due", ">=", since),
                ("value_response_kept", "!=", False),
            ],
            [],
            ["__count", "value_response_kept:avg"],
        )
        return count, share
