from odoo import fields, models


class ResCompany(models.Model):
    """What an hour of work on a ticket costs."""

    _inherit = "res.company"

    value_hour_cost = fields.Monetary(
        string="Cost of an Hour",
        groups="base.group_system",
        help="Of work on a ticket. Zero: tickets cost what the policy says, however "
        "long they took.",
    )

    _value_hour_cost_positive = models.Constraint(
        "CHECK (value_hour_cost >= 0)", "The cost of an hour cannot be negative."
    )
