from odoo import fields, models


class CrmValueFigures(models.AbstractModel):
    """Which loyalty tier a customer is in, and until when."""

    _inherit = "crm.value.figures"

    tier_id = fields.Many2one(
        "crm.value.tier",
        ondelete="restrict",
        help="A manual tier if one is in force, else the earned one.",
    )
    tier_computed_id = fields.Many2one(
        "crm.value.tier", string="Earned Tier", ondelete="restrict"
    )
    tier_since = fields.Date(string="In Tier Since")
    tier_until = fields.Date(
        string="In Tier until",
        help="The last day of the membership, unless it is renewed. A grace period "
        "may follow.",
    )
