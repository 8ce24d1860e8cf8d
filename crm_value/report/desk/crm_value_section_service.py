from dateutil.relativedelta import relativedelta

from odoo import api, fields, models

from ... import words
from ...models.service.crm_value_ticketing import TICKET

DAYS = 90  # in which promises kept are counted


class CrmValueSectionService(models.AbstractModel):
    """Which tickets are overdue, and how promises were kept."""

    _inherit = "crm.value.section.service"

    @api.model
    def _told(self, month):
        """Tell what is due besides; tickets alone are enough to say something."""
        told = super()._told(month)
        if not month["is_latest"] or not self.env[TICKET].has_access("read"):
            return told
        before, after = self._promise_tiles(), self._more_tiles()
        if not before and not after:
            return told
        told = told or {"question": self.env._("Are their requests served in time?")}
        return {**told, "tiles": [*before, *told.get("tiles", []), *after]}

    @api.model
    def _more_tiles(self):
        """Return what stands last, of whoever knows more about tickets."""
        return []

    @api.model
    def _promise_tiles(self):
        return [
            *self._overdue_tiles(),
            *self._waiting_tiles(),
            *self._answered_tiles(),
        ]

    @api.model
    def _overdue_tiles(self):
        """Return how many of the tickets that are due are overdue, if any is due."""
        mine = ("company_id", "=", self.env.company.id)
        count = self.env[TICKET].search_count([mine, ("value_due", "!=", False)])
        if not count:
            return []
        late = [mine, *self.env["crm.value.ticketing"]._overdue()]
        overdue = self.env[TICKET].search_count(late)
        return [
            self._tile(
                self.env._("Overdue"),
                self._number(overdue),
                self.env._("of %s that wait for us", words.tickets(self.env, count)),
                self._rows_of(self.env._("Tickets Overdue"), TICKET, late),
                "bad" if overdue else False,
            )
        ]

    @api.model
    def _waiting_tiles(self):
        """Return how many tickets wait for the customer, and for how long by now."""
        waiting = [
            ("company_id", "=", self.env.company.id),
            ("value_waiting_since", "!=", False),
            ("stage_id.closed", "=", False),
        ]
        [(count, since)] = self.env[TICKET]._read_group(
            waiting, [], ["__count", "value_waiting_since:min"]
        )
        if not count:
            return []
        title = self.env._("Waiting for the Customer")
        return [
            self._tile(
                title,
                self._number(count),
                self.env._(
                    "the longest for %s",
                    words.days(self.env, (fields.Datetime.now() - since).days),
                ),
                self._rows_of(title, TICKET, waiting),
            )
        ]

    @api.model
    def _answered_tiles(self):
        """Return the share that was answered in time, of those that are known."""
        ticketing = self.env["crm.value.ticketing"]
        since = fields.Datetime.now() - relativedelta(days=DAYS)
        known, share = ticketing._kept(since)
        if not known:
            return []
        title = self.env._("Tickets Answered, in Time or Not")
        return [
            self._tile(
                self.env._("Answered in time"),
                self._percent(share / 100),
                self.env._(
                    "of %(tickets)s in %(days)s",
                    tickets=words.tickets(self.env, known),
                    days=words.days(self.env, DAYS),
                ),
                self._rows_of(title, TICKET, ticketing._answered(since)),
            )
        ]
