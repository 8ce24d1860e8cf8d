from odoo import fields, models


class CrmValueConstruct(models.Model):
    """What questions measure: a thing that cannot be asked for in one question.

    Quality or loyalty, say: several questions, its items, each show a part of it.
    """

    _name = "crm.value.construct"
    _description = "Survey Construct"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, help="Short; the items' codes begin with it.")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    less_is_better = fields.Boolean(
        help="As of complaints: a high value is bad, and still a high one."
    )
    description = fields.Text(
        translate=True, help="What a high value says, and how to ask for it."
    )

    _code_uniq = models.Constraint("UNIQUE (code)", "A construct's code is unique.")


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
