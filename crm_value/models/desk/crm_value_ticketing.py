from odoo import api, fields, models

from ..service.crm_value_ticketing import TICKET


class CrmValueTicketing(models.AbstractModel):
    """Tickets whose promise is due, and how promises were kept."""

    _inherit = "crm.value.ticketing"

    @api.model
    def _overdue(self):
        """Return the domain of open tickets whose promise has passed."""
        return [("value_due", "<", "now")]

    @api.model
    def _answered(self, since):
        """Return the domain of the company's tickets since then with a known answer."""
        return [
            ("company_id", "=", self.env.company.id),
            ("value_response_due", ">=", fields.Datetime.to_string(since)),
            ("value_response_kept", "!=", False),
        ]

    @api.model
    def _kept(self, since):
        """Return (tickets with a known response, percent of them in time) since then.

        Of the tickets that the user sees.
        """
        [(count, share)] = self.env[TICKET]._read_group(
            self._answered(since), [], ["__count", "value_response_kept:avg"]
        )
        return count, share
