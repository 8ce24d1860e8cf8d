from odoo import fields, models


class HelpdeskTicketStage(models.Model):
    """A stage in which we wait for the customer stops the clock."""

    _inherit = "helpdesk.ticket.stage"

    value_waiting = fields.Boolean(
        string="Waits for the Customer",
        help="The time in this stage does not count towards the targets. The clock "
        "goes on with another stage, or when the customer writes.",
    )
