from odoo import fields, models


class CrmValueConstruct(models.Model):
    """A construct that several survey questions measure together.

    Quality or loyalty, say: several questions, its items, each show a part of it.
    """

    _name = "crm.value.construct"
    _inherit = ["crm.value.shared"]
    _description = "Survey Construct"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, help="Short; item codes start with it.")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    less_is_better = fields.Boolean(
        string="Lower Is Better",
        help="As with complaints: a high value is bad. It is still stored as a high"
        " value.",
    )
    description = fields.Text(
        translate=True, help="What a high value means, and how to ask about it."
    )

    _code_uniq = models.Constraint(
        "UNIQUE (code)", "The code of a construct must be unique."
    )


class CrmValueRole(models.Model):
    """A contact's role in the buying process, and the weight of its responses."""

    _name = "crm.value.role"
    _inherit = ["crm.value.shared"]
    _description = "Role of a Contact"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    weight = fields.Float(
        required=True,
        default=1.0,
        help="How much one response counts in the customer's figures, compared with"
        " 1 for a contact without a role. Changes apply from the next nightly "
        "run.",
    )
    description = fields.Text(translate=True)

    _weight = models.Constraint("CHECK (weight > 0)", "A weight must be above zero.")
