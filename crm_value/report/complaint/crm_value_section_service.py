from dateutil.relativedelta import relativedelta

from odoo import api, fields, models

from ... import words
from ...models.service.crm_value_ticketing import TICKET

DAYS = 90  # in which complaints that were closed early are counted
SEARCH = "crm_value.helpdesk_ticket_complaint_view_search"


class CrmValueSectionService(models.AbstractModel):
    """Which complaints are open, and which were closed with something owed."""

    _inherit = "crm.value.section.service"

    @api.model
    def _more_tiles(self):
        ticketing = self.env["crm.value.ticketing"]
        since = fields.Datetime.now() - relativedelta(days=DAYS)
        being, ended = ticketing._complaints(), ticketing._unconfirmed(since)
        tiles = [
            self._complaint_tile(
                self.env._("Complaints open"),
                self.env._("Open Complaints"),
                being,
                self.env._("until customers say that they are settled"),
            ),
            self._complaint_tile(
                self.env._("Closed, not confirmed"),
                self.env._("Complaints Closed Early"),
                ended,
                self.env._(
                    "complaints within %(days)s", days=words.days(self.env, DAYS)
                ),
                tone="bad",
            ),
        ]
        return [*super()._more_tiles(), *filter(None, tiles)]

    @api.model
    def _complaint_tile(self, label, title, domain, note, tone=False):
        """Return how many complaints there are, None where there is none."""
        mine = self._own(*domain)
        count = self.env[TICKET].search_count(mine)
        opens = self._rows_of(title, TICKET, mine, SEARCH)
        return (
            self._tile(label, self._number(count), note, opens, tone) if count else None
        )
