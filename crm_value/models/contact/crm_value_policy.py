from odoo import fields, models


class CrmValuePolicy(models.Model):
    """How often a customer may be contacted without anybody having decided it."""

    _inherit = "crm.value.policy"

    contact_cap = fields.Integer(
        string="Automatic Contacts at Most",
        default=2,
        required=True,
        help="For each customer and period, of all playbooks together. 0: none at all.",
    )
    contact_days = fields.Integer(
        string="Within (days)",
        default=30,
        required=True,
        help="The period of the cap, back from the day of a contact.",
    )

    _contacts = models.Constraint(
        "CHECK (contact_cap >= 0 AND contact_days > 0)",
        "The cap of contacts is not negative, and its period has at least one day.",
    )
