from odoo import api, models
from odoo.tools import SQL

from ... import bulk
from ...const import EPOCH


class CrmValueTicketing(models.AbstractModel):
    """When complaints were opened and closed."""

    _inherit = "crm.value.ticketing"

    @api.model
    def _complaint_days(self, scope):
        """Return the complaints of some customers: ``partner``, ``opened``, ``closed``.

        ``closed`` is a day too, NaN while a complaint is open.
        """
        query = SQL(
            """
            SELECT ticket.customer_id AS partner, %(opened)s AS opened,
                   COALESCE((%(closed)s - %(epoch)s)::float8, 'NaN') AS closed
              FROM (%(tickets)s) ticket
             WHERE ticket.company_id = %(company)s
               AND ticket.customer_id IS NOT NULL
               AND ticket.value_complaint AND NOT ticket.is_void
               AND %(opened)s <= %(until)s
               AND %(only)s
            """,
            tickets=self._source("value_complaint"),
            opened=scope.local_day(SQL("ticket.opened")),
            closed=scope.local_day(SQL("ticket.closed")),
            epoch=EPOCH,
            company=scope.company.id,
            until=scope.until,
            only=scope.only(SQL("ticket.customer_id")),
        )
        columns = {"partner": "int4", "opened": "date", "closed": "float8"}
        return bulk.read(self.env.cr, query, columns)
