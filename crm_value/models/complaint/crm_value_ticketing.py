from odoo import api, models
from odoo.tools import SQL

from .const import DONE, UPHELD


class CrmValueTicketing(models.AbstractModel):
    """Which complaints are open or cost customers nothing, and what tickets cost."""

    _inherit = "crm.value.ticketing"

    @api.model
    def _complaints(self):
        """Return the domain of the complaints that are being worked on."""
        return [("value_duty", "!=", False), ("stage_id.closed", "=", False)]

    @api.model
    def _unconfirmed(self, since):
        """Return the domain of complaints that were closed with a duty open."""
        return [
            ("value_duty", "not in", (False, DONE[0])),
            ("stage_id.closed", "=", True),
            ("closed_date", ">=", since),
        ]

    @api.model
    def _own_defect(self):
        """Count a complaint as our own defect until its cause says otherwise."""
        return SQL(
            """
            (%s OR ticket.value_complaint IS TRUE
                   AND COALESCE(ticket.value_fault, %s) = ANY(%s))
            """,
            super()._own_defect(),
            UPHELD[0],
            list(UPHELD),
        )

    @api.model
    def _time_cost(self):
        return SQL("NULLIF(ticket.value_time_cost, 0)")

    @api.model
    def _given_cost(self):
        return SQL(
            "COALESCE(ticket.value_goods_cost, 0)"
            " + COALESCE(ticket.value_credit_cost, 0)"
        )
