from odoo import fields, models


class CrmValueRole(models.Model):
    """What a contact is to its company, and how much its answers count there."""

    _name = "crm.value.role"
    _description = "Role of a Contact"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    weight = fields.Float(
        required=True,
        default=1.0,
        help="How much one answer counts in the figures of the customer, against that "
        "of a contact without a role, which counts 1. A change counts from the next "
        "nightly run on.",
    )
    description = fields.Text(translate=True)

    _weight = models.Constraint("CHECK (weight > 0)", "A weight is above zero.")
