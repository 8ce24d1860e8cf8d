import numpy as np

from odoo import api, models
from odoo.tools import SQL

from ... import bulk
from ...analytics.service import service
from ...const import EPOCH


class CrmValueFacts(models.AbstractModel):
    """Service facts: cost to serve and time to close of a customer's tickets."""

    _inherit = "crm.value.facts"

    @api.model
    def _sources(self):
        return [*super()._sources(), "_gather_tickets"]

    @api.model
    def _gather_tickets(self, scope):
        """Count tickets opened in the value window and the days to close them.

        A company without any ticket does not keep them here: its cost to serve is
        unknown, not zero. What we did wrong ourselves is no cost of the customer's. A
        ticket costs what the policy says, where nobody recorded how long it took.
        """
        query = SQL(
            """
            SELECT ticket.customer_id AS partner,
                   COUNT(*) AS ticket_count,
                   COALESCE(SUM(COALESCE(ticket.time_cost, %(cost)s)
                                + ticket.given_cost)
                            FILTER (WHERE ticket.own_defect IS NOT TRUE), 0)::float8
                       AS service_cost,
                   COALESCE(EXTRACT(EPOCH FROM
                       AVG(ticket.closed - ticket.opened)
                       FILTER (WHERE %(closed_on)s <= %(until)s)
                   ) / 86400, 'NaN') AS resolution_days,
                   COUNT(*) FILTER (WHERE %(closed)s - %(opened_on)s
                       > %(slow)s) AS slow_ticket_count
              FROM (%(tickets)s) ticket
             WHERE %(chosen)s
          GROUP BY ticket.customer_id
            """,
            tickets=self.env["crm.value.ticketing"]._source(),
            opened_on=scope.local_day(SQL("ticket.opened")),
            closed_on=scope.local_day(SQL("ticket.closed")),
            until=scope.until,
            closed=self._closed_by(scope),
            slow=service.SLOW,
            cost=scope.rules.ticket_cost,
            chosen=self._in_window(scope),
        )
        columns = {
            "partner": "int4",
            "ticket_count": "int4",
            "service_cost": "float8",
            "resolution_days": "float8",
            "slow_ticket_count": "float8",
        }
        return bulk.read(self.env.cr, query, columns)

    @api.model
    def _in_window(self, scope):
        """Return the SQL condition of tickets opened in the value window."""
        return SQL(
            """
            ticket.company_id = %(company)s
            AND ticket.customer_id IS NOT NULL
            AND %(opened_on)s <= %(until)s
            AND %(opened_on)s > %(since)s
            AND %(mine)s AND %(only)s
            """,
            mine=scope.of_contacts(SQL("ticket.partner_id")),
            opened_on=scope.local_day(SQL("ticket.opened")),
            company=scope.company.id,
            until=scope.until,
            since=scope.window_start,
            only=scope.only(SQL("ticket.customer_id")),
        )

    @api.model
    def _ticket_ids(self, scope, closed=False):
        """Return the ids of the tickets of the window, maybe only of those closed."""
        query = SQL(
            "SELECT ticket.id FROM (%s) ticket WHERE %s AND (%s OR %s <= %s)",
            self.env["crm.value.ticketing"]._source(),
            self._in_window(scope),
            not closed,
            scope.local_day(SQL("ticket.closed")),
            scope.until,
        )
        return [row[0] for row in self.env.execute_query(query)]

    @api.model
    def _closed_by(self, scope):
        """Return the SQL of the day a ticket was closed; today while it is open."""
        return SQL(
            "CASE WHEN %(closed_on)s <= %(until)s "
            "THEN %(closed_on)s ELSE %(until)s END",
            closed_on=scope.local_day(SQL("ticket.closed")),
            until=scope.until,
        )

    @api.model
    def _gather_ticket_days(self, scope):
        """Return all tickets of the customers whose days were read, or None."""
        query = SQL(
            """
            SELECT ticket.customer_id AS partner, %(opened_on)s AS opened,
                   COALESCE((%(closed_on)s - %(epoch)s)::float8, 'NaN')
                       AS closed
              FROM (%(tickets)s) ticket
             WHERE ticket.company_id = %(company)s
               AND ticket.customer_id IS NOT NULL
               AND %(opened_on)s <= %(until)s
               AND %(mine)s
            """,
            mine=scope.of_contacts(SQL("ticket.partner_id")),
            tickets=self.env["crm.value.ticketing"]._source(),
            opened_on=scope.local_day(SQL("ticket.opened")),
            closed_on=scope.local_day(SQL("ticket.closed")),
            epoch=EPOCH,
            company=scope.company.id,
            until=scope.until,
        )
        columns = {"partner": "int4", "opened": "date", "closed": "float8"}
        rows = bulk.read(self.env.cr, query, columns)
        known = np.isin(rows["partner"], scope.days.customers)
        owner = np.searchsorted(scope.days.customers, rows["partner"][known])
        if not owner.size:
            return None
        return service.Tickets(owner, rows["opened"][known], rows["closed"][known])

    @api.model
    def _gather(self, scope):
        """Add the cost to serve, zero for a customer who asked for nothing."""
        facts = super()._gather(scope)
        if self._keeps_tickets(scope):
            for name in ("service_cost", "slow_ticket_count"):
                facts[name] = np.nan_to_num(facts[name])
        return facts

    @api.model
    def _keeps_tickets(self, scope):
        """Return whether the company had any ticket by then, whoever may read it."""
        query = SQL(
            "SELECT FROM (%s) ticket WHERE company_id = %s AND %s <= %s LIMIT 1",
            self.env["crm.value.ticketing"]._source(),
            scope.company.id,
            scope.local_day(SQL("ticket.opened")),
            scope.until,
        )
        return bool(self.env.execute_query(query))
