from odoo import fields, models


class ResCompany(models.Model):
    """What the service desk promises to everybody."""

    _inherit = "res.company"

    value_response_hours = fields.Float(
        string="First Response Within",
        default=8.0,
        groups="base.group_system",
        help="Working hours until anybody's ticket is answered. Zero: no promise.",
    )
    value_resolution_hours = fields.Float(
        string="Solved Within",
        default=40.0,
        groups="base.group_system",
        help="Working hours until anybody's ticket is solved. Zero: no promise.",
    )

    _value_promises_positive = models.Constraint(
        "CHECK (value_response_hours >= 0 AND value_resolution_hours >= 0)",
        "A target cannot be negative.",
    )
