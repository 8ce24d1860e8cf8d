from odoo import fields, models

from ...const import OFFICER
from ...fields import NullableFloat, NullableMoney


class CrmValueFigures(models.AbstractModel):
    """Service figures from tickets."""

    _inherit = "crm.value.figures"
    _field_part = "service"

    ticket_count = fields.Integer(string="Tickets in Window")
    service_cost = NullableMoney(string="Cost to Serve", groups=OFFICER)
    resolution_days = NullableFloat(
        aggregator="avg",
        string="Days to Close a Ticket",
        help="Average, in the value window.",
    )
    slow_ticket_count = NullableFloat(
        string="Slow Tickets in Window",
        aggregator="sum",
        help="Tickets that took more than a week, or have been open for longer.",
    )
