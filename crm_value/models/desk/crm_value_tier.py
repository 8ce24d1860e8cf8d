from odoo import fields, models


class CrmValueTier(models.Model):
    """What the service desk promises to the members of a tier."""

    _inherit = "crm.value.tier"

    ticket_priority = fields.Selection(
        [("1", "Medium"), ("2", "High"), ("3", "Very High")],
        help="New tickets of members get at least this priority.",
    )
    response_hours = fields.Float(
        help="Target for the first response to a new ticket, in working hours. "
        "Zero: as for everybody.",
    )
    resolution_hours = fields.Float(
        help="Target for solving a ticket, in working hours. Zero: as for everybody.",
    )

    _promises_positive = models.Constraint(
        "CHECK (response_hours >= 0 AND resolution_hours >= 0)",
        "A target cannot be negative.",
    )
