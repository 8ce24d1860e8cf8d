from odoo import fields, models


class CrmValuePolicy(models.Model):
    """Frequency cap of automatic contacts, against contact fatigue."""

    _inherit = "crm.value.policy"

    contact_cap = fields.Integer(
        string="Maximum Automatic Contacts",
        default=2,
        required=True,
        help="Per customer and period, across all playbooks and automatic mails; "
        "prevents contact fatigue. 0: none.",
    )
    contact_days = fields.Integer(
        string="Frequency Cap Period (days)",
        default=30,
        required=True,
        help="Length of the period, counted back from the day of a contact.",
    )

    _contacts = models.Constraint(
        "CHECK (contact_cap >= 0 AND contact_days > 0)",
        "The frequency cap cannot be negative, and its period must be at least one "
        "day.",
    )
